package org.compnn.network;

import org.compnn.image.Picture;
import org.compnn.image.ValueMap;

/**
 * A picture of values that are none: the first three channels as red, green and blue, or the first
 * alone as grey where there are fewer, each stretched from its least to its greatest value.
 */
public final class ShownValues {
  private ShownValues() {}

  public static Picture of(ValueMap values) {
    int pixels = values.height() * values.width();
    byte[] rgb = new byte[pixels * 3];
    for (int c = 0; c < 3; c++) {
      int from = values.channels() < 3 ? 0 : c;
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int p = 0; p < pixels; p++) {
        float value = values.values()[p * values.channels() + from];
        if (Float.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      float scale = high > low ? 255 / (high - low) : 0;
      for (int p = 0; p < pixels; p++) {
        float value = values.values()[p * values.channels() + from];
        float shown = Float.isFinite(value) ? (value - low) * scale : 0;
        rgb[p * 3 + c] = (byte) Math.round(Math.clamp(shown, 0f, 255f));
      }
    }
    return new Picture(values.height(), values.width(), rgb);
  }
}
