package org.compnn.bench.field;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The leading principal axes of a sample, for the peers: eigenvectors of its covariance by Jacobi's
 * rotations (Golub and Van Loan, Matrix Computations, 8.5). Differences of vectors are projected
 * without the mean, so it is not taken off.
 *
 * @param inputs numbers of a vector
 * @param axes how many axes
 * @param basis [input][axis], orthonormal
 * @param energy share of the sample's variance that they keep, 0..1
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record Axes(int inputs, int axes, float[] basis, double energy) {
  private static final int MOST_SWEEPS = 30;

  static Axes of(float[] sample, int inputs, int axes) {
    double[][] covariance = covariance(sample, inputs);
    double[][] vectors = new double[inputs][inputs];
    for (int i = 0; i < inputs; i++) {
      vectors[i][i] = 1;
    }
    diagonalise(covariance, vectors);
    double all = 0;
    for (int i = 0; i < inputs; i++) {
      all += covariance[i][i];
    }
    int[] order =
        IntStream.range(0, inputs)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -covariance[i][i]))
            .mapToInt(i -> i)
            .toArray();
    float[] basis = new float[inputs * axes];
    double kept = 0;
    for (int k = 0; k < axes; k++) {
      kept += covariance[order[k]][order[k]];
      for (int i = 0; i < inputs; i++) {
        basis[i * axes + k] = (float) vectors[order[k]][i];
      }
    }
    return new Axes(inputs, axes, basis, all > 0 ? Math.min(1, kept / all) : 1);
  }

  private static double[][] covariance(float[] sample, int inputs) {
    int count = sample.length / inputs;
    double[] mean = new double[inputs];
    for (int i = 0; i < sample.length; i++) {
      mean[i % inputs] += sample[i] / (double) count;
    }
    double[][] covariance = new double[inputs][inputs];
    double[] centred = new double[inputs];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < inputs; i++) {
        centred[i] = sample[n * inputs + i] - mean[i];
      }
      for (int i = 0; i < inputs; i++) {
        double x = centred[i] / count;
        double[] row = covariance[i];
        for (int j = 0; j < inputs; j++) {
          row[j] += x * centred[j];
        }
      }
    }
    return covariance;
  }

  /** Rotates until nothing but the diagonal is left; rows of {@code vectors} follow. */
  private static void diagonalise(double[][] a, double[][] vectors) {
    int n = a.length;
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += a[i][i];
    }
    double small = 1e-11 * trace / n;
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          largest = Math.max(largest, Math.abs(a[i][j]));
          if (Math.abs(a[i][j]) > small) {
            rotate(a, vectors, i, j);
          }
        }
      }
      if (largest <= small) {
        return;
      }
    }
  }

  private static void rotate(double[][] a, double[][] vectors, int i, int j) {
    double theta = (a[j][j] - a[i][i]) / (2 * a[i][j]);
    double sign = theta < 0 ? -1 : 1;
    double t = sign / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    mix(a[i], a[j], c, s);
    for (double[] row : a) {
      double x = row[i];
      row[i] = c * x - s * row[j];
      row[j] = s * x + c * row[j];
    }
    mix(vectors[i], vectors[j], c, s);
  }

  private static void mix(double[] left, double[] right, double c, double s) {
    for (int k = 0; k < left.length; k++) {
      double x = left[k];
      left[k] = c * x - s * right[k];
      right[k] = s * x + c * right[k];
    }
  }

  /** Projects a vector. */
  void project(float[] vector, float[] into, int at) {
    Arrays.fill(into, at, at + axes, 0);
    for (int i = 0; i < inputs; i++) {
      float x = vector[i];
      int from = i * axes;
      for (int k = 0; k < axes; k++) {
        into[at + k] += x * basis[from + k];
      }
    }
  }
}
