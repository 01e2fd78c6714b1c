package org.compnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/**
 * The rectangle that a window shows of a sample, padded where it reaches beyond it.
 *
 * @param top its first row in the sample
 * @param left its first column
 * @param size its rows and columns
 * @param padding what lies beyond
 */
record Cut(int top, int left, Size size, Padding padding) {
  Sample of(Sample sample) {
    Map<String, Raster> further = new LinkedHashMap<>();
    sample.further().forEach((name, raster) -> further.put(name, of(raster)));
    return new Sample(
        (Picture) of(sample.picture()), sample.values().map(v -> (ValueMap) of(v)), further);
  }

  private Raster of(Raster raster) {
    int height = size.height();
    int width = size.width();
    return switch (raster) {
      case Picture picture -> {
        byte[] rgb = new byte[height * width * 3];
        copy(raster, 3, picture.rgb(), rgb);
        yield new Picture(height, width, rgb);
      }
      case LabelMap labels -> {
        byte[] classes = new byte[height * width];
        copy(raster, 1, labels.classes(), classes);
        yield new LabelMap(height, width, classes);
      }
      case ValueMap map -> {
        float[] values = new float[Math.multiplyExact(height * width, map.channels())];
        copy(raster, map.channels(), map.values(), values);
        yield new ValueMap(height, width, map.channels(), values);
      }
    };
  }

  /** Copies between arrays of one kind, so many elements a pixel. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // Both are arrays of bytes, or both of floats.
  private void copy(Raster raster, int depth, Object from, Object to) {
    int inside = Math.min(size.width(), raster.width() - left);
    for (int y = 0; y < size.height(); y++) {
      if (padding == Padding.ZERO && top + y >= raster.height()) {
        return;
      }
      int row = Math.min(top + y, raster.height() - 1) * raster.width();
      int at = y * size.width();
      System.arraycopy(from, (row + left) * depth, to, at * depth, inside * depth);
      for (int x = inside; padding == Padding.EDGE && x < size.width(); x++) {
        System.arraycopy(from, (row + raster.width() - 1) * depth, to, (at + x) * depth, depth);
      }
    }
  }
}
