package org.compnn.compose;

import java.util.List;

/**
 * Colours that people with and without colour blindness tell apart.
 *
 * <p>The first seven are those of Okabe and Ito (2008) without black. Each further one is the
 * colour farthest from all before it in OKLab (Ottosson 2020), as the worst of three eyes sees it:
 * full colour vision, protanopia and deuteranopia (Machado, Oliveira and Fernandes 2009). Their
 * test works them out again.
 */
final class DistinctColours {
  private static final List<Integer> COLOURS =
      List.of(
          0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7, 0x7F0000, 0x5FFFFF,
          0x5F007F, 0x0000FF, 0x5F7FFF, 0x00DF9F, 0x9F3F00, 0x7F3F5F, 0x0000BF, 0x00DFFF, 0x5FFF9F,
          0x1F7F5F, 0x3FBF7F);

  private DistinctColours() {}

  /** All of them as 0xRRGGBB, the most distinct first. */
  static List<Integer> all() {
    return COLOURS;
  }

  /** A greyish colour for what has none of its own: neighbouring numbers differ, many share one. */
  static int muted(int number) {
    // The golden angle spreads hues of consecutive numbers.
    double hue = number * 2.399963229728653;
    double lightness = 0.62 + 0.06 * (number % 3 - 1);
    return srgb(lightness, 0.02 * Math.cos(hue), 0.02 * Math.sin(hue));
  }

  private static int srgb(double lightness, double a, double b) {
    double l = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    double m = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    double s = Math.pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return level(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
        | level(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
        | level(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  }

  private static int level(double linear) {
    double v = Math.clamp(linear, 0, 1);
    double s = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * s);
  }
}
