package org.compnn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The program's commands and options as fish completes them. */
final class FishCompletion {
  private FishCompletion() {}

  /** A script for fish. */
  static String of(CommandLine program) {
    List<String> lines = new ArrayList<>();
    lines.add("# Completions of compnn; written by 'compnn completion fish'.");
    lines.add("complete -c compnn -f");
    for (OptionSpec option : shown(program)) {
      lines.add(option("__fish_use_subcommand", option));
    }
    for (Map.Entry<String, CommandLine> command : Main.shown(program).entrySet()) {
      lines.add(
          "complete -c compnn -n __fish_use_subcommand -a %s -d %s"
              .formatted(command.getKey(), quoted(summary(command.getValue()))));
      add("__fish_seen_subcommand_from " + command.getKey(), command.getValue(), lines);
    }
    return String.join("\n", lines) + "\n";
  }

  /** What follows a command. */
  private static void add(String when, CommandLine command, List<String> lines) {
    if (takesFiles(command)) {
      lines.add("complete -c compnn -n %s -F".formatted(quoted(when)));
    }
    words(command)
        .forEach(word -> lines.add("complete -c compnn -n %s -a %s".formatted(quoted(when), word)));
    shown(command).forEach(option -> lines.add(option(quoted(when), option)));
    command
        .getSubcommands()
        .forEach(
            (name, inner) -> {
              lines.add(
                  "complete -c compnn -n %s -a %s -d %s"
                      .formatted(quoted(when), name, quoted(summary(inner))));
              add(when + "; and __fish_seen_subcommand_from " + name, inner, lines);
            });
  }

  private static List<OptionSpec> shown(CommandLine command) {
    return command.getCommandSpec().options().stream().filter(o -> !o.hidden()).toList();
  }

  private static String option(String when, OptionSpec option) {
    StringBuilder line = new StringBuilder("complete -c compnn -n ").append(when);
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      List<String> values = candidates(option);
      if (!values.isEmpty()) {
        line.append(" -x -a ").append(quoted(String.join(" ", values)));
      } else {
        // Fish offers files by itself where it is told that a value follows.
        line.append(isPath(option) ? " -r -F" : " -x");
      }
    }
    return line.append(" -d ").append(quoted(sentence(option.description()))).toString();
  }

  private static List<String> candidates(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  private static Stream<String> words(CommandLine command) {
    return command.getCommandSpec().positionalParameters().stream()
        .flatMap(parameter -> candidates(parameter).stream());
  }

  private static boolean takesFiles(CommandLine command) {
    return command.getCommandSpec().positionalParameters().stream()
        .anyMatch(FishCompletion::isPath);
  }

  private static boolean isPath(ArgSpec argument) {
    return argument.type() == Path.class
        || Stream.of(argument.auxiliaryTypes()).anyMatch(type -> type == Path.class);
  }

  private static String summary(CommandLine command) {
    return sentence(command.getCommandSpec().usageMessage().description());
  }

  /** The first sentence, without the full stop. */
  private static String sentence(String... description) {
    String text = Stream.of(description).findFirst().orElse("");
    int end =
        Stream.of(". ", "; ", ": $")
            .map(text::indexOf)
            .filter(at -> at > 0)
            .min(Integer::compare)
            .orElse(text.length());
    String first = text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(c -> (c == '\'' || c == '\\' ? "\\" : "") + (char) c)
        .collect(Collectors.joining("", "'", "'"));
  }
}
