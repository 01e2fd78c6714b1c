package org.compnn.npy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.compnn.problem.UserError;

/**
 * What stands at the head of an NPY file, after NumPy's <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>.
 * Versions 1, 2 and 3 are read, version 1 is written; numbers lie in C order.
 *
 * @param type type of the numbers
 * @param shape the array's axes, outermost first; empty for a single number
 * @param offset bytes before the first number, a multiple of 64 in files that we write
 */
public record NpyHeader(NpyType type, List<Long> shape, int offset) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  /** Room for every header of ours; a header that asks for more is no array of this library's. */
  private static final int LONGEST = 1 << 16;

  private static final Pattern DESCR =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9,\\sL]*)\\)");

  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /** The header that {@link #bytes} writes for an array. */
  public static NpyHeader of(NpyType type, long... shape) {
    NpyHeader unplaced = new NpyHeader(type, Arrays.stream(shape).boxed().toList(), 0);
    return new NpyHeader(type, unplaced.shape, unplaced.bytes().length);
  }

  /** How many numbers the array has. */
  public long count() {
    long count = 1;
    for (long axis : shape) {
      count = Math.multiplyExact(count, axis);
    }
    return count;
  }

  /** How long the whole file is. */
  public long fileBytes() {
    return Math.addExact(offset, Math.multiplyExact(count(), type.bytes()));
  }

  /** The header as it stands in a file, padded with blanks so that the numbers start aligned. */
  public byte[] bytes() {
    return bytes(0);
  }

  /** The same, at least so long; for a header that is to replace another one. */
  public byte[] bytes(int atLeast) {
    String axes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String dictionary =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(type.code(), axes, shape.size() == 1 ? "," : "");
    int prefix = MAGIC.length + 4;
    int length =
        Math.ceilDiv(Math.max(prefix + dictionary.length() + 1, atLeast), ALIGNMENT) * ALIGNMENT;
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
    bytes[6] = 1;
    bytes[7] = 0;
    bytes[8] = (byte) (length - prefix);
    bytes[9] = (byte) ((length - prefix) >> 8);
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, bytes, prefix, text.length);
    bytes[length - 1] = '\n';
    return bytes;
  }

  /**
   * Reads the header of a file and checks that the file is as long as it says.
   *
   * @throws UserError if the file cannot be read, is no NPY file, holds a type or an order that is
   *     not supported, or is too short or too long
   */
  public static NpyHeader read(Path file) {
    NpyHeader header;
    long found;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      header = parse(file, in);
      found = Files.size(file);
    } catch (EOFException e) {
      throw new UserError(
          file + ": expected an NPY file, found one that ends within its header; make it again", e);
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": expected an NPY file, found no such file", e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + e + ")", e);
    }
    long expected;
    try {
      expected = header.fileBytes();
    } catch (ArithmeticException e) {
      throw new UserError(
          file + ": expected an array that fits in a file, found shape " + header.shape, e);
    }
    if (expected != found) {
      throw new UserError(
          "%s: expected %d bytes for %s of shape %s, found %d; make or copy the file again"
              .formatted(file, expected, header.type.code(), header.shape, found));
    }
    return header;
  }

  private static NpyHeader parse(Path file, DataInputStream in) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new UserError(file + ": expected an NPY file, found something else");
    }
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    if (version < 1 || version > 3) {
      throw new UserError(file + ": expected NPY version 1, 2 or 3, found " + version);
    }
    int length =
        version == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.reverseBytes(in.readInt());
    if (length < 0 || length > LONGEST) {
      throw new UserError(
          "%s: expected a header of at most %d bytes, found %d"
              .formatted(file, LONGEST, Integer.toUnsignedLong(length)));
    }
    byte[] text = new byte[length];
    in.readFully(text);
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String dictionary = new String(text, charset);
    String descr = match(DESCR, dictionary, file);
    NpyType type =
        NpyType.of(descr)
            .orElseThrow(
                () ->
                    new UserError(
                        "%s: expected numbers of type %s, found %s; convert it with NumPy's astype"
                            .formatted(file, NpyType.codes(), descr)));
    if (match(ORDER, dictionary, file).equals("True")) {
      throw new UserError(
          file
              + ": expected C order, found Fortran order; save it again as"
              + " numpy.ascontiguousarray");
    }
    int prefix = MAGIC.length + (version == 1 ? 4 : 6);
    return new NpyHeader(type, axes(match(SHAPE, dictionary, file), file), prefix + length);
  }

  private static String match(Pattern pattern, String dictionary, Path file) {
    Matcher matcher = pattern.matcher(dictionary);
    if (!matcher.find()) {
      throw new UserError(
          file
              + ": expected a header with descr, fortran_order and shape, found "
              + dictionary.strip());
    }
    return matcher.group(1);
  }

  private static List<Long> axes(String shape, Path file) {
    List<Long> axes = new ArrayList<>();
    for (String axis : shape.split(",", -1)) {
      // Python 2 wrote long numbers with an L.
      String digits = axis.strip().replace("L", "");
      if (!digits.isEmpty()) {
        try {
          axes.add(Long.parseLong(digits));
        } catch (NumberFormatException e) {
          throw new UserError(file + ": expected a shape, found (" + shape + ")", e);
        }
      }
    }
    return axes;
  }
}
