package org.compnn.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.compnn.chaos.mutate.Format;
import org.compnn.chaos.mutate.Mutation;
import org.compnn.chaos.mutate.Worker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Mutates files in ways that their own format knows, and has the program read them. */
@Command(
    name = "mutate",
    mixinStandardHelpOptions = true,
    description =
        "Mutate networks, arrays, pictures and data sets in ways that their format knows; the"
            + " program must take or refuse each in one line.")
final class MutateCampaign implements Callable<Integer> {
  /** A hundred times what one takes; a network may run for five seconds. */
  private static final int LONGEST_SECONDS = 90;

  private static final int BATCH = 5_000;

  /**
   * The same where Parquet is among them: of some broken files its library leaves a waiting thread
   * behind, and some megabytes with it.
   */
  private static final int PARQUET_BATCH = 500;

  @Mixin private final Bounds bounds = new Bounds();

  @Option(
      names = "--formats",
      split = ",",
      paramLabel = "FORMAT,...",
      description = "Some of ${COMPLETION-CANDIDATES}. Default: all in turn.")
  private List<Format> formats = List.of(Format.values());

  @Option(names = "--keep", paramLabel = "DIR", description = "Keep the inputs that failed there.")
  private Optional<Path> keep = Optional.empty();

  @Option(
      names = "--guided",
      description = "Let Jazzer choose the mutations, by the lines of the program that they reach.")
  private boolean guided;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("compnn-chaos");
    try {
      Results results = guided ? new Guided(bounds, formats, keep, folder).run() : seeded(folder);
      return bounds.tell(results, System.out);
    } finally {
      Trees.delete(folder);
    }
  }

  private Results seeded(Path folder) throws IOException, InterruptedException {
    Results results = new Results("mutate", bounds.seed());
    long end = System.nanoTime() + bounds.time().toNanos();
    long done = 0;
    while (done < bounds.count() && System.nanoTime() < end) {
      done += batch(folder, results, bounds.seed() + done, bounds.count() - done, end);
      bounds.keep(results);
    }
    return results;
  }

  /** Runs a process until it dies or all is done; returns how many were tried. */
  private long batch(Path folder, Results results, long first, long count, long end)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + folder,
                "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                "-cp",
                Child.classPath(),
                Worker.class.getName(),
                folder.resolve("input").toString(),
                Long.toString(first),
                Long.toString(
                    Math.min(count, formats.contains(Format.PARQUET) ? PARQUET_BATCH : BATCH))));
    formats.forEach(format -> command.add(format.name()));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile()).start();
    LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = Thread.ofVirtual().start(() -> read(process, lines));
    long tried = 0;
    String kind = "";
    long seed = first;
    boolean trying = false;
    try {
      Patience patience = new Patience(process, LONGEST_SECONDS);
      while (System.nanoTime() < end) {
        String line = lines.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (line == null && !patience.isOver()) {
          continue;
        }
        if (line == null) {
          fail(results, seed, kind, "takes longer than " + LONGEST_SECONDS + " s");
          return tried;
        }
        if (line.isEmpty()) {
          if (trying) {
            fail(results, seed, kind, "the JVM died: " + died(folder));
          }
          return Math.max(tried, trying ? tried : 1);
        }
        if (line.startsWith(Worker.TRYING)) {
          String[] words = line.split(" ", -1);
          seed = Long.parseLong(words[1]);
          kind = words[2];
          trying = true;
          tried++;
          patience = new Patience(process, LONGEST_SECONDS);
        } else if (line.equals(Worker.SURVIVED)) {
          results.add(seed, Outcome.survived(kind));
          trying = false;
        } else if (line.startsWith(Worker.FAILED)) {
          fail(results, seed, kind, line.substring(Worker.FAILED.length()));
          trying = false;
        }
      }
      return tried;
    } finally {
      process.destroyForcibly().waitFor();
      reader.join();
    }
  }

  private static void read(Process process, LinkedBlockingQueue<String> lines) {
    try (BufferedReader in = process.inputReader()) {
      in.lines().filter(line -> !line.isEmpty()).forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      // It was ended.
    }
    lines.add("");
  }

  private static String died(Path folder) throws IOException {
    return Files.readString(folder.resolve("errors.txt"))
        .lines()
        .filter(line -> !line.contains("WARNING"))
        .limit(4)
        .toList()
        .toString();
  }

  private void fail(Results results, long seed, String kind, String wrong) throws IOException {
    results.add(seed, Outcome.failed(kind, wrong + " (--formats " + names() + ")"));
    if (keep.isPresent() && !kind.isEmpty()) {
      // Written anew: the worker may be at its next try by now.
      Format format = formats.get((int) Math.floorMod(seed, (long) formats.size()));
      Mutation.write(format, Mutation.recipe(seed), keep.get().resolve(kind + "-" + seed));
    }
  }

  private String names() {
    return String.join(
        ",",
        Arrays.stream(formats.toArray(Format[]::new))
            .map(f -> f.name().toLowerCase(Locale.ROOT))
            .toList());
  }
}
