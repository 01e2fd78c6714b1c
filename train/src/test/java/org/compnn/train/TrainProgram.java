package org.compnn.train;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import org.compnn.problem.UserError;
import picocli.CommandLine;

/** The commands without the rest of the program, which adds how they speak. */
final class TrainProgram {
  private TrainProgram() {}

  /** The same in a JVM of its own. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args));
  }

  /** Runs {@code train NETWORK ...}; returns the exit code. */
  static int run(String... args) {
    return commandLine().execute(args);
  }

  /** The same; what it prints goes to a log. */
  static int run(PrintWriter log, String... args) {
    return commandLine().setOut(log).setErr(log).execute(args);
  }

  private static CommandLine commandLine() {
    Consumer<String> say =
        line -> {
          System.out.println(line);
          System.out.flush();
        };
    CommandLine train =
        new CommandLine(new TrainCommand())
            .addSubcommand(new TrainSegNet(say))
            .addSubcommand(new TrainPix2Pix(say));
    return new CommandLine(CommandLine.Model.CommandSpec.create().name("compnn"))
        .addSubcommand(train)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              line.getErr().println("compnn: " + e.getMessage());
              return e instanceof UserError ? 2 : 1;
            });
  }
}
