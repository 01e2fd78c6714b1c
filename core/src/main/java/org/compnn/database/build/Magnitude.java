package org.compnn.database.build;

/** Magnitudes by their bits, which are ordered as the numbers are; NaN is above all. */
final class Magnitude {
  private Magnitude() {}

  /** Raises the bits in {@code highest} to those of the numbers' magnitudes. */
  static void raise(float[] numbers, int from, int count, int[] highest) {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(numbers[from + i]) & 0x7fffffff;
      highest[i] = Math.max(highest[i], bits);
    }
  }
}
