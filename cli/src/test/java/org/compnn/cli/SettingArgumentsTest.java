package org.compnn.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.explain.Setting;
import org.compnn.explain.Setting.Kind;
import org.compnn.search.Distance;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class SettingArgumentsTest {
  /** What a command must be given besides. */
  static List<String> needed(String command) {
    return switch (command) {
      case "suspects" -> List.of("a.db", "--out", "out");
      case "figure" -> List.of("a.db", "x.png", "--out", "out.svg");
      case "compare" -> List.of("a.db", "x.png", "--database", "all:", "--out", "out");
      default -> List.of("a.db", "x.png", "--out", "out");
    };
  }

  /** What a command asks for when these flags are given. */
  static Options asked(String command, String... flags) {
    CommandLine main = Main.commandLine();
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(needed(command));
    words.addAll(List.of(flags));
    main.parseArgs(words.toArray(String[]::new));
    CommandSpec spec = subcommand(main, command).getCommandSpec();
    return ((Explaining) spec.userObject()).settings().options();
  }

  static CommandLine subcommand(CommandLine main, String command) {
    return requireNonNull(main.getSubcommands().get(command));
  }

  static List<Setting<?>> settings() {
    return Knobs.ALL;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingIsAFlagThatSaysWhatItDoes(Setting<?> setting) {
    OptionSpec flag =
        subcommand(Main.commandLine(), "explain")
            .getCommandSpec()
            .findOption("--" + setting.name().replace('_', '-'));
    assertThat(flag).isNotNull();
    assertThat(flag.description()[0]).startsWith(setting.help());
    if (setting.kind() instanceof Kind.Choice<?> choice) {
      assertThat(flag.paramLabel()).isEqualTo(String.join("|", choice.names()));
      assertThat(flag.description()[0]).containsPattern(" Default: [a-z0-9]+\\.$");
    }
  }

  @Test
  void whatIsGivenIsWhatIsAsked() {
    assertThat(
            asked(
                "explain",
                "--layer",
                "bottleneck",
                "--labels",
                "original",
                "--hyperpatch",
                "3",
                "--distance",
                "COSINE",
                "--top-k",
                "4",
                "--overlap",
                "average",
                "--quality",
                "best",
                "--check",
                "0",
                "--only",
                "a*",
                "--without",
                "style=brick",
                "--only",
                "b",
                "--exclude-neighbours",
                "2"))
        .isEqualTo(
            Options.defaults()
                .layer("bottleneck")
                .labels(Labels.ORIGINAL)
                .hyperpatch(3)
                .distance(Distance.COSINE)
                .topK(4)
                .overlap(Overlap.AVERAGE)
                .quality(Quality.BEST)
                .check(0)
                .only("a*", "b")
                .without("style=brick")
                .leaveOneOut(2));
    assertThat(asked("explain", "--leave-one-out")).isEqualTo(Options.defaults().leaveOneOut(0));
    assertThat(asked("explain", "--leave-one-out", "--exclude-neighbours", "0"))
        .isEqualTo(Options.defaults().leaveOneOut(0));
  }

  @Test
  void exactSearchOverrulesQualityAndTimeBudgetInWhateverOrder() {
    Options exact = Options.defaults().exact();
    assertThat(asked("explain", "--search", "exact", "--quality", "best")).isEqualTo(exact);
    assertThat(asked("explain", "--quality", "fast", "--search", "exact")).isEqualTo(exact);
    assertThat(asked("explain", "--search", "exact", "--time-budget", "1.5")).isEqualTo(exact);
    assertThat(asked("explain", "--search", "field", "--quality", "fast").method())
        .isEqualTo(new Method.Near(Quality.FAST));
    assertThat(asked("explain", "--time-budget", "1.5", "--quality", "fast").method())
        .isEqualTo(new Method.Within(1.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blame", "suspects"})
  void fiveMatchesVoteUnlessOthersAreAskedFor(String command) {
    assertThat(asked(command)).isEqualTo(Options.defaults().topK(5));
    assertThat(asked(command, "--top-k", "3").topK()).isEqualTo(3);
    assertThat(run(command, "--help").out()).containsPattern("(?s)--top-k=N.*?Default:\\s+5\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "series", "compare", "activate"})
  void commandsThatPasteOneMatchTakeNoNumberOfThem(String command) {
    assertThat(asked(command)).isEqualTo(Options.defaults());
    List<String> words = new ArrayList<>(needed(command));
    words.addFirst(command);
    words.addAll(List.of("--top-k", "2"));
    assertMistake(run(words.toArray(String[]::new)), command, "--top-k");
  }

  /** What a command printed, and its exit code. */
  private record Ran(int code, String out, String err) {}

  private static Ran run(String... words) {
    CommandLine main = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    main.setOut(new PrintWriter(out));
    main.setErr(new PrintWriter(err));
    return new Ran(main.execute(words), out.toString(), err.toString());
  }

  private static void assertMistake(Ran ran, String command, String flag) {
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    List<String> lines = ran.err().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("compnn: ").contains("'" + flag);
    assertThat(lines.getLast()).isEqualTo("See 'compnn " + command + " --help'.");
  }

  /** Words that a setting of this kind does not take. */
  private static Stream<String> wrong(Kind<?> kind) {
    return switch (kind) {
      case Kind.Choice<?> _ -> Stream.of("nonsense", "", "1");
      case Kind.Whole(int least) -> Stream.of("" + (least - 1), "x", "1.5", "", "99999999999");
      case Kind.Seconds() -> Stream.of("0", "-1", "x", "NaN", "Infinity", "");
      case Kind.Flag() -> Stream.of("maybe");
      case Kind.LayerName(), Kind.Terms() -> Stream.of();
    };
  }

  @ParameterizedTest
  @MethodSource("settings")
  void badValuesAreSaidInOneLineWithCodeTwo(Setting<?> setting) {
    String flag = "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
    wrong(setting.kind())
        .forEach(
            value ->
                assertMistake(
                    run("explain", "a.db", "x.png", "--out", "out", flag + "=" + value),
                    "explain",
                    flag));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aFlagWithoutItsValueIsAMistake(Setting<?> setting) {
    String flag = "--" + setting.name().replace('_', '-');
    if (!(setting.kind() instanceof Kind.Flag)) {
      assertMistake(run("explain", "a.db", "x.png", "--out", "out", flag), "explain", flag);
    }
  }
}
