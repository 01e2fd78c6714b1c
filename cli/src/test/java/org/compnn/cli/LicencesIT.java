package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code THIRD-PARTY.md} names all that is shipped, as it lies beside the program. */
@Tag("end-to-end")
final class LicencesIT {
  private static final Path LIST = Path.of("../THIRD-PARTY.md");

  /** A row of its table: group and name, version, licence. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `[^`:]+:([^`]+)` \\| (\\S+) \\| ([^|]+) \\|", Pattern.MULTILINE);

  /** What only those who train fetch, and a build under CI: it is not shipped. */
  private static final Pattern FETCHED = Pattern.compile("pytorch-(native|jni)-");

  private static Set<String> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar") && !name.startsWith("compnn-"))
          .filter(name -> !FETCHED.matcher(name).lookingAt())
          .forEach(names::add);
      return names;
    }
  }

  @Test
  void everyJarBesideTheProgramIsNamedWithItsVersionAndALicenceOfWhichTheTextIsGiven()
      throws IOException {
    Set<String> shipped = new TreeSet<>();
    for (String module : List.of("cli", "train")) {
      Path lib = Path.of("..", module, "target", "lib");
      assertThat(lib).as("of mvn package").isDirectory();
      shipped.addAll(jars(lib));
    }
    String text = Files.readString(LIST);
    Set<String> named = new TreeSet<>();
    for (Matcher row = ROW.matcher(text); row.find(); ) {
      named.add(row.group(1) + "-" + row.group(2) + ".jar");
      assertThat(text).contains("\n## " + row.group(3).split(" ", 2)[0] + "\n");
    }
    assertThat(named).isEqualTo(shipped);
  }
}
