package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Settings that people say again and again: {@code compnn.toml} in the working folder, or beside
 * the data. A key is an option without its dashes, for all commands that have it, or in a table
 * named as a command for that one alone. The command line has the last word.
 */
final class SettingsFile {
  static final String NAME = "compnn.toml";
  private static final String NONE = "--no-settings";

  /** What a file that somebody left there must not do: write, replace, delete, open the machine. */
  static final Set<String> SAID_EACH_TIME =
      Set.of(
          "--out",
          "--export",
          "--force",
          "--add",
          "--replace",
          "--merge",
          "--host",
          "--port",
          "--proxy",
          "--token",
          "--no-token",
          "--base-path",
          "--attached",
          "--review",
          "--help",
          "--help-expert",
          "--version",
          "--json",
          "--quiet",
          "--verbose",
          NONE);

  private final Path file;
  private final JsonNode settings;

  private SettingsFile(Path file, JsonNode settings) {
    this.file = file;
    this.settings = settings;
  }

  /** The option of commands that have settings. */
  static OptionSpec none() {
    return OptionSpec.builder(NONE)
        .arity("0")
        .type(boolean.class)
        .description("Pass over compnn.toml, in the working folder or beside the data.")
        .build();
  }

  /**
   * What a file adds to a command line.
   *
   * @param file where it was found
   * @param arguments as they would have been typed
   */
  record Added(Path file, List<String> arguments) {
    /** The line that tells of it. */
    String line() {
      return arguments.isEmpty()
          ? "Settings of " + file + ": none for this command"
          : "Settings of " + file + ": " + String.join(" ", arguments);
    }

    /** Whether it sets an option. */
    boolean sets(OptionSpec option) {
      return arguments.stream().anyMatch(each -> name(each).equals(option.longestName()));
    }

    private static String name(String argument) {
      int equals = argument.indexOf('=');
      return equals < 0 ? argument : argument.substring(0, equals);
    }
  }

  /**
   * The settings that hold for a command line, where there is a file.
   *
   * @param command the command that is asked for
   * @param arguments those behind its name
   * @param program the whole program, for keys that this command does not know
   * @throws UserError if the file cannot be read, or says what no command knows
   */
  static Optional<Added> of(
      CommandSpec command, List<String> arguments, Supplier<CommandLine> program) {
    if (arguments.contains(NONE) || command.findOption(NONE) == null) {
      return Optional.empty();
    }
    Optional<Path> file = find(command, arguments);
    return file.map(
        found -> {
          SettingsFile settings = read(found);
          settings.check(program);
          return new Added(found, settings.arguments(command, arguments));
        });
  }

  private static Optional<Path> find(CommandSpec command, List<String> arguments) {
    Path here = Path.of(NAME);
    return Files.isRegularFile(here)
        ? Optional.of(here)
        : operands(command, arguments).stream()
            .flatMap(SettingsFile::beside)
            .filter(Files::isRegularFile)
            .findFirst();
  }

