package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
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

/** What shells make of the printed scripts, asked of the shells themselves. */
final class CompletionTest {
  @TempDir private Path folder;

  private Path script(String shell) throws IOException {
    StringWriter out = new StringWriter();
    var commandLine = Main.commandLine("completion");
    commandLine.setOut(new PrintWriter(out));
    assertThat(commandLine.execute("completion", shell)).isZero();
    return Files.writeString(folder.resolve("compnn." + shell), out.toString());
  }

  private List<String> lines(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private static void needs(String shell) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, shell))),
        shell + " is not on the PATH");
  }

  /** What bash offers for the last of these words. */
  private List<String> bash(String... words) throws IOException, InterruptedException {
    Path asking =
        Files.writeString(
            folder.resolve("ask.sh"),
            """
            compopt() { :; }
            source "$1"
            shift
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
            _complete_compnn
            printf '%s\\n' "${COMPREPLY[@]}"
            """);
    return lines(
        Stream.concat(
                Stream.of("bash", asking.toString(), script("bash").toString(), "compnn"),
                Stream.of(words))
            .toArray(String[]::new));
  }

  @Test
  void bashCompletesCommandsOptionsAndValues() throws Exception {
    assertThat(bash("expl")).containsExactly("explain");
    assertThat(bash("explain", "--lab")).containsExactly("--labels");
    assertThat(bash("explain", "a.db", "--labels", "o")).containsExactly("original");
    assertThat(bash("index", "--layout", "")).contains("paired", "coco");
    assertThat(bash("layers", "--task", "reg")).containsExactly("regression");
    assertThat(bash("completion", "")).containsExactly("bash", "zsh", "fish");
    Files.writeString(folder.resolve("street.png"), "");
    assertThat(bash("explain", "str")).containsExactly("street.png");
  }

  @Test
  void zshTakesTheScript() throws Exception {
    needs("zsh");
    assertThat(lines("zsh", "-fc", "source " + script("zsh") + "; print $_comps[compnn]"))
        .last()
        .asString()
        .contains("_complete_compnn");
  }

  /** What fish offers for a line. */
  private List<String> fish(String line) throws IOException, InterruptedException {
    String asked = "source %s; complete -C '%s'".formatted(script("fish"), line);
    return lines("fish", "--no-config", "-c", asked).stream()
        .map(offered -> offered.split("\t", -1)[0])
        .toList();
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws Exception {
    needs("fish");
    assertThat(fish("compnn expl")).containsExactly("explain");
    assertThat(fish("compnn explain --lab")).containsExactly("--labels");
    assertThat(fish("compnn explain --labels ")).containsExactly("original", "self");
    assertThat(fish("compnn index --layout pa")).containsExactly("paired", "parquet");
    assertThat(fish("compnn set re")).containsExactlyInAnyOrder("remove", "restat");
    assertThat(fish("compnn completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
    Files.writeString(folder.resolve("street.png"), "");
    assertThat(fish("compnn explain str")).containsExactly("street.png");
  }

  @Test
  void everyCommandAndEveryOptionIsInTheScriptOfFish() throws IOException {
    String script = Files.readString(script("fish"));
    Main.shown(Main.commandLine())
        .forEach(
            (name, command) -> {
              assertThat(script).contains(" -a " + name + " ");
              command
                  .getCommandSpec()
                  .options()
                  .forEach(
                      option ->
                          assertThat(script)
                              .contains(
                                  "__fish_seen_subcommand_from " + name,
                                  " -l " + option.longestName().substring(2)));
            });
  }
}
