package org.compnn.npy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * An NPY file mapped into memory, read-only; it may be longer than 2 GB. It lives as long as the
 * arena that it was mapped in.
 *
 * @param file where it lies
 * @param header its type and shape
 * @param numbers the numbers alone, without the header, little-endian, in C order
 */
public record NpyArray(Path file, NpyHeader header, MemorySegment numbers) {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Maps a file.
   *
   * @throws UserError as {@link NpyHeader#read} does
   */
  public static NpyArray map(Path file, Arena arena) {
    NpyHeader header = NpyHeader.read(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = header.fileBytes() - header.offset();
      return new NpyArray(
          file, header, channel.map(MapMode.READ_ONLY, header.offset(), bytes, arena));
    } catch (IOException e) {
      throw new UserError(file + ": cannot be mapped into memory (" + e + ")", e);
    }
  }

  /**
   * Maps a file whose numbers will be wanted here and there, and that is too large to stay in
   * memory: the operating system is told to read only what is wanted.
   *
   * @throws UserError as {@link #map} does
   */
  public static NpyArray mapScattered(Path file, Arena arena) {
    NpyHeader header = NpyHeader.read(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      // From the file's start, where a page begins.
      MemorySegment whole = channel.map(MapMode.READ_ONLY, 0, header.fileBytes(), arena);
      Advice.random(whole, header.fileBytes());
      return new NpyArray(file, header, whole.asSlice(header.offset()));
    } catch (IOException e) {
      throw new UserError(file + ": cannot be mapped into memory (" + e + ")", e);
    }
  }

  /**
   * Maps a file to be written again.
   *
   * @throws UserError as {@link #map} does
   */
  public static NpyArray reopen(Path file, Arena arena) {
    NpyHeader header = NpyHeader.read(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Allocation.take(file, header.fileBytes());
      long bytes = header.fileBytes() - header.offset();
      return new NpyArray(
          file, header, channel.map(MapMode.READ_WRITE, header.offset(), bytes, arena));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static UserError unwritable(Path file, IOException e) {
    return UserError.about(
        Knob.INDEX,
        "%s: cannot be written (%s); free disk space, then index again to resume"
            .formatted(file, e.getMessage()),
        e);
  }

  /**
   * Makes a file of zeros, takes room for it on the disk and maps it to be written; it is on the
   * disk for certain only after the segment's {@code force}.
   *
   * @throws UserError if the file cannot be made
   */
  public static NpyArray create(Path file, NpyType type, Arena arena, long... shape) {
    NpyHeader header = NpyHeader.of(type, shape);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer head = ByteBuffer.wrap(header.bytes());
      while (head.hasRemaining()) {
        channel.write(head);
      }
      Allocation.take(file, channel, header.fileBytes());
      long bytes = header.fileBytes() - header.offset();
      return new NpyArray(
          file, header, channel.map(MapMode.READ_WRITE, header.offset(), bytes, arena));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * This array, if it has that type and shape.
   *
   * @throws UserError if it has another
   */
  public NpyArray expect(NpyType type, long... shape) {
    List<Long> axes = Arrays.stream(shape).boxed().toList();
    if (header.type() != type || !header.shape().equals(axes)) {
      throw new UserError(
          "%s: expected %s of shape %s, found %s of shape %s; make the file again"
              .formatted(file, type.code(), axes, header.type().code(), header.shape()));
    }
    return this;
  }

  /**
   * All numbers of an array of {@link NpyType#FLOAT32}.
   *
   * @throws UserError if it is of another type or has more numbers than a Java array
   */
  public float[] floats() {
    return copyable(NpyType.FLOAT32).toArray(FLOAT);
  }

  /**
   * All numbers of an array of {@link NpyType#INT32}.
   *
   * @throws UserError if it is of another type or has more numbers than a Java array
   */
  public int[] ints() {
    return copyable(NpyType.INT32).toArray(INT);
  }

  private MemorySegment copyable(NpyType type) {
    if (header.type() != type || header.count() > Integer.MAX_VALUE - 8) {
      throw new UserError(
          "%s: expected at most %d numbers of type %s, found %d of type %s"
              .formatted(
                  file, Integer.MAX_VALUE - 8, type.code(), header.count(), header.type().code()));
    }
    return numbers;
  }
}
