package org.compnn.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels in the Vector API, with vectors as long as {@link Width} says.
 *
 * <p>The compiler keeps the twelve sums of a product in registers only while they are local
 * variables of a method that does little else, and does not know of what class a variable is that a
 * loop changes: such a one is an argument, never the one whose method is called. So what is done
 * with the products (sums along diagonals, the search for the best) has methods of its own, over
 * rows that are still in the first-level cache.
 */
final class VectorKernels extends VectorLists {
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, Width.SHAPE);

  /** Vectors of fewer than four floats gain nothing over the plain loops. */
  static boolean worthwhile() {
    return LANES >= 4;
  }

  @Override
  public int lanes() {
    return LANES;
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
    for (int n = 0; n < panels; n++) {
      int from = bAt + n * channels * PANEL;
      int column = n * PANEL;
      FloatVector start0 = FloatVector.fromArray(SPECIES, bias, biasAt + column);
      FloatVector start1 = FloatVector.fromArray(SPECIES, bias, biasAt + column + LANES);
      FloatVector s00 = start0;
      FloatVector s01 = start1;
      FloatVector s10 = start0;
      FloatVector s11 = start1;
      FloatVector s20 = start0;
      FloatVector s21 = start1;
      FloatVector s30 = start0;
      FloatVector s31 = start1;
      FloatVector s40 = start0;
      FloatVector s41 = start1;
      FloatVector s50 = start0;
      FloatVector s51 = start1;
      for (int k = 0; k < channels; k++) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, from + k * PANEL);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, from + k * PANEL + LANES);
        int at = aAt + k * ROWS;
        FloatVector a0 = FloatVector.broadcast(SPECIES, a[at]);
        s00 = a0.fma(b0, s00);
        s01 = a0.fma(b1, s01);
        FloatVector a1 = FloatVector.broadcast(SPECIES, a[at + 1]);
        s10 = a1.fma(b0, s10);
        s11 = a1.fma(b1, s11);
        FloatVector a2 = FloatVector.broadcast(SPECIES, a[at + 2]);
        s20 = a2.fma(b0, s20);
        s21 = a2.fma(b1, s21);
        FloatVector a3 = FloatVector.broadcast(SPECIES, a[at + 3]);
        s30 = a3.fma(b0, s30);
        s31 = a3.fma(b1, s31);
        FloatVector a4 = FloatVector.broadcast(SPECIES, a[at + 4]);
        s40 = a4.fma(b0, s40);
        s41 = a4.fma(b1, s41);
        FloatVector a5 = FloatVector.broadcast(SPECIES, a[at + 5]);
        s50 = a5.fma(b0, s50);
        s51 = a5.fma(b1, s51);
      }
      store(s00, s01, out, outAt + column);
      store(s10, s11, out, outAt + column + stride);
      store(s20, s21, out, outAt + column + 2 * stride);
      store(s30, s31, out, outAt + column + 3 * stride);
      store(s40, s41, out, outAt + column + 4 * stride);
      store(s50, s51, out, outAt + column + 5 * stride);
    }
  }

  private static void store(FloatVector s0, FloatVector s1, float[] out, int at) {
    s0.intoArray(out, at);
    s1.intoArray(out, at + LANES);
  }

  @Override
  public long exceed(float[] matrix, int at, int stride, int slices, float[] limits, int limitsAt) {
    FloatVector limit0 = FloatVector.broadcast(SPECIES, limits[limitsAt]);
    FloatVector limit1 = FloatVector.broadcast(SPECIES, limits[limitsAt + 1]);
    FloatVector limit2 = FloatVector.broadcast(SPECIES, limits[limitsAt + 2]);
    FloatVector limit3 = FloatVector.broadcast(SPECIES, limits[limitsAt + 3]);
    FloatVector limit4 = FloatVector.broadcast(SPECIES, limits[limitsAt + 4]);
    FloatVector limit5 = FloatVector.broadcast(SPECIES, limits[limitsAt + 5]);
    long found = 0;
    for (int n = 0; n < slices; n++) {
      int e = at + n * LANES;
      IntVector d0 = excess(limit0, FloatVector.fromArray(SPECIES, matrix, e));
      IntVector d1 = excess(limit1, FloatVector.fromArray(SPECIES, matrix, e + stride));
      IntVector d2 = excess(limit2, FloatVector.fromArray(SPECIES, matrix, e + 2 * stride));
      IntVector d3 = excess(limit3, FloatVector.fromArray(SPECIES, matrix, e + 3 * stride));
      IntVector d4 = excess(limit4, FloatVector.fromArray(SPECIES, matrix, e + 4 * stride));
      IntVector d5 = excess(limit5, FloatVector.fromArray(SPECIES, matrix, e + 5 * stride));
      IntVector any = d0.or(d1).or(d2).or(d3.or(d4).or(d5));
      if (any.compare(VectorOperators.LT, 0).anyTrue()) {
        found |= 1L << n;
      }
    }
    return found;
  }

  /** Its sign bits say where a number is greater than its limit; comparing each costs more. */
  private static IntVector excess(FloatVector limit, FloatVector numbers) {
    return limit.sub(numbers).reinterpretAsInts();
  }

  @Override
  public long above(float[] row, int at, int slices, long among, float limit) {
    FloatVector limits = FloatVector.broadcast(SPECIES, limit);
    long found = 0;
    for (long left = Kernels.within(among, slices); left != 0; left &= left - 1) {
      for (int n = Long.numberOfTrailingZeros(left); n < slices; n += Long.SIZE) {
        FloatVector numbers = FloatVector.fromArray(SPECIES, row, at + n * LANES);
        if (numbers.compare(VectorOperators.GT, limits).anyTrue()) {
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
    for (long left = Kernels.within(among, slices); left != 0; left &= left - 1) {
      for (int n = Long.numberOfTrailingZeros(left); n < slices; n += Long.SIZE) {
        int column = n * LANES;
        int to = intoAt + column;
        boolean above =
            switch (at.length) {
              case 2 ->
                  sum2(from, at[0] + column, at[1] + column, into, to, stride, limits, limitsAt);
              case 3 -> {
                int second = at[1] + column;
                int third = at[2] + column;
                yield sum3(from, at[0] + column, second, third, into, to, stride, limits, limitsAt);
              }
              default -> sumMany(from, at, column, into, to, stride, limits, limitsAt);
            };
        if (above) {
          found |= 1L << n;
        }
      }
    }
    return found;
  }

  private static boolean sum2(
      float[] from,
      int at0,
      int at1,
      float[] into,
      int intoAt,
      int stride,
      float[] limits,
      int limitsAt) {
    IntVector any = IntVector.zero(INTS);
    for (int i = 0; i < ROWS; i++) {
      int e = i * stride;
      FloatVector sum =
          FloatVector.fromArray(SPECIES, from, at0 + e)
              .add(FloatVector.fromArray(SPECIES, from, at1 + e));
      sum.intoArray(into, intoAt + e);
      any = excess(FloatVector.broadcast(SPECIES, limits[limitsAt + i]), sum).or(any);
    }
    return IntVector.zero(INTS).or(any).compare(VectorOperators.LT, 0).anyTrue();
  }

  private static boolean sum3(
      float[] from,
      int at0,
      int at1,
      int at2,
      float[] into,
      int intoAt,
      int stride,
      float[] limits,
      int limitsAt) {
    IntVector any = IntVector.zero(INTS);
    for (int i = 0; i < ROWS; i++) {
      int e = i * stride;
      FloatVector sum =
          FloatVector.fromArray(SPECIES, from, at0 + e)
              .add(FloatVector.fromArray(SPECIES, from, at1 + e))
              .add(FloatVector.fromArray(SPECIES, from, at2 + e));
      sum.intoArray(into, intoAt + e);
      any = excess(FloatVector.broadcast(SPECIES, limits[limitsAt + i]), sum).or(any);
    }
    return IntVector.zero(INTS).or(any).compare(VectorOperators.LT, 0).anyTrue();
  }

  private static boolean sumMany(
      float[] from,
      int[] at,
      int column,
      float[] into,
      int intoAt,
      int stride,
      float[] limits,
      int limitsAt) {
    IntVector any = IntVector.zero(INTS);
    for (int i = 0; i < ROWS; i++) {
      int e = i * stride;
      FloatVector sum = FloatVector.fromArray(SPECIES, from, at[0] + column + e);
      for (int a = 1; a < at.length; a++) {
        sum = FloatVector.fromArray(SPECIES, from, at[a] + column + e).add(sum);
      }
      sum.intoArray(into, intoAt + e);
      any = excess(FloatVector.broadcast(SPECIES, limits[limitsAt + i]), sum).or(any);
    }
    return IntVector.zero(INTS).or(any).compare(VectorOperators.LT, 0).anyTrue();
  }

  @Override
  public long select(
      float[] sums, int[] at, Weights weights, int weightsAt, float threshold, float[] scores) {
    FloatVector score = FloatVector.fromArray(SPECIES, sums, at[0]);
    for (int b = 1; b < at.length; b++) {
      score = FloatVector.fromArray(SPECIES, sums, at[b]).add(score);
    }
    if (weights.scaled()) {
      score = score.mul(FloatVector.fromArray(SPECIES, weights.scale(), weightsAt));
    }
    score = score.add(FloatVector.fromArray(SPECIES, weights.bias(), weightsAt));
    long found = score.compare(VectorOperators.GT, threshold).toLong();
    if (found != 0) {
      score.intoArray(scores, 0);
    }
    return found;
  }
}
