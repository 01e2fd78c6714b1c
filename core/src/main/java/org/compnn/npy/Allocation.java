package org.compnn.npy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes room on the disk before a file is mapped. A mapped file that only has its length gets room
 * page by page when it is written to, and where the disk is full by then the process gets a fault
 * and no error.
 */
final class Allocation {
  /** O_RDWR of Linux. */
  private static final int READ_WRITE = 2;

  private static final int NO_SPACE = 28;
  private static final int TOO_LARGE = 27;
  private static final int QUOTA = 122;
  private static final int BLOCK = 1 << 20;

  private static final Optional<Calls> CALLS = calls();

  private Allocation() {}

  private record Calls(MethodHandle open, MethodHandle allocate, MethodHandle close) {}

  /**
   * Takes room for a file, whose content stays.
   *
   * @param channel the file, open to be written
   * @param bytes how long it is to be; nothing lies beyond its present length
   * @throws IOException if there is no room
   */
  static void take(Path file, FileChannel channel, long bytes) throws IOException {
    if (!byTheSystem(file, bytes)) {
      write(channel, bytes);
    }
  }

  /**
   * The same for a file that has its length already; where the system cannot do it, nothing is
   * done.
   */
  static void take(Path file, long bytes) throws IOException {
    byTheSystem(file, bytes);
  }

  private static boolean byTheSystem(Path file, long bytes) throws IOException {
    if (CALLS.isEmpty()) {
      return false;
    }
    int error;
    try (Arena arena = Arena.ofConfined()) {
      Calls calls = CALLS.get();
      MemorySegment name = arena.allocateFrom(file.toAbsolutePath().toString());
      int descriptor = (int) calls.open().invokeExact(name, READ_WRITE);
      if (descriptor < 0) {
        return false;
      }
      error = (int) calls.allocate().invokeExact(descriptor, 0L, bytes);
      int _ = (int) calls.close().invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    // The words are those that Java gives when a write fails.
    return switch (error) {
      case NO_SPACE -> throw new IOException("No space left on device");
      case TOO_LARGE -> throw new IOException("File too large");
      case QUOTA -> throw new IOException("Disk quota exceeded");
      default -> error == 0;
    };
  }

  private static void write(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
    for (long at = channel.size(); at < bytes; ) {
      zeros.clear().limit((int) Math.min(BLOCK, bytes - at));
      at += channel.write(zeros, at);
    }
  }

  @SuppressWarnings("restricted") // The signatures are those of the system.
  private static Optional<Calls> calls() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> open = linker.defaultLookup().find("open");
    Optional<MemorySegment> allocate = linker.defaultLookup().find("posix_fallocate");
    Optional<MemorySegment> close = linker.defaultLookup().find("close");
    if (open.isEmpty() || allocate.isEmpty() || close.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Calls(
            linker.downcallHandle(
                open.get(),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2)),
            linker.downcallHandle(
                allocate.get(),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG)),
            linker.downcallHandle(
                close.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))));
  }
}
