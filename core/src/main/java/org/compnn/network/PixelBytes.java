package org.compnn.network;

import java.util.Arrays;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;

/**
 * The bytes of a raster, so that its pixels can be moved whatever they are.
 *
 * @param bytes row by row
 * @param none a pixel that says nothing: black, unlabelled, without a value
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PixelBytes(Raster of, byte[] bytes, byte[] none) {
  static PixelBytes of(Raster raster) {
    return switch (raster) {
      case Picture picture -> new PixelBytes(picture, picture.rgb(), new byte[3]);
      case LabelMap labels ->
          new PixelBytes(labels, labels.classes(), new byte[] {(byte) LabelMap.UNLABELLED});
      case ValueMap map ->
          new PixelBytes(
              map, map.littleEndian(), ValueMap.unknown(1, 1, map.channels()).littleEndian());
    };
  }

  /** Bytes a pixel. */
  int depth() {
    return none.length;
  }

  /**
   * Rows and columns of a canvas, laid out anew.
   *
   * @param top the canvas's row at which these pixels begin
   * @param left the column
   * @param mirrored whether they are mirrored beyond their edges; else nothing is there
   */
  Raster on(int height, int width, int top, int left, boolean mirrored) {
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(height, width), depth())];
    for (int row = 0; row < height; row++) {
      int y = source(row - top, of.height(), mirrored);
      for (int column = 0; column < width; column++) {
        int x = source(column - left, of.width(), mirrored);
        boolean beyond = y < 0 || x < 0;
        System.arraycopy(
            beyond ? none : bytes,
            beyond ? 0 : (y * of.width() + x) * depth(),
            to,
            (row * width + column) * depth(),
            depth());
      }
    }
    return raster(height, width, to);
  }

  private static int source(int at, int size, boolean mirrored) {
    if (at >= 0 && at < size) {
      return at;
    }
    if (!mirrored) {
      return -1;
    }
    int turn = Math.floorMod(at, 2 * size);
    return turn < size ? turn : 2 * size - 1 - turn;
  }

  /** The same with nothing outside a region. */
  Raster only(Frame.Region region) {
    byte[] held = new byte[bytes.length];
    for (int pixel = 0; pixel < of.height() * of.width(); pixel++) {
      boolean within = region.contains(pixel / of.width(), pixel % of.width());
      System.arraycopy(
          within ? bytes : none, within ? pixel * depth() : 0, held, pixel * depth(), depth());
    }
    return raster(of.height(), of.width(), held);
  }

  private Raster raster(int height, int width, byte[] pixels) {
    return switch (of) {
      case Picture _ -> new Picture(height, width, pixels);
      case LabelMap _ -> new LabelMap(height, width, pixels);
      case ValueMap map -> ValueMap.ofLittleEndian(height, width, map.channels(), pixels);
    };
  }

  /** With another pixel for nothing. */
  PixelBytes with(byte value) {
    byte[] other = new byte[depth()];
    Arrays.fill(other, value);
    return new PixelBytes(of, bytes, other);
  }
}
