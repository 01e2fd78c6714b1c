package org.compnn.image;

/**
 * The class of every pixel.
 *
 * @param height rows
 * @param width columns
 * @param classes height x width unsigned bytes, row by row: a class index 0..254, or {@link
 *     #UNLABELLED}; owned by the map and not to be changed once it is shared
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; a label map is no map key.
public record LabelMap(int height, int width, byte[] classes) implements Raster {
  /** The value of a pixel that carries no label; such pixels are left out of every metric. */
  public static final int UNLABELLED = 255;

  public LabelMap {
    if (height <= 0 || width <= 0 || classes.length != Math.multiplyExact(height, width)) {
      throw new IllegalArgumentException(
          "a label map of "
              + height
              + " x "
              + width
              + " cannot have "
              + classes.length
              + " pixels");
    }
  }

  @Override
  public long bytes() {
    return classes.length;
  }

  /** The class of a pixel, 0..254, or {@link #UNLABELLED}. */
  public int label(int row, int column) {
    return classes[row * width + column] & 0xff;
  }
}
