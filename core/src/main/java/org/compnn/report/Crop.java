package org.compnn.report;

import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/** Cuts pieces out of pictures. */
public final class Crop {
  private Crop() {}

  /**
   * A piece of a picture, wholly within it.
   *
   * @param top first row, 0 or more
   * @param left first column, 0 or more
   */
  public static Raster of(Raster raster, int top, int left, int height, int width) {
    return switch (raster) {
      case Picture picture ->
          new Picture(
              height, width, rows(picture.rgb(), picture.width(), 3, top, left, height, width));
      case LabelMap labels ->
          new LabelMap(
              height, width, rows(labels.classes(), labels.width(), 1, top, left, height, width));
      case ValueMap map ->
          ValueMap.ofLittleEndian(
              height,
              width,
              map.channels(),
              rows(
                  map.littleEndian(),
                  map.width(),
                  map.channels() * Float.BYTES,
                  top,
                  left,
                  height,
                  width));
    };
  }

  private static byte[] rows(
      byte[] from, int pitch, int depth, int top, int left, int height, int width) {
    byte[] piece = new byte[height * width * depth];
    for (int row = 0; row < height; row++) {
      System.arraycopy(
          from, ((top + row) * pitch + left) * depth, piece, row * width * depth, width * depth);
    }
    return piece;
  }
}
