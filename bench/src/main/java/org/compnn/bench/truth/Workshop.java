package org.compnn.bench.truth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.compnn.problem.UserError;

/**
 * {@code compnn train} in one process for all networks, started with the first: starting PyTorch
 * takes as long as some ten epochs of these networks.
 */
final class Workshop implements AutoCloseable {
  private final Path home;
  private Optional<Process> process = Optional.empty();

  /**
   * @param home of the program, with {@code bin/compnn}
   */
  Workshop(Path home) {
    this.home = home;
  }

  /**
   * Trains a network.
   *
   * @param log hears of it
   * @param command after {@code compnn}
   * @throws UserError if training failed
   */
  void train(Path log, List<String> command) throws IOException {
    Process running = running();
    PrintWriter asked = new PrintWriter(running.outputWriter(StandardCharsets.UTF_8));
    asked.println(log + "\t" + String.join("\t", command));
    asked.flush();
    String code = "nothing";
    BufferedReader answers = running.inputReader(StandardCharsets.UTF_8);
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      // A build that the launcher starts may say something before.
      if (line.matches("\\d{1,3}")) {
        code = line;
        break;
      }
    }
    if (!code.equals("0")) {
      throw new UserError(
          log
              + ": expected a trained network, found that training ended with "
              + code
              + "; read the log");
    }
  }

  private Process running() throws IOException {
    if (process.isEmpty()) {
      ProcessBuilder start =
          new ProcessBuilder(home.resolve("bin/compnn").toString(), "train", "--several")
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      process = Optional.of(start.start());
    }
    return process.get();
  }

  /** Ends the process, which reads no more. */
  @Override
  public void close() throws IOException {
    if (process.isPresent()) {
      process.get().outputWriter(StandardCharsets.UTF_8).close();
    }
  }
}
