package org.compnn.search;

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
  public boolean product(
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
      int stride,
      float[] limits,
      int limitsAt) {
    boolean greater = false;
    float[] acc = new float[panel()];
    for (int n = 0; n < panels; n++) {
      for (int i = 0; i < ROWS; i++) {
        System.arraycopy(bias, biasAt + n * acc.length, acc, 0, acc.length);
        multiply(a, aAt + i, b, bAt + n * channels * acc.length, channels, acc);
        System.arraycopy(acc, 0, out, outAt + i * stride + n * acc.length, acc.length);
        for (float x : acc) {
          greater |= x > limits[limitsAt + i];
        }
      }
    }
    return greater;
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
  public void sum2(float[] from, int at0, int at1, float[] into, int intoAt, int count) {
    for (int e = 0; e < count; e++) {
      into[intoAt + e] = from[at0 + e] + from[at1 + e];
    }
  }

  @Override
  public void sum3(float[] from, int at0, int at1, int at2, float[] into, int intoAt, int count) {
    for (int e = 0; e < count; e++) {
      into[intoAt + e] = from[at0 + e] + from[at1 + e] + from[at2 + e];
    }
  }

  @Override
  public void add(float[] into, int intoAt, float[] from, int fromAt, int count) {
    for (int e = 0; e < count; e++) {
      into[intoAt + e] += from[fromAt + e];
    }
  }

  @Override
  public boolean beats(
      float[] sums, Shifts shifts, Weights weights, int weightsAt, float threshold) {
    for (int e = 0; e < weights.width(); e++) {
      if (score(sums, shifts, weights, weightsAt, e) > threshold) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int select(
      float[] sums,
      Shifts shifts,
      Weights weights,
      int weightsAt,
      float threshold,
      int[] columns,
      float[] scores) {
    int found = 0;
    for (int e = 0; e < weights.width(); e++) {
      float score = score(sums, shifts, weights, weightsAt, e);
      if (score > threshold) {
        columns[found] = e;
        scores[found] = score;
        found++;
      }
    }
    return found;
  }

  private static float score(float[] sums, Shifts shifts, Weights weights, int weightsAt, int e) {
    float sum = sums[shifts.first + e];
    if (shifts.terms > 1) {
      sum += sums[shifts.second + e];
    }
    if (shifts.terms > 2) {
      sum += sums[shifts.third + e];
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
  public void maxima(float[] scores, int at, int width, float[] maxima) {
    System.arraycopy(scores, at, maxima, 0, panel());
    for (int e = panel(); e < width; e++) {
      maxima[e % panel()] = Math.max(maxima[e % panel()], scores[at + e]);
    }
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
    int block = ListIndex.BLOCK;
    for (int e = 0; e < blocks * block; e++) {
      int from = e / block * axes * block + e % block;
      int to = e / panel * axes * panel + e % panel;
      float norm = 0;
      for (int k = 0; k < axes; k++) {
        float x = codes[from + k * block];
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
