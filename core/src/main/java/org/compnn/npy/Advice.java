package org.compnn.npy;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/** What the operating system may be told about mapped files; elsewhere nothing is said. */
final class Advice {
  /** MADV_RANDOM of Linux and macOS. */
  private static final int RANDOM = 1;

  private static final Optional<MethodHandle> MADVISE = madvise();

  private Advice() {}

  /**
   * Tells that numbers will be wanted here and there, so that a page that is missing is read alone
   * and not with megabytes around it.
   *
   * @param start of a mapped file, {@code bytes} long
   */
  static void random(MemorySegment start, long bytes) {
    if (MADVISE.isPresent()) {
      try {
        // Advice that is not taken costs time alone.
        int _ = (int) MADVISE.get().invokeExact(start, bytes, RANDOM);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @SuppressWarnings("restricted") // Nothing is written, and the signature is that of the system.
  private static Optional<MethodHandle> madvise() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (!system.contains("linux") && !system.contains("mac")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("madvise")
        .map(
            function ->
                linker.downcallHandle(
                    function,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT)));
  }
}
