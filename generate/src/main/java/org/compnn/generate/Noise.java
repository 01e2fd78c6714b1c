package org.compnn.generate;

/** Noise from whole-number hashes: the same on every machine. */
final class Noise {
  private Noise() {}

  /** A number in 0..1 that belongs to a grid point. */
  static float at(int x, int y, int seed) {
    int h = x * 0x27d4eb2f ^ y * 0x165667b1 ^ seed * 0x9e3779b1;
    h = (h ^ (h >>> 15)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    h ^= h >>> 16;
    return (h >>> 8) * (1f / (1 << 24));
  }

  /** Noise that changes smoothly over about one unit, 0..1. */
  static float smooth(double x, double y, int seed) {
    int ix = floor(x);
    int iy = floor(y);
    float u = ease((float) (x - ix));
    float v = ease((float) (y - iy));
    float top = mix(at(ix, iy, seed), at(ix + 1, iy, seed), u);
    float low = mix(at(ix, iy + 1, seed), at(ix + 1, iy + 1, seed), u);
    return mix(top, low, v);
  }

  /** Three octaves of smooth noise, 0..1. */
  static float cloudy(double x, double y, int seed) {
    return (smooth(x, y, seed) * 4
            + smooth(x * 2.1, y * 2.1, seed + 1) * 2
            + smooth(x * 4.3, y * 4.3, seed + 2))
        / 7;
  }

  static int floor(double x) {
    int i = (int) x;
    return x < i ? i - 1 : i;
  }

  static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }

  private static float ease(float t) {
    return t * t * (3 - 2 * t);
  }
}
