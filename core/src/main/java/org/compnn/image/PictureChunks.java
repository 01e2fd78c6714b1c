package org.compnn.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/** Named blocks within PNG and WebP files; what is not there is empty. */
final class PictureChunks {
  /** No block of metadata that we read is larger. */
  private static final long MOST_BYTES = 1 << 20;

  private static final int NAME = 4;

  private PictureChunks() {}

  /** A chunk of a PNG file. */
  static byte[] ofPng(ImageInputStream file, String name) throws IOException {
    return find(file, name, ByteOrder.BIG_ENDIAN, 8);
  }

  /** A chunk of a RIFF file, such as WebP. */
  static byte[] ofRiff(ImageInputStream file, String name) throws IOException {
    return find(file, name, ByteOrder.LITTLE_ENDIAN, 12);
  }

  private static byte[] find(ImageInputStream file, String name, ByteOrder order, long first)
      throws IOException {
    ByteOrder before = file.getByteOrder();
    file.setByteOrder(order);
    try {
      long at = first;
      while (true) {
        file.seek(at);
        boolean png = order == ByteOrder.BIG_ENDIAN;
        long length = png ? file.readUnsignedInt() : 0;
        byte[] type = new byte[NAME];
        int read = file.read(type);
        if (read < NAME) {
          return new byte[0];
        }
        length = png ? length : file.readUnsignedInt();
        if (name.equals(new String(type, StandardCharsets.ISO_8859_1))) {
          byte[] content = new byte[(int) Math.min(length, MOST_BYTES)];
          file.readFully(content);
          return content;
        }
        // A PNG chunk ends with a check sum, a RIFF chunk at an even place.
        at += 2L * NAME + length + (png ? NAME : length & 1);
      }
    } catch (EOFException e) {
      return new byte[0];
    } finally {
      file.setByteOrder(before);
    }
  }
}
