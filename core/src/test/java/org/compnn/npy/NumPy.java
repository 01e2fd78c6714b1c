package org.compnn.npy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.browser.Needed;
import org.compnn.browser.Programs;

/** Runs Python with NumPy where the machine has it, as a reader that is not ours. */
public final class NumPy {
  private NumPy() {}

  /**
   * What a Python program prints; its arguments are in {@code sys.argv[1:]}. Where no Python has
   * NumPy, {@link Needed#program} says what happens.
   */
  public static String run(String program, Object... arguments)
      throws IOException, InterruptedException {
    return Needed.program(
        printed(program, arguments),
        "needs python3 with NumPy on the PATH; Debian's package is python3-numpy");
  }

  private static Optional<String> printed(String program, Object... arguments)
      throws IOException, InterruptedException {
    for (Path python : pythons()) {
      List<String> command = new ArrayList<>(List.of(python.toString(), "-c", program));
      Stream.of(arguments).map(Object::toString).forEach(command::add);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (!output.contains("No module named 'numpy'")) {
        assertThat(code).as(output).isZero();
        return Optional.of(output.strip());
      }
    }
    return Optional.empty();
  }

  /** The one on the {@code PATH} may be another than Debian's, and only one of them have NumPy. */
  private static List<Path> pythons() {
    List<Path> pythons = new ArrayList<>();
    Programs.onPath(List.of("python3")).ifPresent(pythons::add);
    pythons.addAll(List.of(Path.of("/usr/bin/python3"), Path.of("/usr/local/bin/python3")));
    return pythons.stream().distinct().filter(Files::isExecutable).toList();
  }
}
