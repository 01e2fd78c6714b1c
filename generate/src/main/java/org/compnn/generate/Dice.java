package org.compnn.generate;

import java.util.Random;

/** Chance with a seed; the same throws on every machine. */
final class Dice {
  private final Random random;

  Dice(long seed, long index) {
    random = new Random(mix(seed * 0x9e3779b97f4a7c15L + mix(index + 0x632be59bd9b4e019L)));
  }

  /** Evenly spread over low..high. */
  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A whole number from low to high, both included. */
  int whole(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** One of some colours. */
  int of(int... colours) {
    return colours[random.nextInt(colours.length)];
  }

  /** A seed for a texture. */
  int texture() {
    return random.nextInt();
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
