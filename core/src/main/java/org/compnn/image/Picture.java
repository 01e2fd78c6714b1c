package org.compnn.image;

import java.nio.file.Path;

/**
 * An RGB picture of 8 bits a channel.
 *
 * @param height rows
 * @param width columns
 * @param rgb height x width x 3 unsigned bytes, row by row, the three channels of a pixel together;
 *     owned by the picture and not to be changed once it is shared
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; a picture is no map key.
public record Picture(int height, int width, byte[] rgb) implements Raster {
  public Picture {
    if (height <= 0
        || width <= 0
        || rgb.length != Math.multiplyExact(Math.multiplyExact(height, width), 3)) {
      throw new IllegalArgumentException(
          "a picture of " + height + " x " + width + " cannot have " + rgb.length + " bytes");
    }
  }

  /**
   * Reads a picture file.
   *
   * @throws org.compnn.problem.UserError if it is none, or is broken
   */
  public static Picture read(Path file) {
    return PictureFile.read(file);
  }

  @Override
  public long bytes() {
    return rgb.length;
  }

  /** A black picture. */
  public static Picture black(int height, int width) {
    return new Picture(height, width, new byte[height * width * 3]);
  }

  /** The pixel as 0xRRGGBB. */
  public int pixel(int row, int column) {
    int at = (row * width + column) * 3;
    return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff);
  }
}
