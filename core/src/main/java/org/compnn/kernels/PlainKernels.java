package org.compnn.kernels;

import java.util.Arrays;

/** Kernels without vectors: the oracle of the others, and what runs where the others cannot. */
final class PlainKernels implements Kernels {
  private final int lanes;

  PlainKernels(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void multiply(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] bias,
      int biasAt,
      int channels,
      int panels,
      float[] out,
      int outAt,
      int stride) {
    float[] acc = new float[panel()];
    for (int n = 0; n < panels; n++) {
      for (int i = 0; i < ROWS; i++) {
        System.arraycopy(bias, biasAt + n * acc.length, acc, 0, acc.length);
        multiply(a, aAt + i, b, bAt + n * channels * acc.length, channels, acc);
        System.arraycopy(acc, 0, out, outAt + i * stride + n * acc.length, acc.length);
      }
    }
  }

  private static void multiply(float[] a, int aAt, float[] b, int bAt, int channels, float[] acc) {
    for (int k = 0; k < channels; k++) {
      float x = a[aAt + k * ROWS];
      int from = bAt + k * acc.length;
      for (int e = 0; e < acc.length; e++) {
        acc[e] = Math.fma(x, b[from + e], acc[e]);
      }
    }
  }

  @Override
  public long exceed(float[] matrix, int at, int stride, int slices, float[] limits, int limitsAt) {
    long found = 0;
    for (int i = 0; i < ROWS; i++) {
      found |= above(matrix, at + i * stride, slices, ALL, limits[limitsAt + i]);
    }
    return found;
  }

  @Override
  public long above(float[] row, int at, int slices, long among, float limit) {
    long found = 0;
    for (int n = 0; n < slices; n++) {
      for (int e = n * lanes; ((among >>> n) & 1) != 0 && e < (n + 1) * lanes; e++) {
        if (row[at + e] > limit) {
          found |= 1L << n;
        }
      }
    }
    return found;
  }

  @Override
  public long sum(
      float[] from,
      int[] at,
      float[] into,
      int intoAt,
      int stride,
      int slices,
      long among,
      float[] limits,
      int limitsAt) {
    long found = 0;
    for (int i = 0; i < ROWS; i++) {
      for (int n = 0; n < slices; n++) {
        for (int e = n * lanes; ((among >>> n) & 1) != 0 && e < (n + 1) * lanes; e++) {
          float sum = from[at[0] + i * stride + e];
          for (int a = 1; a < at.length; a++) {
            sum += from[at[a] + i * stride + e];
          }
          into[intoAt + i * stride + e] = sum;
        }
      }
      found |= above(into, intoAt + i * stride, slices, among, limits[limitsAt + i]);
    }
    return found;
  }

  @Override
  public long select(
      float[] sums, int[] at, Weights weights, int weightsAt, float threshold, float[] scores) {
    long found = 0;
    for (int e = 0; e < lanes; e++) {
      scores[e] = score(sums, at, weights, weightsAt, e);
      if (scores[e] > threshold) {
        found |= 1L << e;
      }
    }
    return found;
  }

  private static float score(float[] sums, int[] at, Weights weights, int weightsAt, int e) {
    float sum = sums[at[0] + e];
    for (int b = 1; b < at.length; b++) {
      sum += sums[at[b] + e];
    }
    if (weights.scaled()) {
      sum *= weights.scale()[weightsAt + e];
    }
    return sum + weights.bias()[weightsAt + e];
  }

  @Override
  public float squaredDistance(float[] a, int aAt, float[] b, int bAt, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double d = a[aAt + i] - b[bAt + i];
      sum += d * d;
    }
    return (float) sum;
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) a[aAt + i] * b[bAt + i];
    }
    return (float) sum;
  }

  @Override
  public int above(float[] scores, int at, int width, float threshold, int[] columns) {
    int found = 0;
    for (int e = 0; e < width; e++) {
      if (scores[at + e] > threshold) {
        columns[found++] = e;
      }
    }
    return found;
  }

  @Override
  public float reached(float[] scores, int at, int width, int k) {
    float[] maxima = Arrays.copyOfRange(scores, at, at + panel());
    for (int e = panel(); e < width; e++) {
      maxima[e % panel()] = Math.max(maxima[e % panel()], scores[at + e]);
    }
    float reached = Float.POSITIVE_INFINITY;
    for (int i = 0; i < k; i++) {
      float next = Float.NEGATIVE_INFINITY;
      for (float x : maxima) {
        if (x < reached || i == 0) {
          next = Math.max(next, x);
        }
      }
      reached = next;
    }
    return reached;
  }

  @Override
  public void widen(
      byte[] codes, int blocks, int axes, float[] squares, float[] panels, float[] bias) {
    widenPlainly(codes, blocks, axes, panel(), squares, panels, bias);
  }

  static void widenPlainly(
      byte[] codes,
      int blocks,
      int axes,
      int panel,
      float[] squares,
      float[] panels,
      float[] bias) {
    for (int e = 0; e < blocks * BLOCK; e++) {
      int from = e / BLOCK * axes * BLOCK + e % BLOCK;
      int to = e / panel * axes * panel + e % panel;
      float norm = 0;
      for (int k = 0; k < axes; k++) {
        float x = codes[from + k * BLOCK];
        panels[to + k * panel] = x;
        norm = Math.fma(x * x, squares[k], norm);
      }
      bias[e] = norm;
    }
  }

  @Override
  public void project(
      float[] vector, int at, int count, float[] matrix, int columns, float[] out, int outAt) {
    for (int k = 0; k < columns; k++) {
      out[outAt + k] = column(vector, at, count, matrix, columns, k);
    }
  }

  static float column(float[] vector, int at, int count, float[] matrix, int columns, int k) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 = Math.fma(vector[at + i], matrix[i * columns + k], s0);
      s1 = Math.fma(vector[at + i + 1], matrix[(i + 1) * columns + k], s1);
      s2 = Math.fma(vector[at + i + 2], matrix[(i + 2) * columns + k], s2);
      s3 = Math.fma(vector[at + i + 3], matrix[(i + 3) * columns + k], s3);
    }
    for (; i < count; i++) {
      s0 = Math.fma(vector[at + i], matrix[i * columns + k], s0);
    }
    return s0 + s1 + (s2 + s3);
  }
}
