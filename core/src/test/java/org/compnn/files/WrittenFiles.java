package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What commands wrote into a folder, without the times that differ from run to run. */
public final class WrittenFiles {
  private static final String TIMES =
      "\"(network|search|compose)\" ?: ?[0-9.]+(E-?[0-9]+)?|search [0-9.]+ s each";

  private WrittenFiles() {}

  private static Map<String, String> of(Path folder) throws IOException {
    Map<String, String> written = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        written.put(folder.relativize(file).toString(), text.replaceAll(TIMES, "-"));
      }
    }
    return written;
  }

  /**
   * Asserts that two folders hold the same files.
   *
   * @param least how many files at least
   */
  public static void assertTheSame(Path one, Path other, int least) throws IOException {
    Map<String, String> expected = of(one);
    assertThat(expected).hasSizeGreaterThanOrEqualTo(least);
    Map<String, String> found = of(other);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((file, content) -> assertThat(found.get(file)).as(file).isEqualTo(content));
  }
}
