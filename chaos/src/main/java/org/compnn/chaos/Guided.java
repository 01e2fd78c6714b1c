package org.compnn.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.chaos.mutate.Format;
import org.compnn.chaos.mutate.JazzerTarget;
import org.compnn.chaos.mutate.Mutation;

/**
 * Jazzer as the one who chooses: it sees which lines of the program a recipe reaches, and goes on
 * from those that reached new ones. What earlier runs found worth going on from is kept.
 */
final class Guided {
  private static final Pattern RUNS = Pattern.compile("^#(\\d+)\\b", Pattern.MULTILINE);
  private static final Pattern FINDING =
      Pattern.compile("== Java (?:Exception|Assertion)[^:]*: (.*)|ERROR: (libFuzzer: .*)");
  private static final int MOST_FINDINGS = 20;
  private static final int FIRST = 20;

  private final Bounds bounds;
  private final List<Format> formats;
  private final Optional<Path> keep;
  private final Path folder;

  Guided(Bounds bounds, List<Format> formats, Optional<Path> keep, Path folder) {
    this.bounds = bounds;
    this.formats = formats;
    this.keep = keep;
    this.folder = folder;
  }

  Results run() throws IOException, InterruptedException {
    Results results = new Results("mutate --guided", bounds.seed());
    for (Format format : formats) {
      run(format, results);
    }
    return results;
  }

  private void run(Format format, Results results) throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(folder.resolve("corpus-" + format.title()));
    int number = 0;
    for (String line : corpus(format)) {
      Files.write(corpus.resolve("kept-" + number++), HexFormat.of().parseHex(line));
    }
    // What Jazzer begins with: recipes as long as they get, which choose all there is to choose.
    for (int i = 0; i < FIRST; i++) {
      Files.write(corpus.resolve("first-" + i), Mutation.recipe(bounds.seed() + i));
    }
    Path found = Files.createDirectories(keep.orElse(folder.resolve("found"))).toAbsolutePath();
    Path said = folder.resolve("jazzer-" + format.title() + ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dchaos.format=" + format.name(),
                "-Dchaos.folder=" + folder.resolve("input"),
                "-cp",
                Child.classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerTarget.class.getName(),
                "--instrumentation_includes=org.compnn.**",
                "--instrumentation_excludes=org.compnn.chaos.**:org.compnn.network.onnx.**",
                "--keep_going=" + MOST_FINDINGS,
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/" + format.title() + "-",
                "-max_len=96",
                "-len_control=0",
                "-timeout=30",
                "-seed=" + bounds.seed(),
                "-max_total_time="
                    + Math.max(1, Math.min(86_400, bounds.time().toSeconds() / formats.size()))));
    if (bounds.count() < Integer.MAX_VALUE) {
      command.add("-runs=" + bounds.count() / formats.size());
    }
    command.add(corpus.toString());
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start()
        .waitFor();
    String text = Files.readString(said, StandardCharsets.ISO_8859_1);
    long runs =
        RUNS.matcher(text).results().mapToLong(m -> Long.parseLong(m.group(1))).max().orElse(0);
    List<String> findings = new ArrayList<>();
    for (Matcher m = FINDING.matcher(text); m.find(); ) {
      findings.add(m.group(1) == null ? m.group(2) : m.group(1));
    }
    for (long n = findings.size(); n < runs; n++) {
      results.add(bounds.seed(), Outcome.survived(format.title()));
    }
    findings.forEach(what -> results.add(bounds.seed(), Outcome.failed(format.title(), what)));
    if (runs == 0) {
      results.add(
          bounds.seed(),
          Outcome.failed(format.title(), "Jazzer did not run: " + text.lines().toList()));
    }
    if (keep.isPresent()) {
      keepCorpus(format, corpus);
    }
  }

  /** Recipes as lines, to be added to those that are kept. */
  private void keepCorpus(Format format, Path corpus) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : Trees.files(corpus)) {
      lines.add(format.name() + " " + HexFormat.of().formatHex(Files.readAllBytes(file)));
    }
    Files.write(keep.orElseThrow().resolve("corpus-" + format.title() + ".txt"), lines);
  }

  /** Recipes of a format that are kept, in hexadecimal digits. */
  static List<String> corpus(Format format) throws IOException {
    try (InputStream in = Guided.class.getResourceAsStream("corpus.txt")) {
      if (in == null) {
        return List.of();
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> line.startsWith(format.name() + " "))
          .map(line -> line.substring(format.name().length() + 1))
          .toList();
    }
  }
}
