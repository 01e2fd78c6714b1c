package org.compnn.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The part of {@link VectorKernels} that inverted lists and single distances need. */
abstract sealed class VectorLists implements Kernels permits VectorKernels {
  static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, Width.SHAPE);
  static final int LANES = SPECIES.length();
  static final int PANEL = 2 * LANES;

  /** As many bytes as a vector has floats, at least eight. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(8, LANES) * Byte.SIZE));

  @Override
  public float squaredDistance(float[] a, int aAt, float[] b, int bAt, int count) {
    FloatVector one = FloatVector.zero(SPECIES);
    FloatVector two = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + PANEL <= count; i += PANEL) {
      FloatVector d =
          FloatVector.fromArray(SPECIES, a, aAt + i)
              .sub(FloatVector.fromArray(SPECIES, b, bAt + i));
      FloatVector e =
          FloatVector.fromArray(SPECIES, a, aAt + i + LANES)
              .sub(FloatVector.fromArray(SPECIES, b, bAt + i + LANES));
      one = d.fma(d, one);
      two = e.fma(e, two);
    }
    float sum = FloatVector.zero(SPECIES).add(one).add(two).reduceLanes(VectorOperators.ADD);
    for (; i < count; i++) {
      float d = a[aAt + i] - b[bAt + i];
      sum += d * d;
    }
    return sum;
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int count) {
    FloatVector one = FloatVector.zero(SPECIES);
    FloatVector two = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + PANEL <= count; i += PANEL) {
      one =
          FloatVector.fromArray(SPECIES, a, aAt + i)
              .fma(FloatVector.fromArray(SPECIES, b, bAt + i), one);
      two =
          FloatVector.fromArray(SPECIES, a, aAt + i + LANES)
              .fma(FloatVector.fromArray(SPECIES, b, bAt + i + LANES), two);
    }
    float sum = FloatVector.zero(SPECIES).add(one).add(two).reduceLanes(VectorOperators.ADD);
    for (; i < count; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }

  @Override
  public int above(float[] scores, int at, int width, float threshold, int[] columns) {
    int found = 0;
    for (int e = 0; e < width; e += PANEL) {
      long low =
          FloatVector.fromArray(SPECIES, scores, at + e)
              .compare(VectorOperators.GT, threshold)
              .toLong();
      long high =
          FloatVector.fromArray(SPECIES, scores, at + e + LANES)
              .compare(VectorOperators.GT, threshold)
              .toLong();
      for (long better = high << LANES | low; better != 0; better &= better - 1) {
        columns[found++] = e + Long.numberOfTrailingZeros(better);
      }
    }
    return found;
  }

  @Override
  public float reached(float[] scores, int at, int width, int k) {
    FloatVector low = FloatVector.fromArray(SPECIES, scores, at);
    FloatVector high = FloatVector.fromArray(SPECIES, scores, at + LANES);
    for (int e = PANEL; e < width; e += PANEL) {
      low = FloatVector.fromArray(SPECIES, scores, at + e).max(low);
      high = FloatVector.fromArray(SPECIES, scores, at + e + LANES).max(high);
    }
    FloatVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    float reached = none.max(low).max(high).reduceLanes(VectorOperators.MAX);
    for (int i = 1; i < k; i++) {
      FloatVector before = FloatVector.broadcast(SPECIES, reached);
      low = none.blend(low, before.compare(VectorOperators.GT, low));
      high = none.blend(high, before.compare(VectorOperators.GT, high));
      reached = none.max(low).max(high).reduceLanes(VectorOperators.MAX);
    }
    return reached;
  }

  @Override
  public void widen(
      byte[] codes, int blocks, int axes, float[] squares, float[] panels, float[] bias) {
    if (LANES < 8 || BLOCK % PANEL != 0) {
      // There are no vectors of fewer than eight bytes.
      PlainKernels.widenPlainly(codes, blocks, axes, PANEL, squares, panels, bias);
      return;
    }
    for (int entry = 0; entry < blocks * BLOCK; entry += PANEL) {
      int from = entry / BLOCK * axes * BLOCK + entry % BLOCK;
      widenPanel(codes, from, axes, squares, panels, entry * axes, bias, entry);
    }
  }

  private static void widenPanel(
      byte[] codes,
      int from,
      int axes,
      float[] squares,
      float[] panels,
      int to,
      float[] bias,
      int biasAt) {
    FloatVector norm0 = FloatVector.zero(SPECIES);
    FloatVector norm1 = FloatVector.zero(SPECIES);
    for (int k = 0; k < axes; k++) {
      int at = from + k * BLOCK;
      FloatVector x0 =
          (FloatVector)
              ByteVector.fromArray(BYTES, codes, at).convertShape(VectorOperators.B2F, SPECIES, 0);
      FloatVector x1 =
          (FloatVector)
              ByteVector.fromArray(BYTES, codes, at + LANES)
                  .convertShape(VectorOperators.B2F, SPECIES, 0);
      x0.intoArray(panels, to + k * PANEL);
      x1.intoArray(panels, to + k * PANEL + LANES);
      FloatVector square = FloatVector.broadcast(SPECIES, squares[k]);
      norm0 = x0.mul(x0).fma(square, norm0);
      norm1 = x1.mul(x1).fma(square, norm1);
    }
    norm0.intoArray(bias, biasAt);
    norm1.intoArray(bias, biasAt + LANES);
  }

  @Override
  public void project(
      float[] vector, int at, int count, float[] matrix, int columns, float[] out, int outAt) {
    int k = 0;
    for (; k + LANES <= columns; k += LANES) {
      projectLanes(vector, at, count, matrix, columns, k, out, outAt + k);
    }
    for (; k < columns; k++) {
      out[outAt + k] = PlainKernels.column(vector, at, count, matrix, columns, k);
    }
  }

  private static void projectLanes(
      float[] vector,
      int at,
      int count,
      float[] matrix,
      int columns,
      int from,
      float[] out,
      int outAt) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    int i = 0;
    int m = from;
    for (; i + 3 < count; i += 4) {
      s0 = FloatVector.fromArray(SPECIES, matrix, m).fma(splat(vector[at + i]), s0);
      s1 = FloatVector.fromArray(SPECIES, matrix, m + columns).fma(splat(vector[at + i + 1]), s1);
      s2 =
          FloatVector.fromArray(SPECIES, matrix, m + 2 * columns)
              .fma(splat(vector[at + i + 2]), s2);
      s3 =
          FloatVector.fromArray(SPECIES, matrix, m + 3 * columns)
              .fma(splat(vector[at + i + 3]), s3);
      m += 4 * columns;
    }
    for (; i < count; i++, m += columns) {
      s0 = FloatVector.fromArray(SPECIES, matrix, m).fma(splat(vector[at + i]), s0);
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    zero.add(s0).add(s1).add(zero.add(s2).add(s3)).intoArray(out, outAt);
  }

  private static FloatVector splat(float x) {
    return FloatVector.broadcast(SPECIES, x);
  }
}
