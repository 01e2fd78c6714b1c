package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ManCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... words) {
    CommandLine commandLine = Main.commandLine(words);
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(words);
  }

  private List<Path> pages() throws IOException {
    assertThat(run("man", "--out", folder.toString())).as(err.toString()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyCommandHasAPageWithAllItsOptions() throws IOException {
    List<String> commands = List.copyOf(Main.shown(Main.commandLine()).keySet());
    assertThat(pages()).hasSize(commands.size() + 1);
    for (String command : commands) {
      String page = Files.readString(folder.resolve("compnn-" + command + ".1"));
      assertThat(page).startsWith(".TH \"COMPNN").contains("\n.SH OPTIONS\n", "\n.SH EXAMPLES\n");
      SettingArgumentsTest.subcommand(Main.commandLine(), command)
          .getCommandSpec()
          .options()
          .forEach(option -> assertThat(page).contains(option.longestName().replace("-", "\\-")));
    }
  }

  @Test
  void theFormatterTakesThePages() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not there");
    for (Path page : pages()) {
      Process process =
          new ProcessBuilder("/usr/bin/groff", "-man", "-Tutf8", "-ww", "-b", page.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      assertThat(said.lines().filter(line -> !line.contains("can't break line")))
          .as(page.toString())
          .isEmpty();
    }
  }

  @Test
  void onePageIsPrintedAndAMistypedNameIsAnsweredWithWhatIsThere() {
    assertThat(run("man", "explain")).isZero();
    assertThat(out.toString()).contains("compnn\\-explain \\- Trace every pixel");
    assertThat(run("man", "explian")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("compnn: 'explian' is no command; the closest are 'explain'");
  }
}
