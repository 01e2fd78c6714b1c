package org.compnn.search.lists;

import java.util.Random;
import org.compnn.kernels.Kernels;
import org.compnn.threads.Workers;

/**
 * The principal axes of standardised hyperpatches: what turns p x p x C numbers into a short code.
 * Distances between codes are never greater than distances between hyperpatches, and close to them
 * while the axes keep most of the energy.
 *
 * @param axes number of axes, K
 * @param inputs numbers of a hyperpatch, p x p x C
 * @param basis orthonormal, [input][axis], so that a projection's inner loop runs over the axes
 * @param energy share of the sample's squared length that the axes keep, 0..1
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
public record Projection(int axes, int inputs, float[] basis, double energy) {
  private static final int ROUNDS = 12;
  private static final long SEED = 7;

  /** Hyperpatches that a thread projects at a time. */
  private static final int CHUNK = 500;

  /**
   * Finds the leading axes by orthogonal iteration (Golub and Van Loan, Matrix Computations,
   * 8.2.4). Standardised channels have mean 0 already.
   *
   * @param sample hyperpatches one after the other
   * @param axes at most {@code inputs}
   */
  static Sorted of(float[] sample, int inputs, int axes, Workers workers) {
    Kernels kernels = Kernels.best();
    int count = sample.length / inputs;
    float[] across = transposed(sample, count, inputs);
    double[] basis = new double[inputs * axes];
    Random random = new Random(SEED);
    for (int i = 0; i < basis.length; i++) {
      basis[i] = random.nextGaussian();
    }
    orthonormalise(basis, inputs, axes);
    float[] codes = new float[count * axes];
    float[] next = new float[basis.length];
    for (int round = 0; round < ROUNDS; round++) {
      project(kernels, sample, single(basis), codes, axes, workers);
      workers.run(
          inputs,
          (i, thread) -> kernels.project(across, i * count, count, codes, axes, next, i * axes));
      for (int i = 0; i < basis.length; i++) {
        basis[i] = next[i];
      }
      orthonormalise(basis, inputs, axes);
    }
    float[] rounded = single(basis);
    project(kernels, sample, rounded, codes, axes, workers);
    double all = squares(sample);
    double[] energies = new double[axes];
    double kept = 0;
    for (int k = 0; k < axes; k++) {
      kept += squares(codes, axes, k);
      energies[k] = all > 0 ? Math.min(1, kept / all) : 1;
    }
    return new Sorted(rounded, energies);
  }

  /**
   * Axes in the order of what they keep.
   *
   * @param basis as in {@link Projection}
   * @param energies what the axes up to each keep together
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  record Sorted(float[] basis, double[] energies) {
    /** The fewest of them, in steps, that keep so much of the energy; all if they keep less. */
    Projection shortest(int step, double enough) {
      int all = energies.length;
      int axes = Math.min(step, all);
      while (axes < all && energies[axes - 1] < enough) {
        axes = Math.min(all, axes + step);
      }
      int inputs = basis.length / all;
      float[] kept = new float[inputs * axes];
      for (int i = 0; i < inputs; i++) {
        System.arraycopy(basis, i * all, kept, i * axes, axes);
      }
      return new Projection(axes, inputs, kept, energies[axes - 1]);
    }
  }

  private static void project(
      Kernels kernels, float[] sample, float[] basis, float[] codes, int axes, Workers workers) {
    int inputs = basis.length / axes;
    int count = codes.length / axes;
    workers.run(
        Math.ceilDiv(count, CHUNK),
        (chunk, thread) -> {
          for (int n = chunk * CHUNK; n < Math.min(count, (chunk + 1) * CHUNK); n++) {
            kernels.project(sample, n * inputs, inputs, basis, axes, codes, n * axes);
          }
        });
  }

  private static float[] transposed(float[] sample, int count, int inputs) {
    float[] across = new float[sample.length];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < inputs; i++) {
        across[i * count + n] = sample[n * inputs + i];
      }
    }
    return across;
  }

  private static float[] single(double[] numbers) {
    float[] single = new float[numbers.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) numbers[i];
    }
    return single;
  }

  private static double squares(float[] codes, int axes, int k) {
    double sum = 0;
    for (int at = k; at < codes.length; at += axes) {
      sum += (double) codes[at] * codes[at];
    }
    return sum;
  }

  private static double squares(float[] numbers) {
    double sum = 0;
    for (float x : numbers) {
      sum += (double) x * x;
    }
    return sum;
  }

  /** Gram and Schmidt's, twice for the sake of rounding; an axis without energy becomes 0. */
  private static void orthonormalise(double[] basis, int inputs, int axes) {
    for (int k = 0; k < axes; k++) {
      double before = norm(basis, inputs, axes, k);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double dot = 0;
          for (int i = 0; i < inputs; i++) {
            dot += basis[i * axes + k] * basis[i * axes + j];
          }
          for (int i = 0; i < inputs; i++) {
            basis[i * axes + k] -= dot * basis[i * axes + j];
          }
        }
      }
      double norm = norm(basis, inputs, axes, k);
      double scale = norm > 1e-9 * before && norm > 0 ? 1 / norm : 0;
      for (int i = 0; i < inputs; i++) {
        basis[i * axes + k] *= scale;
      }
    }
  }

  private static double norm(double[] basis, int inputs, int axes, int k) {
    double sum = 0;
    for (int i = 0; i < inputs; i++) {
      sum += basis[i * axes + k] * basis[i * axes + k];
    }
    return Math.sqrt(sum);
  }

  /**
   * Projects a hyperpatch.
   *
   * @param hyperpatch its numbers from {@code at}
   * @param code receives one number for each axis from {@code to}
   */
  public void project(Kernels kernels, float[] hyperpatch, int at, float[] code, int to) {
    kernels.project(hyperpatch, at, inputs, basis, axes, code, to);
  }
}
