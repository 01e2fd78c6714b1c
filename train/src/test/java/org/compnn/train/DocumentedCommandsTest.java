package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.compnn.documents.DocumentedCommands;
import org.compnn.documents.DocumentedCommands.Line;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line of the documents is one that is taken. */
final class DocumentedCommandsTest {
  static Stream<Line> typed() {
    return DocumentedCommands.blocks("compnn").stream()
        .filter(line -> line.words().getFirst().equals("train"))
        .filter(line -> !line.words().contains("..."));
  }

  @ParameterizedTest
  @MethodSource("typed")
  void whatIsToBeTypedIsUnderstood(Line line) {
    assertThatCode(() -> Main.commandLine().parseArgs(line.words().toArray(String[]::new)))
        .doesNotThrowAnyException();
  }
}
