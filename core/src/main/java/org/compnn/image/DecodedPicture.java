package org.compnn.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Optional;
import org.compnn.problem.UserError;

/**
 * A picture as its file stores it, and how it must be turned.
 *
 * <p>Samples are read from the raster, since {@link BufferedImage#getRGB} takes grey for linear
 * light and changes it.
 *
 * @param name the file's name for messages
 * @param image the stored samples
 * @param orientation how to stand it upright
 * @param inexact why its numbers are not those that were saved, as a message says it
 */
record DecodedPicture(
    String name, BufferedImage image, Orientation orientation, Optional<String> inexact) {

  /** The colours; grey three times, alpha left out, 16 bits scaled to 8. */
  Picture picture() {
    return oriented(image.getColorModel() instanceof IndexColorModel m ? looked(m) : direct());
  }

  /** Whether each pixel is one number: a palette's index or a grey level; alpha aside. */
  boolean isIndexed() {
    return image.getColorModel() instanceof IndexColorModel || image.getRaster().getNumBands() < 3;
  }

  /** The stored numbers as classes. */
  LabelMap indices() {
    if (!isIndexed()) {
      throw new UserError(
          name
              + ": expected class indices (a grey or palette picture), found a colour picture;"
              + " give it as palette colours or store the indices");
    }
    if (inexact.isPresent()) {
      throw new UserError(
          "%s: expected class indices, found %s, which changes them; save them as PNG"
              .formatted(name, inexact.get()));
    }
    checkSamples();
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    byte[] classes = new byte[Math.multiplyExact(raster.getHeight(), width)];
    int[] line = new int[width];
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + row, width, 1, 0, line);
      for (int column = 0; column < width; column++) {
        if ((line[column] & ~0xff) != 0) {
          throw new UserError(
              "%s: expected class indices 0..254 (255 = unlabelled), found %d in row %d, column %d; renumber the classes"
                  .formatted(name, line[column], row, column));
        }
        classes[row * width + column] = (byte) line[column];
      }
    }
    PictureSize size = orientation.size(raster.getHeight(), width);
    return new LabelMap(
        size.height(), size.width(), orientation.apply(classes, raster.getHeight(), width, 1));
  }

  private Picture oriented(byte[] rgb) {
    PictureSize size = orientation.size(image.getHeight(), image.getWidth());
    return new Picture(
        size.height(),
        size.width(),
        orientation.apply(rgb, image.getHeight(), image.getWidth(), 3));
  }

  private byte[] looked(IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    byte[] rgb = new byte[Math.multiplyExact(raster.getHeight(), width * 3)];
    int[] line = new int[width];
    int at = 0;
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + row, width, 1, 0, line);
      for (int index : line) {
        // Broken files point beyond their palette; viewers show black there.
        int colour = index < colours.length ? colours[index] : 0;
        rgb[at++] = (byte) (colour >> 16);
        rgb[at++] = (byte) (colour >> 8);
        rgb[at++] = (byte) colour;
      }
    }
    return rgb;
  }

  private byte[] direct() {
    checkSamples();
    ColorModel colours = image.getColorModel();
    int space = colours.getColorSpace().getType();
    if (space == ColorSpace.TYPE_CMYK
        && !(colours.getColorSpace() instanceof ICC_ColorSpace)
        && image.getRaster().getNumBands() >= 4
        && image.getSampleModel().getSampleSize(0) == 8) {
      return ink();
    }
    if (space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_GRAY) {
      return converted();
    }
    Raster raster = image.getRaster();
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && raster.getSampleModel() instanceof ComponentSampleModel model
        && raster.getDataBuffer() instanceof DataBufferByte bytes
        && raster.getParent() == null
        && model.getScanlineStride() == raster.getWidth() * 3) {
      return reversed(bytes.getData());
    }
    int bands = raster.getNumBands();
    int width = raster.getWidth();
    byte[] rgb = new byte[Math.multiplyExact(raster.getHeight(), width * 3)];
    int[] line = new int[width];
    for (int c = 0; c < 3; c++) {
      int band = bands < 3 ? 0 : c;
      int most = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
      for (int row = 0; row < raster.getHeight(); row++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + row, width, 1, band, line);
        int at = row * width * 3 + c;
        for (int sample : line) {
          rgb[at] = (byte) (most == 255 ? sample : (sample * 255 + most / 2) / most);
          at += 3;
        }
      }
    }
    return rgb;
  }

  private static byte[] reversed(byte[] bgr) {
    byte[] rgb = new byte[bgr.length];
    for (int i = 0; i < bgr.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
    return rgb;
  }

  /** CMYK of no profile: what ink leaves of the light, as Pillow does, not as linear light. */
  private byte[] ink() {
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] rgb = new byte[Math.multiplyExact(raster.getHeight(), width * 3)];
    int[] line = new int[width * bands];
    int at = 0;
    for (int row = 0; row < raster.getHeight(); row++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + row, width, 1, line);
      for (int i = 0; i < line.length; i += bands) {
        int light = 255 - line[i + 3];
        for (int c = 0; c < 3; c++) {
          rgb[at++] = (byte) (light - (line[i + c] * light + 127) / 255);
        }
      }
    }
    return rgb;
  }

  /** CMYK and other spaces, by Java's own conversion. */
  private byte[] converted() {
    int width = image.getWidth();
    byte[] rgb = new byte[Math.multiplyExact(image.getHeight(), width * 3)];
    int[] line = new int[width];
    int at = 0;
    for (int row = 0; row < image.getHeight(); row++) {
      image.getRGB(0, row, width, 1, line, 0, width);
      for (int pixel : line) {
        rgb[at++] = (byte) (pixel >> 16);
        rgb[at++] = (byte) (pixel >> 8);
        rgb[at++] = (byte) pixel;
      }
    }
    return rgb;
  }

  private void checkSamples() {
    int type = image.getRaster().getDataBuffer().getDataType();
    int most = 0;
    for (int bits : image.getSampleModel().getSampleSize()) {
      most = Math.max(most, bits);
    }
    if (type == DataBuffer.TYPE_FLOAT
        || type == DataBuffer.TYPE_DOUBLE
        || type == DataBuffer.TYPE_SHORT
        || most > 16) {
      throw new UserError(
          name
              + ": expected samples of 1 to 16 bits without sign, found "
              + most
              + "-bit or signed or floating ones; save it with 8 bits a channel");
    }
  }
}
