package org.compnn.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.compnn.npy.NpyHeader;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;

/**
 * Files of numbers at every pixel, told apart by how they begin.
 *
 * <ul>
 *   <li>NPY of shape (rows, columns) or (rows, columns, channels), floats or whole numbers;
 *   <li><a href="https://netpbm.sourceforge.net/doc/pfm.html">PFM</a> of one or three channels;
 *   <li>PNG, and every other picture that stores plain samples: of 8 or 16 bits;
 *   <li>TIFF also of 32-bit floats; the bands of several pages of one size are channels one after
 *       the other.
 * </ul>
 *
 * <p>Numbers are given as they are stored, unscaled; a palette's indices are numbers too. Every
 * method throws {@link UserError} for a file that is missing, broken or none of these, or of over
 * 100 million pixels.
 */
public final class ValueFile {
  /** More numbers than that would not fit into an array of their bytes. */
  private static final long MOST_VALUES = 1L << 28;

  private static final String KINDS =
      "numbers at every pixel (NPY, PFM, or PNG or TIFF of plain samples)";

  private ValueFile() {}

  /** Reads all numbers. */
  public static ValueMap read(Path file) {
    return switch (kind(file)) {
      case NPY -> NpyValues.read(file);
      case PFM -> PortableFloats.read(bytes(file), file.toString());
      case PICTURE -> readPicture(bytes(file), file.toString());
    };
  }

  /**
   * Reads the numbers that a PNG or TIFF file stores.
   *
   * @param name what messages call it
   */
  public static ValueMap readPicture(byte[] file, String name) {
    return StoredSamples.read(
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), name);
  }

  /** Rows and columns, from the head of the file. */
  public static PictureSize size(Path file) {
    return switch (kind(file)) {
      case NPY -> NpyValues.size(file);
      case PFM -> PortableFloats.size(bytes(file), file.toString());
      case PICTURE -> PictureFile.size(file);
    };
  }

  /**
   * Whether a file of that name can hold numbers only, so that it is no picture: {@code .npy},
   * {@code .pfm}.
   */
  public static boolean isNamedValues(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".npy") || name.endsWith(".pfm");
  }

  /**
   * An NPY file of float32 numbers of shape (rows, columns), with a third axis where there are
   * several channels.
   */
  public static byte[] npy(ValueMap map) {
    NpyHeader header =
        map.channels() == 1
            ? NpyHeader.of(NpyType.FLOAT32, map.height(), map.width())
            : NpyHeader.of(NpyType.FLOAT32, map.height(), map.width(), map.channels());
    byte[] head = header.bytes();
    byte[] numbers = map.littleEndian();
    byte[] file = new byte[Math.addExact(head.length, numbers.length)];
    System.arraycopy(head, 0, file, 0, head.length);
    System.arraycopy(numbers, 0, file, head.length, numbers.length);
    return file;
  }

  /**
   * A place for that many numbers.
   *
   * @throws UserError if they are too many
   */
  static float[] room(String name, long height, long width, long channels) {
    check(name, height, width, channels);
    return new float[Math.toIntExact(height * width * channels)];
  }

  /** Refuses more numbers than can be held. */
  static void check(String name, long height, long width, long channels) {
    if (height < 1 || width < 1 || channels < 1) {
      throw new UserError(
          "%s: expected %s, found %d x %d x %d of them; replace it or leave it out"
              .formatted(name, KINDS, height, width, channels));
    }
    if (height > Integer.MAX_VALUE
        || width > Integer.MAX_VALUE
        || height * width > PictureDecoder.MOST_PIXELS
        || channels > MOST_VALUES / (height * width)) {
      throw new UserError(
          "%s: expected at most %d million pixels and %d million numbers, found %d x %d x %d; scale it down"
              .formatted(
                  name,
                  PictureDecoder.MOST_PIXELS / 1_000_000,
                  MOST_VALUES / 1_000_000,
                  height,
                  width,
                  channels));
    }
  }

  static UserError broken(String name, String found, Exception cause) {
    return new UserError(
        "%s: expected %s, found %s; replace it or leave it out".formatted(name, KINDS, found),
        cause);
  }

  private enum Kind {
    NPY,
    PFM,
    PICTURE
  }

  private static Kind kind(Path file) {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new UserError(
          "%s: expected %s, found %s; check the path"
              .formatted(file, KINDS, Files.exists(file) ? "a folder" : "no such file"));
    }
    byte[] head = new byte[6];
    try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
      int length = in.read(head);
      if (length >= 6 && head[0] == (byte) 0x93 && head[1] == 'N') {
        return Kind.NPY;
      }
      boolean floats = length >= 3 && head[0] == 'P' && (head[1] == 'f' || head[1] == 'F');
      return floats && Character.isWhitespace(head[2]) ? Kind.PFM : Kind.PICTURE;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > MOST_VALUES * Float.BYTES) {
        throw new UserError(
            "%s: expected at most %d million numbers; scale it down"
                .formatted(file, MOST_VALUES / 1_000_000));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UserError unreadable(Path file, IOException e) {
    String why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    return new UserError(
        "%s: expected %s, but it cannot be read (%s); check its permissions"
            .formatted(file, KINDS, why),
        e);
  }
}
