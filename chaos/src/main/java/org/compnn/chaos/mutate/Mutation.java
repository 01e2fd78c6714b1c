package org.compnn.chaos.mutate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;

/** One mutated input, from a seed or from a fuzzer's bytes. */
public final class Mutation {
  private static final int RECIPE = 96;

  private Mutation() {}

  /** The bytes that a seed stands for. */
  public static byte[] recipe(long seed) {
    byte[] recipe = new byte[RECIPE];
    new Random(seed * 0x9e3779b97f4a7c15L).nextBytes(recipe);
    return recipe;
  }

  /**
   * Writes the input that a recipe stands for, and reads it as the program does.
   *
   * @param folder made for it; holds the input afterwards
   * @throws RuntimeException or an error, if the program does anything but take or refuse it
   */
  public static void run(Format format, byte[] recipe, Path folder) throws IOException {
    write(format, recipe, folder);
    try {
      format.read(folder);
    } catch (UserError | NotEnoughMemory e) {
      requireOneLine(e);
    }
  }

  /**
   * Writes the input that a recipe stands for.
   *
   * @param folder made for it, and emptied before
   */
  public static void write(Format format, byte[] recipe, Path folder) throws IOException {
    clear(folder);
    Files.createDirectories(folder);
    format.write(folder, new Choices(recipe));
  }

  static void requireOneLine(Throwable e) {
    String line = String.valueOf(e.getMessage());
    if (line.isBlank() || line.lines().count() != 1) {
      throw new IllegalStateException("expected one line, found '" + line + "'", e);
    }
  }

  /** Removes a folder. */
  static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
