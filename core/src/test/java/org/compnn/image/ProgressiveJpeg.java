package org.compnn.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files in several scans. */
public final class ProgressiveJpeg {
  private ProgressiveJpeg() {}

  /** A black picture with further scans without a coefficient: ten bytes each, over all pixels. */
  public static byte[] ofEmptyScans(int height, int width, int scans) throws IOException {
    byte[] whole = of(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(whole, 0, whole.length - 2);
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 1, 1, 0};
    for (int i = 0; i < scans; i++) {
      file.write(scan);
    }
    file.write(whole, whole.length - 2, 2);
    return file.toByteArray();
  }

  /** A picture as encoders write it. */
  public static byte[] of(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
