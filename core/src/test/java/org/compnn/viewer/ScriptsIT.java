package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.compnn.browser.Needed;
import org.compnn.browser.Programs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JavaScript modules of all pages, without a browser: what needs none of it is tested by Node,
 * in {@code src/test/js}.
 */
@Tag("scripts")
final class ScriptsIT {
  private static final int SECONDS = 120;

  @TempDir private Path folder;

  /** One test for each file; what Node says of the tests in it is shown where one fails. */
  @TestFactory
  Stream<DynamicTest> whatNodeTests() throws IOException {
    return files("src/test/js", ".test.js").map(file -> node(file, "--test"));
  }

  /** A slip that no test meets would show in a browser only. */
  @TestFactory
  Stream<DynamicTest> everyScriptCanBeRead() throws IOException {
    return files("src/main/resources", ".js").map(file -> node(file, "--check"));
  }

  private DynamicTest node(Path file, String option) {
    Path root = Path.of("..").toAbsolutePath().normalize();
    return DynamicTest.dynamicTest(
        root.relativize(file).toString(),
        file.toUri(),
        () -> {
          Path node =
              Needed.program(
                  Programs.onPath(List.of("node", "nodejs")),
                  "needs Node 18 or later on the PATH; Debian's package is nodejs");
          Path said = folder.resolve("said.txt");
          Process process =
              new ProcessBuilder(node.toString(), option, file.toString())
                  .redirectErrorStream(true)
                  .redirectOutput(said.toFile())
                  .start();
          if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
          }
          assertThat(process.exitValue())
              .as(Files.readString(said, StandardCharsets.UTF_8))
              .isZero();
        });
  }

  /** Of every module, sorted. */
  private static Stream<Path> files(String under, String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of("..").toAbsolutePath().normalize())) {
      for (Path folder : modules.map(m -> m.resolve(under)).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(f -> f.toString().endsWith(ending)).forEach(found::add);
        }
      }
    }
    return found.stream().sorted();
  }
}
