package org.compnn.measure;

import java.util.stream.Stream;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;

/** How much two outputs differ, pixel by pixel. */
public final class Difference {
  private Difference() {}

  /**
   * The share of label pixels that differ, the mean absolute difference of colours in 0..1, or that
   * of values over the range that both have together.
   */
  public static double share(Raster one, Raster other) {
    double sum = 0;
    int pixels = one.height() * one.width();
    for (int i = 0; i < pixels; i++) {
      sum += between(one, i, other, i);
    }
    return sum / pixels / (one instanceof ValueMap a ? range(a, other) : 1);
  }

  /** From the least to the greatest of all values; 1 where they are all the same. */
  private static double range(ValueMap one, Raster other) {
    ValueScale scale = ValueScale.of(Stream.of(one, (ValueMap) other));
    return scale.high() > scale.low() ? scale.high() - scale.low() : 1;
  }

  /**
   * Between a pixel of one and a pixel of the other, each row x width + column: 0 or 1 for labels,
   * the mean absolute difference over channels for colours (in 0..1) and for values (in their own
   * terms; 0 where one of them has none).
   *
   * @throws IllegalArgumentException if the two are not of one kind
   */
  public static double between(Raster one, int pixel, Raster other, int there) {
    return switch (one) {
      case LabelMap a when other instanceof LabelMap b ->
          a.classes()[pixel] == b.classes()[there] ? 0 : 1;
      case Picture a when other instanceof Picture b -> levels(a, pixel, b, there) / (3.0 * 255);
      case ValueMap a when other instanceof ValueMap b -> values(a, pixel, b, there);
      default -> throw new IllegalArgumentException("outputs of two kinds have no difference");
    };
  }

  private static double values(ValueMap one, int pixel, ValueMap other, int there) {
    if (!one.known(pixel) || !other.known(there)) {
      return 0;
    }
    double sum = 0;
    for (int c = 0; c < one.channels(); c++) {
      sum +=
          Math.abs(
              one.values()[one.channels() * pixel + c]
                  - other.values()[other.channels() * there + c]);
    }
    return sum / one.channels();
  }

  /** The absolute differences of the three channels, 0..255 each, summed up. */
  public static int levels(Picture one, int pixel, Picture other, int there) {
    int sum = 0;
    for (int c = 0; c < 3; c++) {
      sum += Math.abs((one.rgb()[3 * pixel + c] & 0xff) - (other.rgb()[3 * there + c] & 0xff));
    }
    return sum;
  }
}
