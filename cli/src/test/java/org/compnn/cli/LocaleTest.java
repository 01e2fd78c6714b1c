package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on machines of other languages, in a JVM of its own. */
final class LocaleTest {
  @TempDir private Path folder;

  private record Ended(int code, String printed) {}

  private static Ended run(ProcessBuilder process) throws IOException, InterruptedException {
    Process running = process.redirectErrorStream(true).start();
    String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(running.exitValue(), printed);
  }

  private static ProcessBuilder command(List<String> properties, Object... args) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--add-modules=jdk.incubator.vector");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.addAll(properties);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.compnn.cli.Main"));
    Arrays.stream(args).map(Object::toString).forEach(words::add);
    return new ProcessBuilder(words);
  }

  @ParameterizedTest
  @CsvSource({"ar, EG", "mr, IN"})
  void digitsOfTheLanguageReachNoFile(String language, String country) throws Exception {
    Ended made =
        run(
            command(
                List.of("-Duser.language=" + language, "-Duser.country=" + country),
                "generate",
                "--count",
                2,
                "--size",
                64,
                "--out",
                folder));
    assertThat(made.code).as(made.printed).isZero();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> names = files.toList();
      assertThat(names).anyMatch(name -> name.endsWith("images/000001.png"));
      for (Path name : names) {
        assertThat(folder.relativize(name).toString()).matches("\\p{ASCII}*");
        if (name.toString().endsWith(".csv") || name.toString().endsWith(".json")) {
          assertThat(Files.readString(name)).matches("(?s)\\p{ASCII}*");
        }
      }
    }
    assertThat(made.printed).contains("Generated 2 facades");
  }

  @Test
  void aNameThatTheLocaleCannotWriteIsRefusedInOneLine() throws Exception {
    ProcessBuilder explain =
        command(List.of(), "explain", folder.resolve("none.db"), "stra\u00dfe.png", "--out", "why");
    explain.environment().put("LC_ALL", "C");
    Ended ended = run(explain);
    assumeTrue(
        ended.printed.contains("ANSI_X3.4-1968"), "this machine's C locale knows all letters");
    assertThat(ended.code).isEqualTo(2);
    assertThat(ended.printed.lines().filter(line -> line.startsWith("compnn: ")))
        .singleElement()
        .asString()
        .contains("set LC_ALL=C.UTF-8");
  }

  @Test
  void theLauncherChoosesALocaleOfAllLetters() throws Exception {
    Path names = Path.of("..").toAbsolutePath().normalize().resolve("bin/utf8-names");
    ProcessBuilder shell =
        new ProcessBuilder(
            "bash", "-c", ". '" + names + "'; printf %s \"$LC_ALL\"; locale charmap");
    shell.environment().put("LC_ALL", "C");
    assumeTrue(run(new ProcessBuilder("bash", "-c", "locale -a")).printed.contains("C.utf8"));
    assertThat(run(shell).printed.strip()).isEqualTo("C.UTF-8UTF-8");
    shell.environment().put("LC_ALL", "C.UTF-8");
    assertThat(run(shell).printed.strip()).isEqualTo("C.UTF-8UTF-8");
  }
}
