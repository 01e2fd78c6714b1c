package org.compnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The kinds of tests are kept apart: those that {@code mvn test} runs are quick and need nothing
 * but a JVM, and no class with tests has a name by which nothing runs it.
 */
final class TestKindsTest {
  private static final Set<String> KINDS =
      Set.of("end-to-end", "browser", "real-data", "scripts", "fuzz", "stress", "chaos", "cluster");
  private static final Pattern TEST =
      Pattern.compile(
          "^ +@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b", Pattern.MULTILINE);
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]*)\"\\)");

  @Test
  void aUnitTestIsNamedTestAndAnyOtherIsNamedItAndHasTheTagOfItsKind() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : SourceFormatTest.sources()) {
      String name = file.getFileName().toString();
      String source = Files.readString(file);
      List<String> tags = TAG.matcher(source).results().map(found -> found.group(1)).toList();
      if (name.endsWith("IT.java")) {
        if (tags.isEmpty() || !KINDS.containsAll(tags)) {
          wrong.add(name + ": expected tags among " + KINDS + ", found " + tags);
        }
      } else if (name.endsWith("Test.java")) {
        if (!tags.isEmpty()) {
          wrong.add(name + ": expected no tag in a unit test, found " + tags + "; name it IT");
        }
      } else if (TEST.matcher(source).find()) {
        wrong.add(name + ": expected a name that ends with Test or IT, since it holds tests");
      }
    }
    assertThat(wrong).isEmpty();
  }
}
