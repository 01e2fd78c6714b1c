package org.compnn.database.build;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The principal axes of points about 0: eigenvectors of their matrix of second moments, by
 * one-sided rotations (Hestenes 1958), the same on every machine.
 *
 * @param axes each of length 1 and at right angles to all others, the widest first
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record PrincipalBasis(double[][] axes) {
  private static final int SWEEPS = 30;

  /** Cosine of two rows that count as at right angles. */
  private static final double RIGHT = 1e-10;

  /** Share of all energy below which a row is nothing but rounding. */
  private static final double NOTHING = 1e-15;

  /**
   * Finds them.
   *
   * @param points point by point, {@code channels} numbers each
   */
  static PrincipalBasis of(float[] points, int channels) {
    return of(moments(points, channels));
  }

  /**
   * Finds the eigenvectors of a symmetric matrix without negative eigenvalues.
   *
   * @param matrix is used up
   */
  static PrincipalBasis of(double[][] matrix) {
    int size = matrix.length;
    double[][] axes = new double[size][size];
    for (int i = 0; i < size; i++) {
      axes[i][i] = 1;
    }
    double all = Arrays.stream(matrix).mapToDouble(row -> dot(row, row)).sum();
    boolean turned = true;
    for (int sweep = 0; turned && sweep < SWEEPS; sweep++) {
      turned = false;
      for (int i = 0; i < size; i++) {
        for (int j = i + 1; j < size; j++) {
          turned |= separate(matrix, axes, i, j, NOTHING * NOTHING * all);
        }
      }
    }
    double[] widths = Arrays.stream(matrix).mapToDouble(row -> dot(row, row)).toArray();
    return new PrincipalBasis(
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -widths[i]))
            .map(i -> axes[i])
            .toArray(double[][]::new));
  }

  private static double[][] moments(float[] points, int channels) {
    double[][] moments = new double[channels][channels];
    double[] point = new double[channels];
    for (int at = 0; at < points.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        point[c] = points[at + c];
      }
      for (int i = 0; i < channels; i++) {
        add(point, point[i], moments[i]);
      }
    }
    return moments;
  }

  private static void add(double[] numbers, double times, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * numbers[i];
    }
  }

  /** Turns two rows, and the axes that they belong to, so that the rows are at right angles. */
  private static boolean separate(double[][] rows, double[][] axes, int i, int j, double nothing) {
    double mixed = dot(rows[i], rows[j]);
    double first = dot(rows[i], rows[i]);
    double second = dot(rows[j], rows[j]);
    if (Math.abs(mixed) <= RIGHT * Math.sqrt(first * second)
        || Math.min(first, second) <= nothing) {
      return false;
    }
    double ratio = (second - first) / (2 * mixed);
    double tangent = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
    turn(rows[i], rows[j], cosine, cosine * tangent);
    turn(axes[i], axes[j], cosine, cosine * tangent);
    return true;
  }

  private static void turn(double[] a, double[] b, double cosine, double sine) {
    for (int i = 0; i < a.length; i++) {
      double x = a[i];
      double y = b[i];
      a[i] = cosine * x - sine * y;
      b[i] = sine * x + cosine * y;
    }
  }

  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** Coordinates of points along all axes, axis by axis. */
  float[][] along(float[] points) {
    int size = axes.length;
    int count = points.length / size;
    float[][] along = new float[size][count];
    double[] point = new double[size];
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < size; c++) {
        point[c] = points[n * size + c];
      }
      for (int k = 0; k < size; k++) {
        along[k][n] = (float) dot(point, axes[k]);
      }
    }
    return along;
  }
}
