package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code compnn.toml} beside a database. */
final class SettingsFileTest {
  @TempDir private Path folder;

  private Path database;

  @BeforeEach
  void makeAFolderForTheDatabase() throws IOException {
    database = Files.createDirectory(folder.resolve("train.db"));
  }

  private void file(String... lines) throws IOException {
    Files.write(folder.resolve("compnn.toml"), List.of(lines));
  }

  /** What the file adds to a command. */
  private Optional<SettingsFile.Added> added(String command, String... arguments) {
    CommandLine asked = SettingArgumentsTest.subcommand(Main.commandLine(), command);
    List<String> words = new ArrayList<>(List.of(database.toString(), "x.png", "--out", "o"));
    words.addAll(List.of(arguments));
    return SettingsFile.of(asked.getCommandSpec(), words, Main::commandLine);
  }

  private List<String> arguments(String command, String... given) {
    return added(command, given).orElseThrow().arguments();
  }

  @Test
  void keysAreOptionsWithoutTheirDashes() throws IOException {
    file("top-k = 5", "quality = 'best'", "time-budget = 0.5", "leave-one-out = true");
    assertThat(arguments("explain"))
        .containsExactlyInAnyOrder(
            "--top-k=5", "--quality=best", "--time-budget=0.5", "--leave-one-out");
    // Commands take what they have.
    assertThat(arguments("series")).doesNotContain("--top-k=5").contains("--quality=best");
    assertThat(arguments("verify")).isEmpty();
  }

  @Test
  void aTableIsForOneCommandAndGoesBeforeTheRest() throws IOException {
    file("quality = 'best'", "[explain]", "quality = 'fast'", "global = false");
    assertThat(arguments("explain")).containsExactly("--quality=fast");
    assertThat(arguments("evaluate")).containsExactly("--quality=best");
  }

  @Test
  void listsAreRepeatedOrJoinedAsTheOptionTakesThem() throws IOException {
    file("without = ['style=brick', 'night']", "[series]", "layers = ['a', 'b']");
    assertThat(arguments("explain")).containsExactly("--without=style=brick", "--without=night");
    assertThat(arguments("series")).contains("--layers=a,b");
    file("[explain]", "input = {mask = 'hole.png'}");
    assertThat(arguments("explain")).containsExactly("--input=mask=hole.png");
  }

  @Test
  void theCommandLineHasTheLastWord() throws IOException {
    file("quality = 'best'", "without = ['night']");
    assertThat(arguments("explain", "--quality", "fast", "--without=day")).isEmpty();
    assertThat(added("explain", "--no-settings")).isEmpty();
  }

  @Test
  void withoutAFileNothingIsAdded() {
    assertThat(added("explain")).isEmpty();
  }

  @Test
  void whatNobodyKnowsIsRefusedInOneLine() throws IOException {
    refused("no setting 'qualitty'; the closest are 'quality'", "qualitty = 'best'");
    refused("[explain], no setting 'panels'; the closest are ", "[explain]", "panels = 'input'");
    refused("no command 'explian'; the closest are 'explain'", "[explian]", "top-k = 1");
    refused("top-k: expected a value of N, found true", "top-k = true");
    refused("top-k: expected one value, found [1,2]", "top-k = [1, 2]");
    refused("leave-one-out: expected true or false, found 1", "leave-one-out = 1");
    refused("compnn.toml, line 2: expected TOML", "top-k = 1", "quality = ");
  }

  @Test
  void whatWritesOrOpensTheMachineIsSaidEachTime() throws IOException {
    refused("'out' is said on the command line each time", "out = 'why'");
    refused("[serve], 'host' is said on the command line each time", "[serve]", "host = '0.0.0.0'");
  }

  private void refused(String message, String... lines) throws IOException {
    file(lines);
    assertThatThrownBy(() -> added("explain"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("compnn.toml")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private List<String> said(String... words) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine(words);
    commandLine.setErr(new PrintWriter(err));
    assertThat(Main.execute(commandLine, words)).isEqualTo(2);
    return err.toString().lines().toList();
  }

  @Test
  void theFileIsNamedWhenItIsUsedAndWhenAValueOfItIsWrong() throws IOException {
    file("top-k = 5");
    assertThat(said("explain", database.toString(), "x.png", "--out", "" + folder.resolve("o")))
        .first()
        .isEqualTo("Settings of " + folder.resolve("compnn.toml") + ": --top-k=5");
    file("top-k = 'many'");
    assertThat(said("explain", database.toString(), "x.png", "--out", "" + folder.resolve("o")))
        .first()
        .asString()
        .startsWith("compnn: " + folder.resolve("compnn.toml") + ": Invalid value")
        .contains("--top-k", "many");
  }
}
