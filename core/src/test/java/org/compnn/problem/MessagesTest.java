package org.compnn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library is not only called from a command line, and so names no flag and no command. */
final class MessagesTest {
  private static final Path SOURCES = Path.of("src/main/java");

  private static final Pattern FLAG = Pattern.compile("\"[^\"]*--[a-z]");
  private static final Pattern COMMAND =
      Pattern.compile("\"[^\"]*compnn (index|verify|layers|explain|series|blame|serve|train)\\b");

  @Test
  void noTextOfTheLibraryNamesAFlagOrACommand() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> FLAG.matcher(line).find() || COMMAND.matcher(line).find())
            .forEach(line -> found.add(file + ": " + line.strip()));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void anErrorKnowsAllThatCanMendItTheFirstFirst() {
    IOException cause = new IOException("full");
    UserError error = UserError.about(Knob.VERIFY, "broken", cause).and(Knob.INDEX);
    assertThat(error).hasMessage("broken").hasCause(cause);
    assertThat(error.knobs()).containsExactly(Knob.VERIFY, Knob.INDEX);
    assertThat(error.knob()).contains(Knob.VERIFY);
    assertThat(new UserError("broken").knob()).isEqualTo(Optional.empty());
  }
}
