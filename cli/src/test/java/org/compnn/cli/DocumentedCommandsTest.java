package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.documents.DocumentedCommands;
import org.compnn.documents.DocumentedCommands.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Every command line in the documents is one that the program takes. */
final class DocumentedCommandsTest {
  /** It goes on after an error, to find them all. */
  private static final CommandLine PROGRAM = Main.commandLine();

  static {
    PROGRAM.getCommandSpec().parser().collectErrors(true);
    PROGRAM
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().parser().collectErrors(true));
  }

  static Stream<Line> typed() {
    return Stream.concat(DocumentedCommands.blocks("compnn").stream(), help().stream());
  }

  static Stream<Line> mentioned() {
    return DocumentedCommands.inline("compnn").stream();
  }

  /** Those of the commands' help. */
  private static List<Line> help() {
    List<Line> found = new ArrayList<>();
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String footer =
                  String.join("\n", command.getCommandSpec().usageMessage().footer())
                      .replaceAll("\\\\\\s*\n\\s*", "");
              for (String line : footer.split("\n", -1)) {
                List<String> words = DocumentedCommands.typed("compnn", line);
                if (!words.isEmpty()) {
                  found.add(new Line("help of " + name, words));
                }
              }
            });
    return found;
  }

  /** What is wrong with a command line. */
  private static List<String> faults(Line line, boolean whole) {
    String[] words =
        line.words().stream().filter(word -> !word.equals("...")).toArray(String[]::new);
    List<Exception> errors;
    try {
      var parsed = PROGRAM.parseArgs(words);
      errors =
          Stream.concat(parsed.errors().stream(), Voice.leaf(parsed).errors().stream()).toList();
    } catch (ParameterException e) {
      errors = List.of(e);
    }
    return errors.stream()
        .filter(e -> whole || !(e instanceof MissingParameterException))
        // Where a sentence says ..., or a value in capitals, any could stand.
        .filter(e -> whole || !String.valueOf(e.getMessage()).startsWith("Invalid value"))
        .map(Exception::getMessage)
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("typed")
  void whatIsToBeTypedIsUnderstood(Line line) {
    assertThat(faults(line, line.words().stream().noneMatch("..."::equals))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("mentioned")
  void whatIsMentionedIsThere(Line line) {
    assertThat(faults(line, false)).isEmpty();
  }

  @Test
  void theDocumentsHoldCommandsOfEveryKind() {
    List<String> commands = typed().map(line -> line.words().getFirst()).distinct().toList();
    assertThat(commands).containsAll(MainTest.commands());
  }

  @Test
  void wordsAreSplitAsAShellSplitsThem() {
    assertThat(DocumentedCommands.words("compare a.db x.png --database 'all: -x' --out o   # why"))
        .containsExactly("compare", "a.db", "x.png", "--database", "all: -x", "--out", "o");
    assertThat(DocumentedCommands.words("man explain | man -l -"))
        .containsExactly("man", "explain");
  }
}
