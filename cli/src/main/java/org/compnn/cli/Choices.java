package org.compnn.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.compnn.network.Task;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words that options with a few possible values take, as people write them. */
final class Choices {
  private Choices() {}

  /** Shows the constants of enums in small letters, in help and to shells. */
  static void inSmallLetters(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (isPlainEnum(option)) {
        spec.remove(option);
        spec.addOption(option.toBuilder().completionCandidates(words(option)).build());
      }
    }
    for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
      if (isPlainEnum(parameter)) {
        spec.remove(parameter);
        spec.addPositional(parameter.toBuilder().completionCandidates(words(parameter)).build());
      }
    }
  }

  private static boolean isPlainEnum(ArgSpec argument) {
    return argument.type().isEnum() && argument.type().getEnumConstants() != null;
  }

  private static String word(Object constant) {
    return constant instanceof Task task
        ? task.tag()
        : constant.toString().toLowerCase(Locale.ROOT);
  }

  private static List<String> words(ArgSpec argument) {
    return Stream.of(argument.type().getEnumConstants()).map(Choices::word).toList();
  }
}
