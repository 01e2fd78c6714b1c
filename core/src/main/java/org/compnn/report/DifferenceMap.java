package org.compnn.report;

import java.util.stream.Stream;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;
import org.compnn.measure.Difference;

/** Where two outputs differ, as a picture. */
final class DifferenceMap {
  /** A difference of this mean over the channels, of 255, is drawn as dark as it gets. */
  private static final int FULL = 128;

  private static final int DARK = 0x2a0a4a;

  private DifferenceMap() {}

  /**
   * Label maps: the second one's colours where they differ, a pale grey of the first elsewhere.
   * Pictures and values: white where they are equal, the darker the more they differ on average
   * over the channels, darkest from half the range on; grey where there is no value.
   *
   * @throws IllegalArgumentException if size or kind differ
   */
  static Picture of(Raster one, Raster other, Palette palette) {
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

  /** White for a share of 0, as dark as it gets for 1. */
  private static int darker(double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int dark = DARK >> shift & 0xff;
      mixed |= (int) Math.round(255 - (255 - dark) * share) << shift;
    }
    return mixed;
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
        int share = Math.min(FULL * 3, Difference.levels(a, pixel, b, pixel));
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          int dark = DARK >> shift & 0xff;
          mixed |= (255 - (255 - dark) * share / (FULL * 3)) << shift;
        }
        yield mixed;
      }
      case ValueMap a when other instanceof ValueMap b -> {
        if (!a.known(pixel) || !b.known(pixel)) {
          yield ValueScale.NO_VALUE;
        }
        ValueScale scale = palette.scale().orElseGet(() -> ValueScale.of(Stream.of(a, b)));
        double range = scale.high() - scale.low();
        double apart = Difference.between(a, pixel, b, pixel);
        yield darker(range > 0 ? Math.min(1, 2 * apart / range) : 0);
      }
      default -> throw new IllegalArgumentException("outputs of two kinds have no difference");
    };
  }
}
