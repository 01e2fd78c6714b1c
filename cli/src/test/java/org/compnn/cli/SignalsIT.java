package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.compnn.database.Database;
import org.compnn.demo.ShippedModel;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and the like, sent to commands in processes of their own. */
@Tag("end-to-end")
@DisabledOnOs(OS.WINDOWS)
final class SignalsIT {
  /** More for a longer search for a moment that crashes. */
  private static final int KILLS = Integer.getInteger("kills", 2);

  @TempDir private static Path folder;

  private static Path model;
  private static Path data;

  @BeforeAll
  static void makeADataSet() throws IOException {
    data = folder.resolve("data");
    model = ShippedModel.LABELLER.unpack(folder);
    SmallBuildings.run(
        "generate",
        "--count",
        24,
        "--size",
        ShippedModel.SIZE,
        "--direction",
        "photos",
        "--out",
        data);
  }

  @Test
  void indexingEndsAtOnceWithOneLineAndGoesOnLater() throws Exception {
    Random random = new Random(Long.getLong("seed", 5));
    Path database = folder.resolve("interrupted.db");
    int stopped = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String signal = List.of("INT", "TERM").get(kill % 2);
      Command command =
          Command.start(
              "index",
              model,
              data,
              "--layers",
              "penultimate,bottleneck",
              "--out",
              database,
              "--force",
              "--type",
              "float32");
      if (kill == 0) {
        command.waitFor(database.getFileName().toString());
      }
      Thread.sleep(700 + random.nextInt(2_500));
      command.signal(signal);
      int code = command.end();
      if (code != 0) {
        assertThat(code).as(command.said()).isEqualTo(signal.equals("INT") ? 130 : 143);
      }
      // On a slow machine a signal may come before the program's first line of code.
      if (code != 0 && (kill == 0 || command.said().contains("compnn:"))) {
        stopped++;
        assertThat(command.said())
            .contains("compnn: stopped; index again to go on")
            .doesNotContain("rror");
        assertThat(command.said().lines().filter(line -> line.startsWith("compnn"))).hasSize(1);
      }
      command.assertNoCrash();
    }
    assertThat(stopped).isPositive();
    if (Files.exists(database)) {
      SmallBuildings.run(
          "index",
          model,
          data,
          "--layers",
          "penultimate,bottleneck",
          "--out",
          database,
          "--force",
          "--type",
          "float32");
      assertThat(Database.verify(database, Progress.NONE)).isEmpty();
    }
  }

  @Test
  void otherCommandsEndWithTheSignalsCodeToo() throws Exception {
    Path database = folder.resolve("served.db");
    SmallBuildings.run("index", model, data, "--layers", "penultimate", "--out", database);
    for (Object[] words :
        List.of(
            new Object[] {"serve", database, "--port", "0"},
            new Object[] {"evaluate", database, data, "--out", folder.resolve("figures")})) {
      Command command = Command.start(words);
      Thread.sleep(1_500);
      command.signal("TERM");
      int code = command.end();
      assertThat(code).as(command.said()).isIn(0, 143);
      if (code == 143) {
        assertThat(command.said()).contains("compnn: stopped").doesNotContain("rror");
      }
      command.assertNoCrash();
    }
  }

  /** A command under way. */
  private record Command(Process process, Path home) {
    static Command start(Object... words) throws IOException {
      Path home = Files.createTempDirectory(folder, "run");
      List<String> command = new ArrayList<>();
      // Whoever runs the tests may have told the system to ignore Ctrl-C.
      command.addAll(List.of("env", "--default-signal=INT", "--default-signal=TERM"));
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "--add-modules=jdk.incubator.vector",
              "--enable-native-access=ALL-UNNAMED",
              "-Djava.awt.headless=true",
              "-XX:ErrorFile=" + home.resolve("hs_err.log"),
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              "org.compnn.cli.Main"));
      Stream.of(words).map(Object::toString).forEach(command::add);
      return new Command(
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("said.txt").toFile())
              .start(),
          home);
    }

    /** Waits until there is a file of this name, whatever else is in the name. */
    void waitFor(String name) throws IOException, InterruptedException {
      while (process.isAlive()) {
        try (Stream<Path> files = Files.list(folder)) {
          if (files.anyMatch(file -> file.getFileName().toString().contains(name))) {
            return;
          }
        }
        Thread.sleep(20);
      }
    }

    void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    int end() throws InterruptedException {
      boolean ended = process.waitFor(90, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      assertThat(ended).as("it ended").isTrue();
      return process.exitValue();
    }

    String said() throws IOException {
      return Files.readString(home.resolve("said.txt"));
    }

    void assertNoCrash() throws IOException {
      try (Stream<Path> files = Files.list(home)) {
        assertThat(files.map(file -> file.getFileName().toString())).containsExactly("said.txt");
      }
    }
  }
}
