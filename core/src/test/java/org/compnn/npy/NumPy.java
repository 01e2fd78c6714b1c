package org.compnn.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs Python with NumPy where the machine has it, as a reader that is not ours. */
public final class NumPy {
  private NumPy() {}

  /**
   * What a Python program prints; its arguments are in {@code sys.argv[1:]}. Skips the test where
   * there is no Python with NumPy.
   */
  public static String run(String program, Object... arguments)
      throws IOException, InterruptedException {
    String python = python();
    assumeTrue(!python.isEmpty(), "needs python3 with numpy");
    List<String> command = new ArrayList<>(List.of(python, "-c", program));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  private static String python() throws IOException, InterruptedException {
    for (String python : List.of("/usr/bin/python3", "/usr/local/bin/python3")) {
      if (Files.isExecutable(Path.of(python))
          && new ProcessBuilder(python, "-c", "import numpy")
                  .redirectErrorStream(true)
                  .start()
                  .waitFor()
              == 0) {
        return python;
      }
    }
    return "";
  }
}
