package org.compnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Java writes numbers in the digits of the machine's language unless it is told a locale; in the
 * name of a file, or in one that programs read, that is wrong.
 */
final class NumbersInTextsTest {
  private static final Pattern FORMATTED =
      Pattern.compile("((?s:\"\"\".*?\"\"\")|\"(?:[^\"\\\\\\n]|\\\\.)*+\")\\s*\\.formatted\\(");
  private static final Pattern NUMBER = Pattern.compile("%[-+ 0-9,.]*[dfegx]");

  /** Messages for a person may be in the digits of that person. */
  private static final Pattern MESSAGE =
      Pattern.compile("(Error|UserError\\.about|Exception|Refusal[.\\w]*)\\(\\s*[^;]*$");

  private static final Pattern UNTOLD =
      Pattern.compile("String\\.format\\(\\s*\"|\\bprintf\\(\\s*\"");

  @Test
  void numbersAreWrittenInTheRootLocale() throws IOException {
    List<String> found = new ArrayList<>();
    Path root = Path.of("..").toAbsolutePath().normalize();
    for (String module : List.of("core", "cli", "demo", "generate", "server", "train")) {
      try (Stream<Path> files = Files.walk(root.resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          look(root.relativize(file).toString(), Files.readString(file), found);
        }
      }
    }
    assertThat(found).as("use String.format(Locale.ROOT, ...)").isEmpty();
  }

  private static void look(String file, String source, List<String> found) {
    Matcher formatted = FORMATTED.matcher(source);
    while (formatted.find()) {
      String before = source.substring(Math.max(0, formatted.start() - 160), formatted.start());
      if (NUMBER.matcher(formatted.group(1)).find() && !MESSAGE.matcher(before).find()) {
        found.add(file + ": " + formatted.group(1));
      }
    }
    Matcher untold = UNTOLD.matcher(source);
    while (untold.find()) {
      found.add(file + ": " + source.substring(untold.start(), untold.start() + 40));
    }
  }
}
