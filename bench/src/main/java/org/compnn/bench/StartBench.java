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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.compnn.database.Database;
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
    footer = {"  bin/bench start camvid.db camvid/val/images/*.jpg"},
    mixinStandardHelpOptions = true)
final class StartBench implements Callable<Integer> {
  /** Pictures in one command. */
  private static final int SEVERAL = 10;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DB", description = "Database.")
  private Path folder;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "Pictures to explain: the first alone, the first ten together.")
  private List<Path> pictures;

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "Launcher to measure, such as an image's bin/compnn. Default: this clone's.")
  private @Nullable Path program;

  @Option(names = "--repeats", description = "Runs of each. Default: ${DEFAULT-VALUE}.")
  private int repeats = 3;

  /** Seconds and what was left behind. */
  private record Cold(double seconds, long reportBytes) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("compnn.home", "."));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String compnn = (program == null ? home.resolve("bin/compnn") : program).toString();
    PrintWriter print = spec.commandLine().getOut();
    Path out = Files.createTempDirectory("compnn-start");
    try {
      double bare = best(out, List.of(java, "-version")).seconds();
      double version = best(out, List.of(compnn, "--version")).seconds();
      double help = best(out, List.of(compnn, "--help")).seconds();
      double network = best(out, network(java)).seconds();
      List<Path> several = pictures.subList(0, Math.min(SEVERAL, pictures.size()));
      Cold one = best(out, explain(compnn, out, pictures.subList(0, 1)));
      Cold all = best(out, explain(compnn, out, several));
      print.printf(
          Locale.ROOT,
          "Load before the run %.1f; %d cores%n%n",
          Machine.here().load(),
          Runtime.getRuntime().availableProcessors());
      print.println("| command | s | times |");
      print.println("|---|---|---|");
      row(print, "java -version", bare, "");
      row(print, "compnn --version", version, over(version, bare, "java -version"));
      row(print, "compnn --help", help, over(help, bare, "java -version"));
      row(print, "the network alone, ONNX Runtime in a fresh JVM", network, "");
      row(print, "compnn explain, 1 picture", one.seconds(), over(one.seconds(), network, "that"));
      row(
          print,
          "compnn explain, " + several.size() + " pictures",
          all.seconds(),
          over(all.seconds(), one.seconds(), "one picture"));
      print.printf(
          Locale.ROOT,
          "%nreport.html: %.1f MB for one picture, %.1f MB for %d%n",
          one.reportBytes() / 1e6,
          all.reportBytes() / 1e6,
          several.size());
      print.flush();
      return 0;
    } finally {
      delete(out);
    }
  }

  private static void row(PrintWriter print, String what, double seconds, String times) {
    print.printf(Locale.ROOT, "| %s | %.2f | %s |%n", what, seconds, times);
  }

  private static String over(double seconds, double base, String what) {
    return String.format(Locale.ROOT, "%.1f of %s", seconds / base, what);
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

  private List<String> explain(String compnn, Path out, List<Path> explained) {
    List<String> command = new ArrayList<>(List.of(compnn, "explain", folder.toString()));
    explained.forEach(picture -> command.add(picture.toString()));
    command.addAll(List.of("--out", out.resolve("why").toString()));
    return command;
  }

  private Cold best(Path out, List<String> command) throws IOException, InterruptedException {
    double best = Double.POSITIVE_INFINITY;
    Path log = out.resolve("log.txt");
    Path report = out.resolve("why").resolve("report.html");
    for (int run = 0; run < repeats; run++) {
      long begin = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int code = process.waitFor();
      if (code != 0) {
        throw new UserError(
            "%s: ended with code %d: %s"
                .formatted(
                    command.getFirst(),
                    code,
                    Files.readString(log).lines().findFirst().orElse("")));
      }
      best = Math.min(best, (System.nanoTime() - begin) / 1e9);
    }
    return new Cold(best, Files.exists(report) ? Files.size(report) : 0);
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
