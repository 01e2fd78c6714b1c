package org.compnn.search;

import java.util.Arrays;
import java.util.Random;

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
record Projection(int axes, int inputs, float[] basis, double energy) {
  private static final int ROUNDS = 12;
  private static final long SEED = 7;

  /**
   * Finds the leading axes by orthogonal iteration (Golub and Van Loan, Matrix Computations,
   * 8.2.4). Standardised channels have mean 0 already.
   *
   * @param sample hyperpatches one after the other
   * @param axes at most {@code inputs}
   */
  static Projection of(float[] sample, int inputs, int axes) {
    int count = sample.length / inputs;
    double[] basis = new double[inputs * axes];
    Random random = new Random(SEED);
    for (int i = 0; i < basis.length; i++) {
      basis[i] = random.nextGaussian();
    }
    orthonormalise(basis, inputs, axes);
    double[] next = new double[basis.length];
    double[] code = new double[axes];
    double kept = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.fill(next, 0);
      kept = 0;
      for (int n = 0; n < count; n++) {
        Arrays.fill(code, 0);
        int from = n * inputs;
        for (int i = 0; i < inputs; i++) {
          double x = sample[from + i];
          for (int k = 0; k < axes; k++) {
            code[k] += x * basis[i * axes + k];
          }
        }
        for (int k = 0; k < axes; k++) {
          kept += code[k] * code[k];
        }
        for (int i = 0; i < inputs; i++) {
          double x = sample[from + i];
          for (int k = 0; k < axes; k++) {
            next[i * axes + k] += x * code[k];
          }
        }
      }
      System.arraycopy(next, 0, basis, 0, basis.length);
      orthonormalise(basis, inputs, axes);
    }
    double all = 0;
    for (float x : sample) {
      all += (double) x * x;
    }
    float[] single = new float[basis.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) basis[i];
    }
    return new Projection(axes, inputs, single, all > 0 ? Math.min(1, kept / all) : 1);
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
  void project(Kernels kernels, float[] hyperpatch, int at, float[] code, int to) {
    kernels.project(hyperpatch, at, inputs, basis, axes, code, to);
  }
}
