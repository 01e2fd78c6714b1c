package org.compnn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.compnn.database.Database;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What commands take from a cold start, each in processes of its own. */
@Command(
    name = "start",
    description =
        "Measure cold commands, each alone, best of several runs: --version and --help over java"
            + " -version, explain over the network's own cold run, and how large reports are.",
    footerHeading = "%nExample:%n",
    footer = {
      "  bin/bench start camvid.db camvid/val --studies",
      "  bin/bench start camvid.db camvid/val/images/*.jpg"
    },
    mixinStandardHelpOptions = true)
final class StartBench implements Callable<Integer> {
  /** Of a second, in which Linux counts for programs. */
  private static final double TICKS = 100;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DB", description = "Database.")
  private Path folder;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description =
          "Pictures to explain, or one data set (a folder): the first alone, the first ten"
              + " (--pictures) together.")
  private List<Path> pictures;

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "Launcher to measure, such as an image's bin/compnn. Default: this clone's.")
  private @Nullable Path program;

  @Option(names = "--repeats", description = "Runs of each. Default: ${DEFAULT-VALUE}.")
  private int repeats = 3;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description =
          "Pictures in one command; 1 leaves that row out. With --repeats 1 --pictures 1 the whole"
              + " takes a quarter of a minute. Default: ${DEFAULT-VALUE}.")
  private int several = 10;

  @Option(
      names = "--studies",
      description =
          "Also evaluate, blame and suspects, once each: over the whole data set, and over as many"
              + " training pictures.")
  private boolean studies;

  /**
   * A command's best run.
   *
   * @param seconds by the clock
   * @param processorSeconds of all processors, in that run
   * @param reportBytes what it left behind
   */
  private record Cold(double seconds, double processorSeconds, long reportBytes) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("compnn.home", "."));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String compnn = (program == null ? home.resolve("bin/compnn") : program).toString();
    PrintWriter print = spec.commandLine().getOut();
    Path out = Files.createTempDirectory("compnn-start");
    try {
      print.printf(
          Locale.ROOT,
          "Load before the run %.1f; %d cores; best of %d, each in a process of its own%n%n",
          Machine.here().load(),
          Runtime.getRuntime().availableProcessors(),
          repeats);
      print.println("| command | s | CPU s | times |");
      print.println("|---|---|---|---|");
      Cold bare = row(print, out, "java -version", List.of(java, "-version"), Optional.empty());
      Optional<Base> overBare = Optional.of(new Base("java -version", bare));
      row(print, out, "compnn --version", List.of(compnn, "--version"), overBare);
      row(print, out, "compnn --help", List.of(compnn, "--help"), overBare);
      String alone = "the network alone, ONNX Runtime in a fresh JVM";
      Cold network = row(print, out, alone, network(java), Optional.empty());
      Cold one =
          row(
              print,
              out,
              "compnn explain, 1 picture",
              explain(compnn, out, 1),
              Optional.of(new Base("that", network)));
      int together = dataset() ? several : Math.min(several, pictures.size());
      if (together > 1) {
        row(
            print,
            out,
            "compnn explain, " + together + " pictures",
            explain(compnn, out, together),
            Optional.of(new Base("one picture", one)));
      }
      if (studies) {
        studies(print, out, compnn, new Base("one picture", one));
      }
      return 0;
    } finally {
      delete(out);
    }
  }

  private boolean dataset() {
    return pictures.size() == 1 && Files.isDirectory(pictures.getFirst());
  }

  private int size() {
    try (Database database = Database.open(folder);
        var network = database.network(NetworkOptions.defaults())) {
      TargetFormat format = TargetFormat.of(network.output());
      return Dataset.open(pictures.getFirst(), DatasetOptions.of(format)).pairs().size();
    }
  }

  private void studies(PrintWriter print, Path out, String compnn, Base one)
      throws IOException, InterruptedException {
    if (!dataset()) {
      throw new UserError("--studies: expected one data set, found pictures");
    }
    String data = pictures.getFirst().toString();
    String db = folder.toString();
    int size = size();
    repeats = 1;
    for (List<String> asked :
        List.of(
            List.of("evaluate", db, data),
            List.of("blame", db, data),
            List.of("suspects", db, "--limit", String.valueOf(size)))) {
      List<String> command = new ArrayList<>(List.of(compnn));
      command.addAll(asked);
      command.addAll(List.of("--out", out.resolve(asked.getFirst()).toString()));
      String what = "compnn %s, %d pictures, once".formatted(asked.getFirst(), size);
      row(print, out, what, command, Optional.of(one));
    }
  }

  /**
   * What a row is compared with.
   *
   * @param what its name in a row
   */
  private record Base(String what, Cold cold) {}

  /** Measures a command and prints it at once: a whole table takes minutes. */
  private Cold row(
      PrintWriter print, Path out, String what, List<String> command, Optional<Base> base)
      throws IOException, InterruptedException {
    Cold cold = best(out, command);
    String times =
        base.map(
                b ->
                    String.format(
                        Locale.ROOT, "%.1f of %s", cold.seconds() / b.cold().seconds(), b.what()))
            .orElse("");
    String report =
        cold.reportBytes() == 0
            ? ""
            : String.format(Locale.ROOT, "; report.html %.1f MB", cold.reportBytes() / 1e6);
    print.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %s%s |%n",
        what,
        cold.seconds(),
        cold.processorSeconds(),
        times,
        report);
    print.flush();
    return cold;
  }

  private List<String> network(String java) {
    try (Database database = Database.open(folder);
        var network = database.network(NetworkOptions.defaults())) {
      if (network.inputs().size() > 1) {
        throw new UserError(
            folder + ": expected a network that reads one picture, found one that reads more");
      }
      return List.of(
          java,
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          System.getProperty("java.class.path"),
          ColdNetwork.class.getName(),
          network.file().toString(),
          String.valueOf(network.inputHeight()),
          String.valueOf(network.inputWidth()));
    }
  }

  private List<String> explain(String compnn, Path out, int many) {
    List<String> command = new ArrayList<>(List.of(compnn, "explain", folder.toString()));
    if (dataset()) {
      command.addAll(List.of(pictures.getFirst().toString(), "--limit", String.valueOf(many)));
    } else {
      pictures.subList(0, many).forEach(picture -> command.add(picture.toString()));
    }
    command.addAll(List.of("--out", out.resolve("why").toString()));
    return command;
  }

  private Cold best(Path out, List<String> command) throws IOException, InterruptedException {
    Path log = out.resolve("log.txt");
    Path report = out.resolve("why").resolve("report.html");
    Files.deleteIfExists(report);
    Cold best = new Cold(Double.POSITIVE_INFINITY, 0, 0);
    for (int run = 0; run < repeats; run++) {
      double before = childrenSeconds();
      long begin = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int code = process.waitFor();
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (code != 0) {
        throw new UserError(
            "%s: ended with code %d: %s"
                .formatted(
                    command.getFirst(),
                    code,
                    Files.readString(log).lines().findFirst().orElse("")));
      }
      if (seconds < best.seconds()) {
        best =
            new Cold(
                seconds, childrenSeconds() - before, Files.exists(report) ? Files.size(report) : 0);
      }
    }
    return best;
  }

  /** What processes that have ended took of the processors; not a number where none tells. */
  private static double childrenSeconds() throws IOException {
    Path self = Path.of("/proc/self/stat");
    if (!Files.exists(self)) {
      return Double.NaN;
    }
    String stat = Files.readString(self);
    // Behind the program's name, which may hold spaces; see proc(5), cutime and cstime.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Double.parseDouble(fields[13]) + Double.parseDouble(fields[14])) / TICKS;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
