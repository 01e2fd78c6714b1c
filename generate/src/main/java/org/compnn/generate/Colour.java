package org.compnn.generate;

/** Arithmetic on 0xRRGGBB. */
final class Colour {
  private Colour() {}

  static float red(int colour) {
    return (colour >> 16 & 0xff) / 255f;
  }

  static float green(int colour) {
    return (colour >> 8 & 0xff) / 255f;
  }

  static float blue(int colour) {
    return (colour & 0xff) / 255f;
  }

  /** The colour between two, 0 being the first. */
  static int mix(int a, int b, double share) {
    return of(
        red(a) + (red(b) - red(a)) * share,
        green(a) + (green(b) - green(a)) * share,
        blue(a) + (blue(b) - blue(a)) * share);
  }

  /** A colour made lighter (above 1) or darker (below 1). */
  static int scale(int colour, double by) {
    return of(red(colour) * by, green(colour) * by, blue(colour) * by);
  }

  /** A colour near another. */
  static int near(Dice dice, int colour, double amount) {
    double all = dice.between(-amount, amount);
    double own = amount / 3;
    return of(
        red(colour) + all + dice.between(-own, own),
        green(colour) + all + dice.between(-own, own),
        blue(colour) + all + dice.between(-own, own));
  }

  /** Sets three numbers to a colour times a factor. */
  static void set(float[] rgb, int colour, float factor) {
    rgb[0] = red(colour) * factor;
    rgb[1] = green(colour) * factor;
    rgb[2] = blue(colour) * factor;
  }

  /** Moves three numbers towards a colour. */
  static void blend(float[] rgb, int colour, float share) {
    rgb[0] += (red(colour) - rgb[0]) * share;
    rgb[1] += (green(colour) - rgb[1]) * share;
    rgb[2] += (blue(colour) - rgb[2]) * share;
  }

  private static int of(double r, double g, double b) {
    return level(r) << 16 | level(g) << 8 | level(b);
  }

  private static int level(double v) {
    return (int) (Math.clamp(v, 0, 1) * 255 + 0.5);
  }
}
