package org.compnn.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.compnn.problem.UserError;

/**
 * A file of the <a href="https://netpbm.sourceforge.net/doc/pfm.html">portable float map</a> kind:
 * {@code Pf} or {@code PF}, columns, rows, a scale whose sign says the order of bytes, then floats
 * from the last row to the first.
 */
final class PortableFloats {
  /**
   * @param channels 1 or 3
   * @param offset of the first float
   */
  private record Head(int channels, int width, int height, ByteOrder order, int offset) {}

  private PortableFloats() {}

  static PictureSize size(byte[] file, String name) {
    Head head = head(file, name);
    return new PictureSize(head.height(), head.width());
  }

  static ValueMap read(byte[] file, String name) {
    Head head = head(file, name);
    float[] values = ValueFile.room(name, head.height(), head.width(), head.channels());
    if (file.length - head.offset() < (long) values.length * Float.BYTES) {
      throw new UserError(
          "%s: expected %d floats of 4 bytes, found a file that ends too early; replace it or leave it out"
              .formatted(name, values.length));
    }
    ByteBuffer floats =
        ByteBuffer.wrap(file, head.offset(), file.length - head.offset()).order(head.order());
    int line = head.width() * head.channels();
    for (int row = head.height() - 1; row >= 0; row--) {
      for (int i = 0; i < line; i++) {
        values[row * line + i] = floats.getFloat();
      }
    }
    return new ValueMap(head.height(), head.width(), head.channels(), values);
  }

  private static Head head(byte[] file, String name) {
    int[] at = {0};
    String kind = word(file, at);
    try {
      int width = Integer.parseInt(word(file, at));
      int height = Integer.parseInt(word(file, at));
      double scale = Double.parseDouble(word(file, at));
      return new Head(
          kind.equals("PF") ? 3 : 1,
          width,
          height,
          scale < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
          at[0]);
    } catch (NumberFormatException e) {
      throw ValueFile.broken(name, "a PFM file with a broken head", e);
    }
  }

  /** The next word, and one blank after it. */
  private static String word(byte[] file, int[] at) {
    int from = at[0];
    int to = from;
    while (to < file.length && !Character.isWhitespace(file[to])) {
      to++;
    }
    at[0] = Math.min(to + 1, file.length);
    return new String(file, from, to - from, StandardCharsets.US_ASCII);
  }
}
