package org.compnn.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/**
 * A raster as the bytes of a picture file.
 *
 * @param type the media type
 * @param bytes the file
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record Encoded(String type, byte[] bytes) {
  private static final String PNG = "image/png";
  private static final String JPEG = "image/jpeg";

  /** Without loss; label maps in their palette's colours, one byte a pixel. */
  static Encoded png(Raster raster, Palette palette) {
    BufferedImage image =
        switch (raster) {
          case Picture picture -> image(picture);
          case LabelMap labels -> indexed(labels, palette);
        };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Encoded(PNG, bytes.toByteArray());
  }

  /**
   * With loss.
   *
   * @param quality 0..1
   */
  static Encoded jpeg(Picture picture, double quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality((float) quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image(picture), null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return new Encoded(JPEG, bytes.toByteArray());
  }

  /** The file as an address that needs no network. */
  String address() {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(x, y, picture.pixel(y, x));
      }
    }
    return image;
  }

  private static BufferedImage indexed(LabelMap labels, Palette palette) {
    int[] colours = new int[256];
    for (int i = 0; i < 256; i++) {
      colours[i] = palette.colour(i);
    }
    IndexColorModel model =
        new IndexColorModel(8, 256, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(
            labels.width(), labels.height(), BufferedImage.TYPE_BYTE_INDEXED, model);
    image.getRaster().setDataElements(0, 0, labels.width(), labels.height(), labels.classes());
    return image;
  }
}
