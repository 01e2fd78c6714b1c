package org.compnn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command as a manual page, in the macros of man(7). */
final class ManPage {
  private final CommandSpec spec;
  private final List<String> lines = new ArrayList<>();

  private ManPage(CommandSpec spec) {
    this.spec = spec;
  }

  /** The page's source, which {@code man -l} shows. */
  static String of(CommandLine command) {
    return new ManPage(command.getCommandSpec()).page();
  }

  private String page() {
    String name = spec.qualifiedName("-");
    lines.add(
        ".TH %s 1 \"\" \"compnn %s\" \"CompNN\""
            .formatted(quoted(name.toUpperCase(Locale.ROOT)), Version.number()));
    heading("NAME");
    lines.add(text(name + " - " + withoutStop(GroupedHelp.summary(spec))));
    heading("SYNOPSIS");
    lines.add(".B " + text(spec.qualifiedName()));
    lines.add(text(spec.subcommands().isEmpty() ? synopsis() : "COMMAND [OPTIONS] ARGUMENTS"));
    heading("DESCRIPTION");
    for (String paragraph : spec.usageMessage().description()) {
      lines.add(".PP");
      lines.add(text(paragraph));
    }
    arguments();
    options();
    commands();
    examples();
    rest();
    return String.join("\n", lines) + "\n";
  }

  private void heading(String title) {
    lines.add(".SH " + title);
  }

  /** What help says behind the command's name. */
  private String synopsis() {
    String[] custom = spec.usageMessage().customSynopsis();
    return custom.length > 0
        ? String.join(" ", custom).replace(spec.qualifiedName(), "").strip()
        : "";
  }

  private void arguments() {
    List<PositionalParamSpec> parameters =
        spec.positionalParameters().stream().filter(each -> !each.hidden()).toList();
    if (!parameters.isEmpty()) {
      heading("ARGUMENTS");
      parameters.forEach(each -> item(each.paramLabel(), description(each)));
    }
  }

  private void options() {
    heading("OPTIONS");
    HelpGroup.shown(true)
        .forEach(
            group -> {
              List<OptionSpec> options = GroupedHelp.options(spec, group);
              if (!options.isEmpty()) {
                lines.add(".SS " + text(group.heading()));
              }
              options.forEach(each -> item(names(each), description(each)));
            });
  }

  /** What help says of it, with its variables put in. */
  private static String description(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return String.join(" ", argument.description())
        .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()))
        .replace(
            "${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates));
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
    return Stream.of(option.names())
        .map(name -> name.startsWith("--") ? name + value : name)
        .collect(Collectors.joining(", "));
  }

  private void item(String term, String description) {
    lines.add(".TP");
    lines.add(".B " + text(term));
    lines.add(text(description));
  }

  private void commands() {
    if (!spec.subcommands().isEmpty()) {
      heading("COMMANDS");
      Main.shown(spec.commandLine())
          .forEach((name, command) -> item(name, GroupedHelp.summary(command.getCommandSpec())));
    }
  }

  private void examples() {
    List<String> footer =
        Stream.of(spec.usageMessage().footer()).filter(line -> line.startsWith("  ")).toList();
    if (!footer.isEmpty()) {
      heading("EXAMPLES");
      lines.add(".nf");
      footer.forEach(line -> lines.add(text(line.substring(2))));
      lines.add(".fi");
    }
  }

  private void rest() {
    heading("EXIT STATUS");
    lines.add(text("0 done; 1 a fault of ours; 2 something to mend; 130 stopped by Ctrl-C."));
    heading("FILES");
    item(SettingsFile.NAME, "Settings, in the working folder or beside the data.");
    heading("SEE ALSO");
    lines.add(
        spec.parent() == null
            ? text("compnn-COMMAND(1), such as compnn-explain(1)")
            : ".BR compnn (1)");
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String quoted(String word) {
    return "\"" + text(word).replace("\"", "\\(dq") + "\"";
  }

  /** Without what would be a request or a special character. */
  private static String text(String line) {
    String escaped =
        line.replace("%n", " ").replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
