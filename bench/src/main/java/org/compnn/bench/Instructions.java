package org.compnn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.compnn.files.Resource;

/**
 * Which of the processor's vector instructions a contender was compiled for. A peer compiled
 * without those that the machine has is not at its full strength, and is never called the best.
 */
public final class Instructions {
  /** What runs in a JVM has the instructions that the JVM chooses for this machine. */
  public static final String JVM = "the JVM's";

  private static final int NONE = 0;
  private static final int AVX2 = 1;
  private static final int AVX512 = 2;

  private Instructions() {}

  /**
   * Whether a library runs with the widest vectors that this machine has.
   *
   * @param instructions as the library names them, such as {@code AVX512_SPR}; empty if unknown
   */
  public static boolean atFullStrength(String instructions) {
    return atFullStrength(instructions, flags());
  }

  /**
   * Whether a library runs with the widest vectors there are.
   *
   * @param flags of the processor, as Linux lists them; empty where there is no such list
   */
  static boolean atFullStrength(String instructions, String flags) {
    if (instructions.equals(JVM)) {
      return true;
    }
    String known = instructions.toUpperCase(Locale.ROOT);
    if (known.isEmpty() || known.equals("NONE") || known.contains("GENERIC")) {
      return false;
    }
    return width(known) >= widest(flags);
  }

  /** Puts the module that asks FAISS for its instructions into a folder, beside its script. */
  public static void writeScript(Path folder) throws IOException {
    Files.write(
        folder.resolve("faiss_build.py"), Resource.bytes(Instructions.class, "faiss_build.py"));
  }

  private static int width(String known) {
    return known.contains("AVX512") ? AVX512 : known.contains("AVX2") ? AVX2 : NONE;
  }

  private static int widest(String flags) {
    var all = Arrays.asList(flags.split("\\s+"));
    return all.contains("avx512f") ? AVX512 : all.contains("avx2") ? AVX2 : NONE;
  }

  private static String flags() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
