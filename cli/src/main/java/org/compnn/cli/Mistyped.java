package org.compnn.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.compnn.problem.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a mistyped command or option is answered with: what was probably meant, or is there. */
final class Mistyped {
  private Mistyped() {}

  /** The line for arguments that cannot be understood. */
  static String line(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      CommandLine command = unmatched.getCommandLine();
      if (word.startsWith("-")) {
        return option(word, command);
      }
      if (!command.getSubcommands().isEmpty()) {
        return command(word, command);
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static String option(String word, CommandLine command) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    List<String> there =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(CommandLine.Model.OptionSpec::longestName)
            .sorted()
            .toList();
    return "Unknown option: '%s'; %s".formatted(name, meant(name, there));
  }

  private static String command(String word, CommandLine command) {
    List<String> there = List.copyOf(Main.shown(command).keySet());
    return "'%s' is no command; %s".formatted(word, meant(word, there));
  }

  private static String meant(String word, List<String> there) {
    List<String> likely = Nearest.likely(word, there);
    return likely.isEmpty()
        ? Nearest.line(word, there, "there are none")
        : likely.stream().collect(Collectors.joining("' or '", "did you mean '", "'?"));
  }
}
