package org.compnn.database.build;

/** Magnitudes by their bits, which are ordered as the numbers are; NaN is above all. */
final class Magnitude {
  private static final int LANES = 1024;

  private Magnitude() {}

  /** The largest magnitude; NaN if there is one. */
  static float highest(float[] numbers) {
    int[] lanes = new int[LANES];
    for (int from = 0; from < numbers.length; from += LANES) {
      raise(numbers, from, Math.min(LANES, numbers.length - from), lanes);
    }
    int highest = 0;
    for (int lane : lanes) {
      highest = Math.max(highest, lane);
    }
    return Float.intBitsToFloat(highest);
  }

  /** Raises the bits in {@code highest} to those of the numbers' magnitudes. */
  static void raise(float[] numbers, int from, int count, int[] highest) {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(numbers[from + i]) & 0x7fffffff;
      highest[i] = Math.max(highest[i], bits);
    }
  }
}
