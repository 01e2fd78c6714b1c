package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class GroupedHelpTest {
  private static final CommandLine MAIN = Main.commandLine();

  static List<String> commands() {
    return MainTest.commands();
  }

  private static String printed(String... words) {
    CommandLine main = MAIN;
    StringWriter out = new StringWriter();
    main.setOut(new PrintWriter(out));
    main.setUsageHelpAutoWidth(false).setUsageHelpWidth(80);
    assertThat(main.execute(words)).isZero();
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void optionsForExpertsAreShownWhenTheyAreAskedFor(String command) {
    CommandSpec spec = SettingArgumentsTest.subcommand(MAIN, command).getCommandSpec();
    String help = printed(command, "--help");
    String whole =
        spec.findOption("--help-expert") == null ? help : printed(command, "--help-expert");
    for (OptionSpec option : spec.options()) {
      boolean expert = HelpGroup.of(command, option) == HelpGroup.EXPERT;
      String shown = "(?m)^(  -\\w,|     ) " + option.longestName() + "\\b(?!-)";
      assertThat(whole).containsPattern(shown);
      if (expert) {
        assertThat(help).doesNotContainPattern(shown);
      } else {
        assertThat(help).containsPattern(shown);
      }
    }
    assertThat(whole.lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examplesBreakBetweenArgumentsAlone(String command) {
    List<String> examples =
        printed(command, "--help")
            .lines()
            .dropWhile(line -> !line.equals("Example:"))
            .skip(1)
            .toList();
    boolean continued = false;
    for (String line : examples) {
      assertThat(line).startsWith(continued ? "    " : "  ");
      assertThat(line.startsWith("  compnn ") || line.startsWith("  source "))
          .isEqualTo(!continued);
      continued = line.endsWith(" \\");
    }
    assertThat(continued).isFalse();
  }

  @Test
  void theProgramsHelpIsTheSameWithoutMakingTheCommands() {
    StringWriter out = new StringWriter();
    CommandLine quick = Main.commandLine("--help");
    quick.setOut(new PrintWriter(out));
    quick.setUsageHelpAutoWidth(false).setUsageHelpWidth(80);
    assertThat(quick.execute("--help")).isZero();
    assertThat(out.toString()).isEqualTo(printed("--help"));
  }

  @Test
  void theProgramsHelpListsEveryCommandInAGroup() {
    String help = printed("--help");
    Main.shown(Main.commandLine())
        .keySet()
        .forEach(each -> assertThat(help).containsPattern("(?m)^  " + each + "  "));
    assertThat(help).contains("Ask about pictures:").doesNotContain("Further:");
  }
}
