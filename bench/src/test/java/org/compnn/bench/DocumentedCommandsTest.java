package org.compnn.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.compnn.documents.DocumentedCommands;
import org.compnn.documents.DocumentedCommands.Line;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command line of the documents is one that is taken. */
final class DocumentedCommandsTest {
  static Stream<Line> typed() {
    return DocumentedCommands.blocks("bench").stream()
        .filter(line -> !line.words().contains("...") && !isSynopsis(line));
  }

  static Stream<Line> synopses() {
    return DocumentedCommands.blocks("bench").stream().filter(DocumentedCommandsTest::isSynopsis);
  }

  /** What may be left out stands in brackets. */
  private static boolean isSynopsis(Line line) {
    return line.words().stream().anyMatch(word -> word.startsWith("["));
  }

  @ParameterizedTest
  @MethodSource("typed")
  void whatIsToBeTypedIsUnderstood(Line line) {
    assertThatCode(() -> Bench.commandLine().parseArgs(line.words().toArray(String[]::new)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("synopses")
  void whatASynopsisNamesIsThere(Line line) {
    CommandLine command =
        requireNonNull(Bench.commandLine().getSubcommands().get(line.words().getFirst()));
    line.words().stream()
        .map(word -> word.replaceAll("[\\[\\]]", ""))
        .filter(word -> word.startsWith("--"))
        .forEach(word -> assertThat(command.getCommandSpec().findOption(word)).isNotNull());
  }
}
