package org.compnn.report;

import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/** Where two outputs differ, as a picture. */
public final class Difference {
  /** A difference of this mean over the channels, of 255, is drawn as dark as it gets. */
  private static final int FULL = 128;

  private static final int DARK = 0x2a0a4a;

  private Difference() {}

  /**
   * Label maps: the second one's colours where they differ, a pale grey of the first elsewhere.
   * Pictures: white where they are equal, the darker the more they differ on average over the
   * channels, darkest from half the range on.
   *
   * @throws IllegalArgumentException if size or kind differ
   */
  public static Picture of(Raster one, Raster other, Palette palette) {
    if (one.height() != other.height() || one.width() != other.width()) {
      throw new IllegalArgumentException("outputs of two sizes have no difference");
    }
    byte[] rgb = new byte[one.height() * one.width() * 3];
    for (int i = 0; i < one.height() * one.width(); i++) {
      int colour = colour(one, other, palette, i);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return new Picture(one.height(), one.width(), rgb);
  }

  /** The share of label pixels that differ, or the mean absolute difference of colours in 0..1. */
  public static double share(Raster one, Raster other) {
    double sum = 0;
    int pixels = one.height() * one.width();
    for (int i = 0; i < pixels; i++) {
      sum += at(one, other, i);
    }
    return sum / pixels;
  }

  /** 0 or 1 for labels; the mean absolute difference over channels in 0..1 for colours. */
  public static double at(Raster one, Raster other, int pixel) {
    return between(one, pixel, other, pixel);
  }

  /** The same between a pixel of one and another pixel of the other, row x width + column. */
  public static double between(Raster one, int pixel, Raster other, int there) {
    return switch (one) {
      case LabelMap a when other instanceof LabelMap b ->
          a.classes()[pixel] == b.classes()[there] ? 0 : 1;
      case Picture a when other instanceof Picture b -> levels(a, pixel, b, there) / (3.0 * 255);
      default -> throw new IllegalArgumentException("a picture and a label map have no difference");
    };
  }

  private static int levels(Picture a, int pixel, Picture b, int there) {
    int sum = 0;
    for (int c = 0; c < 3; c++) {
      sum += Math.abs((a.rgb()[3 * pixel + c] & 0xff) - (b.rgb()[3 * there + c] & 0xff));
    }
    return sum;
  }

  private static int colour(Raster one, Raster other, Palette palette, int pixel) {
    return switch (one) {
      case LabelMap a when other instanceof LabelMap b -> {
        int to = palette.colour(b.classes()[pixel] & 0xff);
        if (a.classes()[pixel] != b.classes()[pixel]) {
          yield to;
        }
        int grey = ((to >> 16 & 0xff) * 3 + (to >> 8 & 0xff) * 6 + (to & 0xff)) / 10;
        int pale = 255 - (255 - grey) / 5;
        yield pale << 16 | pale << 8 | pale;
      }
      case Picture a when other instanceof Picture b -> {
        int share = Math.min(FULL * 3, levels(a, pixel, b, pixel));
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int dark = DARK >> shift & 0xff;
          mixed |= (255 - (255 - dark) * share / (FULL * 3)) << shift;
        }
        yield mixed;
      }
      default -> throw new IllegalArgumentException("a picture and a label map have no difference");
    };
  }
}
