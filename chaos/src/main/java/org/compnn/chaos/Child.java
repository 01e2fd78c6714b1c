package org.compnn.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code compnn} command in a process of its own, with a working folder and a temporary folder of
 * its own. What it says goes to a file.
 */
final class Child implements AutoCloseable {
  private static final int LONGEST_SECONDS = 180;
  private static final String SAID = "said.txt";

  private final Process process;
  private final Path home;

  /**
   * How a command ended.
   *
   * @param code its exit code
   * @param said all that it printed
   */
  record Ended(int code, String said) {
    /** What is wrong, if it did not end with this code. */
    Optional<String> unless(int expected) {
      return code == expected
          ? Optional.empty()
          : Optional.of("expected exit code %d, found %d: %s".formatted(expected, code, said));
    }

    /** The lines that the program says to its user. */
    List<String> lines() {
      return said.lines().filter(line -> line.startsWith("compnn: ")).toList();
    }

    /** What is wrong, if it is neither done nor one line that the user can act on. */
    Optional<String> unlessDoneOrOneLine() {
      boolean one = code == 2 && lines().size() == 1 && !said.contains("\tat ");
      return code == 0 || one
          ? Optional.empty()
          : Optional.of("expected one line and exit code 2, found %d: %s".formatted(code, said));
    }
  }

  private Child(Process process, Path home) {
    this.process = process;
    this.home = home;
  }

  /** Starts a command. */
  static Child start(Path home, List<Object> words) throws IOException {
    return start(home, List.of(), List.of("-Xmx512m"), words);
  }

  /**
   * Starts a command.
   *
   * @param home a folder for it alone, made if need be
   * @param before what starts the JVM, as a shell with limits does
   * @param options of the JVM
   * @param words the command and its arguments, or another main class and its own
   */
  static Child start(Path home, List<String> before, List<String> options, List<Object> words)
      throws IOException {
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    List<String> command = new ArrayList<>(before);
    if (Files.exists(Path.of("/usr/bin/env"))) {
      // Whoever started us may have told the system to ignore Ctrl-C.
      command.addAll(List.of("/usr/bin/env", "--default-signal=INT", "--default-signal=TERM"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + temporary,
            "-XX:ErrorFile=" + home.resolve("hs_err.log"),
            "-cp",
            classPath()));
    command.addAll(options);
    command.add(words.getFirst() instanceof Class<?> main ? main.getName() : "org.compnn.cli.Main");
    words.stream()
        .filter(word -> !(word instanceof Class<?>))
        .map(Object::toString)
        .forEach(command::add);
    return new Child(
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(SAID).toFile())
            .start(),
        home);
  }

  /** The class path of this JVM, tests' included. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Runs a command to its end. */
  static Ended run(Path home, Object... words) throws IOException, InterruptedException {
    try (Child child = start(home, Arrays.asList(words))) {
      return child.end();
    }
  }

  Process process() {
    return process;
  }

  /** Asks it to end, as {@code kill} does. */
  void signal(String name) throws IOException, InterruptedException {
    if (name.equals("KILL")) {
      process.destroyForcibly();
    } else {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /** Waits for its end, and ends it where that takes too long. */
  Ended end() throws IOException, InterruptedException {
    Patience patience = new Patience(process, LONGEST_SECONDS);
    while (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      if (patience.isOver()) {
        process.destroyForcibly().waitFor();
        return new Ended(-1, "it did not end within " + LONGEST_SECONDS + " s; " + said());
      }
    }
    return new Ended(process.exitValue(), said());
  }

  String said() throws IOException {
    return Files.readString(home.resolve(SAID))
        .replaceAll("WARNING: Using incubator[^\\n]*\\n", "");
  }

  /** What it left where it ran: reports of crashes, or more than a megabyte of temporary files. */
  Optional<String> litter() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      Optional<Path> report =
          all.stream().filter(f -> f.getFileName().toString().startsWith("hs_err")).findFirst();
      if (report.isPresent()) {
        return Optional.of(
            "the JVM crashed: "
                + Files.readString(report.get()).lines().skip(3).findFirst().orElse(""));
      }
      long bytes = 0;
      for (Path file : all) {
        bytes += file.getFileName().toString().equals(SAID) ? 0 : Files.size(file);
      }
      return bytes > 1 << 20
          ? Optional.of("%d bytes are left in the temporary folder".formatted(bytes))
          : Optional.empty();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
