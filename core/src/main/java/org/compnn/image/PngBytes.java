package org.compnn.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * PNG files (W3C, third edition) of pictures and of indices with a palette. Rows of indices are
 * stored as they are; a picture's either so or as differences to the mean of the pixels to the left
 * and above, whichever the fast deflate level makes smaller: pictures put together of patches are
 * smaller as they are.
 */
final class PngBytes {
  /** Colours that a palette has room for. */
  private static final int MOST_COLOURS = 256;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int INDEXED = 3;
  private static final byte NONE = 0;
  private static final byte AVERAGE = 3;

  /** Indices repeat so much that searching longer for it costs little. */
  private static final int THOROUGH = 6;

  private PngBytes() {}

  /** A picture, three bytes a pixel. */
  static byte[] rgb(Picture picture) {
    int stride = 3 * picture.width();
    byte[] plain = deflated(plain(picture.rgb(), stride), Deflater.BEST_SPEED);
    byte[] differences = deflated(averaged(picture.rgb(), stride), Deflater.BEST_SPEED);
    return file(
        picture.height(),
        picture.width(),
        8,
        RGB,
        new byte[0],
        differences.length < plain.length ? differences : plain);
  }

  /**
   * Indices, a byte a pixel.
   *
   * @param palette red, green and blue of all 256 indices
   */
  static byte[] indexed(int height, int width, byte[] indices, byte[] palette) {
    return file(height, width, 8, INDEXED, palette, deflated(plain(indices, width), THOROUGH));
  }

  /** Grey levels, a byte a pixel. */
  static byte[] grey(int height, int width, byte[] levels) {
    return file(
        height, width, 8, GREY, new byte[0], deflated(plain(levels, width), Deflater.BEST_SPEED));
  }

  /**
   * A picture of at most 256 colours, with a palette of its own and as few bits a pixel as that
   * takes.
   *
   * @return empty for one of more colours
   */
  static Optional<byte[]> fewColours(Picture picture) {
    byte[] rgb = picture.rgb();
    byte[] indices = new byte[rgb.length / 3];
    byte[] palette = new byte[3 * MOST_COLOURS];
    Map<Integer, Integer> known = new HashMap<>();
    int last = -1;
    int index = 0;
    for (int i = 0; i < indices.length; i++) {
      int colour = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | (rgb[3 * i + 2] & 255);
      if (colour != last) {
        last = colour;
        index = known.computeIfAbsent(colour, _ -> known.size());
        if (index == MOST_COLOURS) {
          return Optional.empty();
        }
        System.arraycopy(rgb, 3 * i, palette, 3 * index, 3);
      }
      indices[i] = (byte) index;
    }
    return Optional.of(packed(picture.height(), picture.width(), indices, palette, known.size()));
  }

  /**
   * Indices of which few are used, renumbered, with as few bits a pixel as that takes.
   *
   * @param palette red, green and blue of all 256 indices
   */
  static byte[] small(int height, int width, byte[] indices, byte[] palette) {
    int[] renumbered = new int[MOST_COLOURS];
    byte[] own = new byte[palette.length];
    byte[] numbers = new byte[indices.length];
    int colours = 0;
    for (int from = 0; from < indices.length; from += width) {
      colours = renumber(indices, from, from + width, palette, renumbered, own, numbers, colours);
    }
    return packed(height, width, numbers, own, colours);
  }

  /** Renumbers a row; returns how many colours there are now. */
  private static int renumber(
      byte[] indices,
      int from,
      int to,
      byte[] palette,
      int[] renumbered,
      byte[] own,
      byte[] numbers,
      int before) {
    int colours = before;
    for (int i = from; i < to; i++) {
      int index = indices[i] & 255;
      if (renumbered[index] == 0) {
        System.arraycopy(palette, 3 * index, own, 3 * colours, 3);
        renumbered[index] = ++colours;
      }
      numbers[i] = (byte) (renumbered[index] - 1);
    }
    return colours;
  }

  private static byte[] packed(int height, int width, byte[] indices, byte[] palette, int colours) {
    int bits = colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
    int stride = Math.ceilDiv(width * bits, 8);
    byte[] rows = new byte[height * stride];
    for (int y = 0; y < height; y++) {
      pack(indices, y * width, width, bits, rows, y * stride);
    }
    byte[] used = Arrays.copyOf(palette, 3 * Math.max(1, colours));
    return file(height, width, bits, INDEXED, used, deflated(plain(rows, stride), THOROUGH));
  }

  private static void pack(byte[] indices, int from, int width, int bits, byte[] rows, int at) {
    for (int x = 0; x < width; x++) {
      int shift = 8 - bits - x * bits % 8;
      rows[at + x * bits / 8] |= (byte) (indices[from + x] << shift);
    }
  }

  /** Rows as they are, each after its filter's number. */
  private static byte[] plain(byte[] rows, int stride) {
    byte[] filtered = new byte[rows.length + rows.length / stride];
    for (int from = 0, to = 0; from < rows.length; from += stride, to += stride + 1) {
      filtered[to] = NONE;
      System.arraycopy(rows, from, filtered, to + 1, stride);
    }
    return filtered;
  }

  private static byte[] averaged(byte[] rows, int stride) {
    byte[] filtered = new byte[rows.length + rows.length / stride];
    for (int from = 0, to = 0; from < rows.length; from += stride, to += stride + 1) {
      filtered[to] = AVERAGE;
      row(rows, from, stride, filtered, to + 1);
    }
    return filtered;
  }

  private static void row(byte[] rows, int from, int stride, byte[] filtered, int to) {
    for (int i = 0; i < stride; i++) {
      int left = i < 3 ? 0 : rows[from + i - 3] & 255;
      int above = from == 0 ? 0 : rows[from + i - stride] & 255;
      filtered[to + i] = (byte) (rows[from + i] - (left + above) / 2);
    }
  }

  private static byte[] deflated(byte[] bytes, int level) {
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] out = new byte[bytes.length / 2 + 1024];
      int length = 0;
      while (!deflater.finished()) {
        if (length == out.length) {
          out = Arrays.copyOf(out, 2 * length);
        }
        length += deflater.deflate(out, length, out.length - length);
      }
      return Arrays.copyOf(out, length);
    } finally {
      deflater.end();
    }
  }

  private static byte[] file(
      int height, int width, int bits, int colours, byte[] palette, byte[] pixels) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(pixels.length + palette.length + 64);
    file.writeBytes(SIGNATURE);
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(file, "IHDR", head.put((byte) bits).put((byte) colours).array());
    if (colours == INDEXED) {
      chunk(file, "PLTE", palette);
    }
    chunk(file, "IDAT", pixels);
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(name);
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
