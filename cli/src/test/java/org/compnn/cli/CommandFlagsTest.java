package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.compnn.explain.Options;
import org.compnn.study.ReplacedActivations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What scripts rely on: the flags of the commands and what holds where they are not given. */
final class CommandFlagsTest {
  private static final CommandLine MAIN = Main.commandLine();

  private static final List<String> EXPLAINING =
      List.of(
          "--layer",
          "--labels",
          "--hyperpatch",
          "--distance",
          "--search",
          "--quality",
          "--time-budget",
          "--check",
          "--overlap",
          "--only",
          "--without",
          "--leave-one-out",
          "--exclude-neighbours",
          "--out",
          "--help",
          "-h");
  private static final List<String> DATASET = List.of("--layout", "--direction", "--skip-broken");

  private static final Map<String, List<String>> FURTHER =
      Map.of(
          "explain", List.of("--top-k", "--global", "--pixel", "--verify-by-removal"),
          "evaluate", with(DATASET, "--limit", "--layers"),
          "series", List.of("--layers"),
          "figure", with(DATASET, "--limit", "--panels", "--width-mm", "--columns", "--sources"),
          "compare", List.of("--database"),
          "activate", List.of("--skips"),
          "blame", with(DATASET, "--limit", "--top-k"),
          "suspects", List.of("--top-k", "--limit", "--plant", "--seed", "--repeats"));

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  static List<String> explaining() {
    return List.copyOf(FURTHER.keySet());
  }

  static List<String> all() {
    return List.copyOf(MAIN.getSubcommands().keySet());
  }

  private static CommandLine parsed(String command) {
    CommandLine main = MAIN;
    List<String> words = new ArrayList<>(SettingArgumentsTest.needed(command));
    words.addFirst(command);
    main.parseArgs(words.toArray(String[]::new));
    return SettingArgumentsTest.subcommand(main, command);
  }

  private static Object value(CommandLine command, String flag) {
    return command.getCommandSpec().findOption(flag).getValue();
  }

  @ParameterizedTest
  @MethodSource("explaining")
  void theFlagsThatCommandsHadAreThere(String command) {
    assertThat(parsed(command).getCommandSpec().optionsMap().keySet())
        .containsAll(EXPLAINING)
        .containsAll(FURTHER.get(command));
  }

  @ParameterizedTest
  @MethodSource("explaining")
  void withoutFlagsCommandsAskForTheDefaults(String command) {
    boolean votes = command.equals("blame") || command.equals("suspects");
    Options expected = votes ? Options.defaults().topK(5) : Options.defaults();
    assertThat(SettingArgumentsTest.asked(command)).isEqualTo(expected);
  }

  @Test
  void flagsOfSingleCommandsHaveTheirDefaults() {
    CommandLine explain = parsed("explain");
    assertThat(value(explain, "--global")).isEqualTo(false);
    assertThat(value(explain, "--pixel")).isEqualTo(List.of());
    assertThat(value(explain, "--verify-by-removal")).isEqualTo(0);
    assertThat(value(parsed("activate"), "--skips")).isEqualTo(ReplacedActivations.Skips.QUERY);
    assertThat(value(parsed("series"), "--layers")).isEqualTo(List.of());
    CommandLine suspects = parsed("suspects");
    assertThat(value(suspects, "--plant")).isEqualTo(0);
    assertThat(value(suspects, "--seed")).isEqualTo(1L);
    assertThat(value(suspects, "--repeats")).isEqualTo(1);
    for (String command : List.of("evaluate", "blame", "suspects")) {
      assertThat(value(parsed(command), "--limit")).isEqualTo(Integer.MAX_VALUE);
    }
    for (String command : List.of("evaluate", "blame")) {
      assertThat(value(parsed(command), "--layout")).isNull();
      assertThat(value(parsed(command), "--direction")).isNull();
      assertThat(value(parsed(command), "--skip-broken")).isEqualTo(false);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theHelpOfACommandFitsATerminal(String command) {
    CommandLine main = MAIN;
    StringWriter out = new StringWriter();
    main.setOut(new PrintWriter(out));
    main.setUsageHelpAutoWidth(false).setUsageHelpWidth(80);
    assertThat(main.execute(command, "--help")).isZero();
    assertThat(out.toString().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .anySatisfy(line -> assertThat(line).startsWith("Example:"))
        .anySatisfy(line -> assertThat(line).startsWith("  compnn " + command + " "));
  }
}
