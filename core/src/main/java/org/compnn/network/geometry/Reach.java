package org.compnn.network.geometry;

/**
 * Which cells of its input an operator looks at, along one axis: output cell j looks at the input
 * cells {@code first(j) .. last(j)}, edges left aside. The pattern repeats: every {@code outPeriod}
 * output cells it moves on by {@code inPeriod} input cells.
 */
final class Reach {
  private static final double EXACT = 1e-6;

  private final int outPeriod;
  private final int inPeriod;
  private final long[] first;
  private final long[] last;

  private Reach(int outPeriod, int inPeriod, long[] first, long[] last) {
    this.outPeriod = outPeriod;
    this.inPeriod = inPeriod;
    this.first = first;
    this.last = last;
  }

  /** A window that slides, as in convolution and pooling; the kernel's extent counts its holes. */
  static Reach window(long extent, long stride, long padding) {
    return new Reach(
        1, Math.toIntExact(stride), new long[] {-padding}, new long[] {extent - 1 - padding});
  }

  /** A window that spreads, as in transposed convolution and unpooling. */
  static Reach spreading(long extent, long stride, long padding) {
    int period = Math.toIntExact(stride);
    long[] first = new long[period];
    long[] last = new long[period];
    for (int j = 0; j < period; j++) {
      last[j] = Math.floorDiv(j + padding, stride);
      // Where the kernel leaves gaps, a cell between two windows sees nothing; one cell stands in.
      first[j] = Math.min(last[j], Math.ceilDiv(j + padding - extent + 1, stride));
    }
    return new Reach(period, 1, first, last);
  }

  /** Every {@code step}-th cell from {@code start}; a negative start is padding. */
  static Reach shift(long start, long step) {
    return new Reach(1, Math.toIntExact(step), new long[] {start}, new long[] {start});
  }

  /**
   * Interpolation. Output cell j lies at input coordinate {@code offset + j * inPeriod / outPeriod}
   * (cell i at i).
   */
  static Reach interpolation(int outPeriod, int inPeriod, double offset, Taps taps) {
    long[] first = new long[outPeriod];
    long[] last = new long[outPeriod];
    for (int j = 0; j < outPeriod; j++) {
      double x = offset + (double) j * inPeriod / outPeriod;
      double near = Math.rint(x);
      if (Math.abs(x - near) < EXACT) {
        x = near;
      }
      first[j] = taps.first(x);
      last[j] = taps.last(x);
    }
    return new Reach(outPeriod, inPeriod, first, last);
  }

  /** Which cells an interpolation takes around a coordinate. */
  interface Taps {
    long first(double x);

    long last(double x);
  }

  int outPeriod() {
    return outPeriod;
  }

  int inPeriod() {
    return inPeriod;
  }

  long first(long j) {
    return first[(int) Math.floorMod(j, (long) outPeriod)]
        + Math.floorDiv(j, (long) outPeriod) * inPeriod;
  }

  long last(long j) {
    return last[(int) Math.floorMod(j, (long) outPeriod)]
        + Math.floorDiv(j, (long) outPeriod) * inPeriod;
  }

  /** Input cells per output cell. */
  double step() {
    return (double) inPeriod / outPeriod;
  }

  /** Where the cells seen lie on average, beyond j steps. */
  double centre() {
    double sum = 0;
    for (int j = 0; j < outPeriod; j++) {
      sum += (first[j] + last[j]) / 2.0 - j * step();
    }
    return sum / outPeriod;
  }
}
