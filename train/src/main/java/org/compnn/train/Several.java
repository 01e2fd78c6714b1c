package org.compnn.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Command lines, one after another in one JVM, for who trains many small networks: most of a short
 * training would be the start of PyTorch.
 *
 * <p>A line holds a file for what the command prints and then its arguments, with tabs between
 * them. Each is answered by a line with its exit code.
 */
public final class Several {
  private Several() {}

  /** The program. */
  @FunctionalInterface
  public interface Program {
    /**
     * Runs a command.
     *
     * @param log hears all that it prints
     * @return its exit code
     */
    int run(PrintWriter log, String... words);
  }

  /**
   * Runs the commands.
   *
   * @param answers hears of each that has ended
   * @throws IOException if a log cannot be written
   */
  public static void run(BufferedReader lines, PrintWriter answers, Program program)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t", -1);
      int code;
      try (PrintWriter log =
          new PrintWriter(
              Files.newBufferedWriter(Path.of(parts[0]), StandardCharsets.UTF_8), true)) {
        code = program.run(log, Arrays.copyOfRange(parts, 1, parts.length));
      }
      answers.println(code);
      answers.flush();
    }
  }
}