  private static Stream<Path> beside(String operand) {
    try {
      Path path = Path.of(operand);
      return Files.exists(path) ? Stream.of(path.resolveSibling(NAME)) : Stream.empty();
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  /** Words that are no options and no values of them: databases, networks, data. */
  private static List<String> operands(CommandSpec command, List<String> arguments) {
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (!word.startsWith("-")) {
        operands.add(word);
      } else if (takesNext(command, word)) {
        i++;
      }
    }
    return operands;
  }

  private static boolean takesNext(CommandSpec command, String word) {
    OptionSpec option = command.findOption(word);
    return option != null && option.arity().min() > 0;
  }

  private static SettingsFile read(Path file) {
    try {
      return new SettingsFile(file, TomlMapper.shared().readTree(Files.readString(file)));
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null || e.getLocation().getLineNr() < 1
              ? ""
              : ", line " + e.getLocation().getLineNr();
      throw new UserError(
          "%s%s: expected TOML, such as top-k = 5; found something else (%s)"
              .formatted(file, where, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + e + ")", e);
    }
  }

  /** Every key must be one that some command knows. */
  private void check(Supplier<CommandLine> program) {
    Map<String, CommandLine> commands = program.get().getSubcommands();
    Set<String> all = new TreeSet<>();
    commands.values().forEach(each -> all.addAll(keys(each.getCommandSpec())));
    for (Map.Entry<String, JsonNode> entry : settings.properties()) {
      String key = entry.getKey();
      CommandLine command = commands.get(key);
      if (command != null && entry.getValue().isObject()) {
        Set<String> keys = keys(command.getCommandSpec());
        entry.getValue().propertyNames().forEach(own -> known(own, keys, "[" + key + "], "));
      } else if (entry.getValue().isObject() && !all.contains(key)) {
        throw new UserError(
            "%s: no command '%s'; %s"
                .formatted(file, key, Nearest.line(key, commands.keySet(), "there are none")));
      } else {
        known(key, all, "");
      }
    }
  }

  private void known(String key, Set<String> keys, String where) {
    if (SAID_EACH_TIME.contains("--" + key)) {
      throw new UserError(
          "%s: %s'%s' is said on the command line each time; take it out of the file"
              .formatted(file, where, key));
    }
    if (!keys.contains(key)) {
      throw new UserError(
          "%s: %sno setting '%s'; %s"
              .formatted(file, where, key, Nearest.line(key, keys, "this command has none")));
    }
  }

  private static Set<String> keys(CommandSpec command) {
    Set<String> keys = new TreeSet<>();
    command.options().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !SAID_EACH_TIME.contains(name))
        .forEach(name -> keys.add(name.substring(2)));
    return keys;
  }

  private List<String> arguments(CommandSpec command, List<String> given) {
    List<String> added = new ArrayList<>();
    JsonNode own = settings.path(command.name());
    for (OptionSpec option : command.options()) {
      String key = option.longestName().substring(2);
      JsonNode value = own.has(key) ? own.path(key) : settings.path(key);
      boolean said =
          given.stream()
              .anyMatch(
                  word ->
                      word.equals(option.longestName())
                          || word.startsWith(option.longestName() + "="));
      if (!value.isMissingNode() && !said && !SAID_EACH_TIME.contains(option.longestName())) {
        added.addAll(typed(option, value));
      }
    }
    return added;
  }

  /** A setting as it would be typed. */
  private List<String> typed(OptionSpec option, JsonNode value) {
    String name = option.longestName();
    boolean flag = option.arity().max() == 0;
    if (flag != value.isBoolean()) {
      throw wrong(option, flag ? "true or false" : "a value of " + option.paramLabel(), value);
    }
    if (flag) {
      return value.asBoolean() ? List.of(name) : List.of();
    }
    if (value.isObject()) {
      if (!option.isMultiValue()) {
        throw wrong(option, "one value", value);
      }
      return value.properties().stream()
          .map(each -> name + "=" + each.getKey() + "=" + text(option, each.getValue()))
          .toList();
    }
    if (!value.isArray()) {
      return List.of(name + "=" + text(option, value));
    }
    List<String> texts = new ArrayList<>();
    value.forEach(each -> texts.add(text(option, each)));
    if (!option.splitRegex().isEmpty()) {
      return List.of(name + "=" + String.join(",", texts));
    }
    if (!option.isMultiValue()) {
      throw wrong(option, "one value", value);
    }
    return texts.stream().map(each -> name + "=" + each).toList();
  }

  private String text(OptionSpec option, JsonNode value) {
    if (!value.isValueNode()) {
      throw wrong(option, "a text or a number", value);
    }
    return value.asString();
  }

  private UserError wrong(OptionSpec option, String expected, JsonNode found) {
    return new UserError(
        "%s: %s: expected %s, found %s"
            .formatted(file, option.longestName().substring(2), expected, found));
  }
}
