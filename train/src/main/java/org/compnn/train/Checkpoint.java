package org.compnn.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.compnn.files.WholeFile;
import org.compnn.problem.UserError;
import org.compnn.train.Parameters.Tensor;

/**
 * A training under way: a ZIP of NPY arrays that {@code numpy.load} opens, and a note in JSON.
 *
 * @param note what the training is and how far it has come
 * @param tensors all numbers by name
 */
record Checkpoint(String note, Map<String, Tensor> tensors) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final String NOTE = "note.json";

  Checkpoint {
    tensors = Map.copyOf(tensors);
  }

  /** Writes it whole or not at all. */
  void write(Path file) throws IOException {
    WholeFile.stream(file, this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      zip.putNextEntry(new ZipEntry(NOTE));
      zip.write(note.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, Tensor> tensor : new TreeMap<>(tensors).entrySet()) {
        zip.putNextEntry(new ZipEntry(tensor.getKey() + ".npy"));
        zip.write(npy(tensor.getValue()));
      }
    }
  }

  /**
   * Reads one.
   *
   * @throws UserError if it is no whole checkpoint
   */
  static Checkpoint read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String note = "";
      Map<String, Tensor> tensors = new TreeMap<>();
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] bytes = in.readAllBytes();
          if (entry.getName().equals(NOTE)) {
            note = new String(bytes, StandardCharsets.UTF_8);
          } else {
            tensors.put(entry.getName().replaceFirst("\\.npy$", ""), tensor(bytes));
          }
        }
      }
      return new Checkpoint(note, tensors);
    } catch (ZipException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UserError(
          file + ": expected a checkpoint, found something else; delete it to start over", e);
    }
  }

  private static byte[] npy(Tensor tensor) {
    String axes =
        Arrays.stream(tensor.shape()).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(axes);
    int unpadded = MAGIC.length + 2 + dictionary.length() + 1;
    String header = dictionary + " ".repeat(Math.floorMod(-unpadded, 64)) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(
                MAGIC.length + 2 + header.length() + tensor.values().length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.ISO_8859_1));
    bytes.asFloatBuffer().put(tensor.values());
    return bytes.array();
  }

  private static Tensor tensor(byte[] npy) {
    ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    if (!Arrays.equals(npy, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalArgumentException("not an NPY array");
    }
    int length = bytes.getShort(MAGIC.length) & 0xffff;
    int from = MAGIC.length + 2;
    String header = new String(npy, from, length, StandardCharsets.ISO_8859_1);
    String axes = header.substring(header.indexOf('(') + 1, header.indexOf(')'));
    long[] shape =
        Arrays.stream(axes.split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();
    float[] values = new float[(npy.length - from - length) / Float.BYTES];
    bytes
        .position(from + length)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new Tensor(shape, values);
  }
}
