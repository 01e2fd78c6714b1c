package org.compnn.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import picocli.CommandLine;

/**
 * The {@code compnn train} command in a JVM of its own. Exit codes as the {@code compnn} command's.
 */
public final class Main {
  private Main() {}

  /**
   * Runs the command, or with {@code train --several} those of the standard input, see {@link
   * Several}, and ends the JVM with its exit code.
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    if (List.of(args).equals(List.of("train", "--several"))) {
      Several.run(
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
          new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      System.exit(0);
    }
    System.exit(run(args));
  }

  static int run(String... args) {
    return commandLine().execute(args);
  }

  /** The command line. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new Compnn());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setUsageHelpAutoWidth(true);
    command.setParameterExceptionHandler(
        (e, given) -> {
          PrintWriter err = e.getCommandLine().getErr();
          err.println("compnn: " + e.getMessage());
          err.println("See '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
          return 2;
        });
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          if (e instanceof UserError error) {
            line.getErr().println("compnn: " + e.getMessage() + hint(error.knobs()));
            return 2;
          }
          line.getErr().println("compnn: internal error, please report it: " + e);
          e.printStackTrace(line.getErr());
          return 1;
        });
    return command;
  }

  /** The flags of training for what the library says in plain words. */
  private static String hint(List<Knob> knobs) {
    return knobs.stream()
        .flatMap(
            knob ->
                switch (knob) {
                  case DIRECTION -> Stream.of(" (--direction)");
                  case IGNORED -> Stream.of(" (--ignore)");
                  case CLASSES -> Stream.of(" (--classes)");
                  default -> Stream.of();
                })
        .collect(Collectors.joining());
  }

  /** Only there so that help and messages read as those of the whole program. */
  @CommandLine.Command(name = "compnn", subcommands = TrainCommand.class)
  private static final class Compnn {}
}
