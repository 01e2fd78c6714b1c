package org.compnn.image;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How numbers are shown in colours: from a lowest to a highest one.
 *
 * <p>One channel runs through colours whose lightness rises evenly (those of Matplotlib's viridis,
 * dark blue to yellow). Two to four channels are shown as red, green and blue, the fourth not at
 * all, each from nothing at the lowest number to full brightness at the highest. Pixels without a
 * value are grey.
 *
 * @param low the number of the first colour
 * @param high the number of the last colour, at least {@code low}
 */
public record ValueScale(float low, float high) {
  /** The colour of pixels without a value. */
  public static final int NO_VALUE = 0x808080;

  private static final int[] ANCHORS = {
    0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b,
    0xfde725
  };

  public ValueScale {
    if (!(low <= high) || Float.isInfinite(low) || Float.isInfinite(high)) {
      throw new IllegalArgumentException("no scale goes from " + low + " to " + high);
    }
  }

  /** From the least to the greatest finite number of all maps together; 0 to 1 if there is none. */
  public static ValueScale of(Stream<ValueMap> maps) {
    float[] ends = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    maps.forEach(
        map -> {
          for (float value : map.values()) {
            if (Float.isFinite(value)) {
              ends[0] = Math.min(ends[0], value);
              ends[1] = Math.max(ends[1], value);
            }
          }
        });
    return ends[0] <= ends[1] ? new ValueScale(ends[0], ends[1]) : new ValueScale(0, 1);
  }

  /** From the lower of both beginnings to the higher of both ends. */
  public ValueScale and(ValueScale other) {
    return new ValueScale(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** The colours of one channel, evenly along the scale; those between are mixed of two. */
  public static List<Integer> colours() {
    return Arrays.stream(ANCHORS).boxed().toList();
  }

  /** A map in these colours. */
  public Picture paint(ValueMap map) {
    int pixels = map.height() * map.width();
    byte[] rgb = new byte[pixels * 3];
    for (int i = 0; i < pixels; i++) {
      int colour = map.known(i) ? colour(map, i) : NO_VALUE;
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return new Picture(map.height(), map.width(), rgb);
  }

  private int colour(ValueMap map, int pixel) {
    int at = pixel * map.channels();
    if (map.channels() == 1) {
      return along(share(map.values()[at]));
    }
    int colour = 0;
    for (int c = 0; c < Math.min(3, map.channels()); c++) {
      colour |= Math.round(255 * share(map.values()[at + c])) << (16 - 8 * c);
    }
    return colour;
  }

  /** Where a number lies on the scale, 0..1; numbers beyond an end lie at it. */
  public float share(float value) {
    return high > low ? Math.clamp((value - low) / (high - low), 0f, 1f) : 0.5f;
  }

  /**
   * A colour of one channel, as 0xRRGGBB.
   *
   * @param share where on the scale, 0..1
   */
  public static int along(float share) {
    float at = share * (ANCHORS.length - 1);
    int first = Math.min((int) at, ANCHORS.length - 2);
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = ANCHORS[first] >> shift & 0xff;
      int to = ANCHORS[first + 1] >> shift & 0xff;
      colour |= Math.round(from + (to - from) * (at - first)) << shift;
    }
    return colour;
  }
}
