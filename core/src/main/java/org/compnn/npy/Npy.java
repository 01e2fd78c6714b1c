package org.compnn.npy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.compnn.problem.UserError;

/** Writes and reads whole NPY arrays; {@link NpyArray} maps them. */
public final class Npy {
  private static final int BLOCK = 1 << 16;

  private Npy() {}

  /**
   * Writes float32 numbers.
   *
   * @param shape the axes, outermost first; their product is the number of values
   * @throws UserError if the file cannot be written
   */
  public static void write(Path file, int[] shape, float[] values) {
    write(
        file,
        header(NpyType.FLOAT32, shape, values.length),
        (block, from) ->
            block.asFloatBuffer().put(values, from, Math.min(BLOCK, values.length - from)));
  }

  /**
   * Writes int32 numbers.
   *
   * @param shape the axes, outermost first; their product is the number of values
   * @throws UserError if the file cannot be written
   */
  public static void write(Path file, int[] shape, int[] values) {
    write(
        file,
        header(NpyType.INT32, shape, values.length),
        (block, from) ->
            block.asIntBuffer().put(values, from, Math.min(BLOCK, values.length - from)));
  }

  /**
   * Reads a float32 array, whatever its shape.
   *
   * @throws UserError if the file is no whole NPY file of that type
   */
  public static float[] floats(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      return NpyArray.map(file, arena).floats();
    }
  }

  /**
   * Reads an int32 array, whatever its shape.
   *
   * @throws UserError if the file is no whole NPY file of that type
   */
  public static int[] ints(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      return NpyArray.map(file, arena).ints();
    }
  }

  private static NpyHeader header(NpyType type, int[] shape, int values) {
    NpyHeader header = NpyHeader.of(type, Arrays.stream(shape).asLongStream().toArray());
    if (header.count() != values) {
      throw new IllegalArgumentException(
          "shape " + header.shape() + " cannot have " + values + " numbers");
    }
    return header;
  }

  private static void write(Path file, NpyHeader header, BiConsumer<ByteBuffer, Integer> fill) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      drain(channel, ByteBuffer.wrap(header.bytes()));
      int count = (int) header.count();
      int width = header.type().bytes();
      ByteBuffer block =
          ByteBuffer.allocateDirect(Math.min(BLOCK, count) * width).order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < count; from += BLOCK) {
        block.clear();
        fill.accept(block, from);
        drain(channel, block.limit(Math.min(BLOCK, count - from) * width));
      }
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be written (" + e + "); is the disk full or the folder read-only?", e);
    }
  }

  private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
