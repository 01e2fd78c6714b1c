package org.compnn.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help in groups: options by what they are about, those for experts apart, commands by when. */
final class GroupedHelp {
  static final String EXPERT = "--help-expert";

  private static final int NAMES = 16;
  private static final String NEWLINE = System.lineSeparator();

  /** Commands by when they are needed; those of no group come last. */
  private static final Map<String, List<String>> COMMANDS = commands();

  private GroupedHelp() {}

  private static Map<String, List<String>> commands() {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("Try it", List.of("demo", "generate", "train"));
    commands.put("Begin", List.of("layers", "dataset", "index", "verify", "set"));
    commands.put(
        "Ask about pictures",
        List.of("explain", "figure", "series", "activate", "compare", "serve"));
    commands.put("Ask about data sets", List.of("evaluate", "blame", "suspects", "review"));
    commands.put("Set up", List.of("completion", "man"));
    return commands;
  }

  /** Gives a command the option that shows all, and its help the groups. */
  static void on(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.options().stream().anyMatch(o -> group(spec, o) == HelpGroup.EXPERT)) {
      spec.addOption(
          OptionSpec.builder(EXPERT)
              .usageHelp(true)
              .arity("0")
              .type(boolean.class)
              .description("Show the options for experts too.")
              .build());
    }
    with(command, SECTION_KEY_OPTION_LIST, GroupedHelp::options);
  }

  /** Lists the program's commands in groups. */
  static void onCommands(CommandLine program) {
    with(program, SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    with(program, SECTION_KEY_COMMAND_LIST, GroupedHelp::commands);
  }

  private static void with(CommandLine command, String section, IHelpSectionRenderer renderer) {
    // That of CommandLine would be given to its subcommands too.
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(usage.sectionMap());
    sections.put(section, renderer);
    usage.sectionMap(sections);
  }

  private static HelpGroup group(CommandSpec spec, OptionSpec option) {
    return HelpGroup.of(spec.name(), option);
  }

  /** The options of a group by name. */
  static List<OptionSpec> options(CommandSpec spec, HelpGroup group) {
    return spec.options().stream()
        .filter(option -> !option.hidden() && group(spec, option) == group)
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .toList();
  }

  private static String options(Help help) {
    CommandSpec spec = help.commandSpec();
    OptionSpec asked = spec.findOption(EXPERT);
    boolean all = asked != null && Boolean.TRUE.equals(asked.getValue());
    StringBuilder text = new StringBuilder();
    HelpGroup.shown(all)
        .forEach(
            group -> {
              List<OptionSpec> options = options(spec, group);
              if (!options.isEmpty()) {
                Help.Layout layout =
                    help.createDefaultLayout(
                        spec.options(), spec.positionalParameters(), help.colorScheme());
                layout.addOptions(options, help.parameterLabelRenderer());
                text.append(NEWLINE).append(group.heading()).append(':').append(NEWLINE);
                text.append(layout);
              }
            });
    return text.toString();
  }

  private static String commands(Help help) {
    StringBuilder text = new StringBuilder();
    Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
    COMMANDS.forEach(
        (heading, names) -> {
          Map<String, Help> here = new LinkedHashMap<>();
          for (String name : names) {
            Help command = left.remove(name);
            if (command != null) {
              here.put(name, command);
            }
          }
          text.append(listed(heading, here, help));
        });
    return text.append(listed("Further", left, help)).toString();
  }

  private static String listed(String heading, Map<String, Help> commands, Help help) {
    if (commands.isEmpty()) {
      return "";
    }
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAMES, 2, Column.Overflow.SPAN),
            new Column(width - NAMES, 2, Column.Overflow.WRAP));
    commands.forEach((name, command) -> table.addRowValues(name, brief(command.commandSpec())));
    return NEWLINE + heading + ":" + NEWLINE + table;
  }

  /** What a command does, in a few words. */
  static String brief(CommandSpec command) {
    String text = summary(command);
    int end =
        Stream.of(". ", "; ", ": ")
            .map(text::indexOf)
            .filter(at -> at > 0)
            .min(Integer::compare)
            .orElse(text.length());
    String first = text.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  /** The first paragraph of a command's description. */
  static String summary(CommandSpec command) {
    return List.of(command.usageMessage().description()).stream()
        .limit(1)
        .collect(Collectors.joining());
  }
}
