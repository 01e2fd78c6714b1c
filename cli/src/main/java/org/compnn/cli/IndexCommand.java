package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.database.Database;
import org.compnn.database.DatabaseBuilder;
import org.compnn.database.DatabaseExtension;
import org.compnn.database.Exemplar;
import org.compnn.database.IndexReport;
import org.compnn.database.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.kernels.ElementType;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.search.lists.ListIndexBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds a database. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a network over a training set and keeps the cells of some layers.",
      "A build that was broken off goes on where it was; a database that is there already gets",
      "the lists of the field search that it lacks."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn index segnet/model.onnx camvid/train --layers penultimate,bottleneck --out"
          + " camvid.db",
      "  compnn index pix2pix/model.onnx facades/train --direction BtoA --out facades.db",
      "  compnn index segnet/model.onnx camvid/more --add --out camvid.db"
    })
final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "An ONNX file, or the folder that holds one.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "DATASET",
      description = "A folder, a list file or a CSV file.")
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DB",
      description = "The database to build.")
  private Path out;

  @Option(
      names = "--layers",
      split = ",",
      defaultValue = "penultimate,bottleneck",
      paramLabel = "LAYER",
      description =
          "The layers to keep; see 'compnn layers'. Also all, or a range as"
              + " bottleneck..penultimate. Default: ${DEFAULT-VALUE}.")
  private List<String> layers;

  @Option(
      names = "--type",
      defaultValue = "float16",
      description = "How cells are stored: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private ElementType type;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Pictures worked on at once; all processors by default.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--hyperpatch",
      defaultValue = "1",
      paramLabel = "P",
      description =
          "The size of hyperpatches that the field search is made fast for; others work too."
              + " Default: ${DEFAULT-VALUE}.")
  private int hyperpatch;

  @Option(
      names = "--add",
      description = {
        "Takes the pairs that a finished database does not have yet into it, by its own copy of"
            + " the",
        "network; layers and type stay. It is whole at every moment."
      })
  private boolean add;

  @Option(names = "--force", description = "Replaces what lies in the folder.")
  private boolean force;

  @Mixin private DatasetArguments dataset;
  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    if (threads < 1) {
      throw new UserError("--threads: expected 1 or more, found " + threads);
    }
    if (hyperpatch < 1 || hyperpatch > ListIndexBuilder.LARGEST) {
      throw new UserError(
          "--hyperpatch: expected 1 to %d, found %d"
              .formatted(ListIndexBuilder.LARGEST, hyperpatch));
    }
    PrintWriter print = spec.commandLine().getOut();
    try (Network network = Network.open(model, options.networkOptions().withThreads(1))) {
      Dataset pairs = dataset.open(data, network.output());
      if (add) {
        add(network, pairs, print);
        addLists(print);
        return 0;
      }
      if (!force && holds(network, pairs)) {
        addLists(print);
        return 0;
      }
      IndexReport report =
          DatabaseBuilder.build(
              network,
              pairs,
              IndexSettings.of(layers).withElements(type).withThreads(threads).withForce(force),
              out,
              TerminalProgress.onTerminal());
      pairs.skipped().forEach(why -> print.println("skipped: " + why));
      report.skipped().forEach(skipped -> print.println("skipped: " + skipped.why()));
      print.printf(
          Locale.ROOT,
          "%s: %d exemplars in %s (network alone %s: %.2f times it)%n",
          out,
          report.exemplars(),
          seconds(report.total()),
          seconds(report.network()),
          (double) report.total().toNanos() / Math.max(1, report.network().toNanos()));
      if (report.resumed() > 0) {
        print.println("went on from " + report.resumed() + " exemplars of an earlier build");
      }
    }
    addLists(print);
    return 0;
  }

  private void add(Network network, Dataset pairs, PrintWriter print) {
    if (force) {
      throw new UserError("--add and --force: expected one of them, found both");
    }
    try (Database database = Database.open(out)) {
      if (!database.networkHash().equals(network.hash())) {
        throw new UserError(
            "%s: expected the network that made %s, found another; name that one"
                .formatted(model, out));
      }
    }
    IndexReport report = DatabaseExtension.add(out, pairs, threads, TerminalProgress.onTerminal());
    pairs.skipped().forEach(why -> print.println("skipped: " + why));
    report.skipped().forEach(skipped -> print.println("skipped: " + skipped.why()));
    print.printf(
        Locale.ROOT,
        "%s: %d exemplars added in %s%n",
        out,
        report.exemplars(),
        seconds(report.total()));
    if (report.resumed() > 0) {
      print.println("went on from " + report.resumed() + " exemplars of an earlier run");
    }
  }

  /** Whether the cells are there already, by the same network from the same pairs. */
  private boolean holds(Network network, Dataset pairs) {
    if (!Database.isThere(out)) {
      return false;
    }
    try (Database database = Database.open(out)) {
      List<String> stored = database.layers().stream().map(store -> store.layer().name()).toList();
      List<String> ids = database.exemplars().stream().map(Exemplar::id).toList();
      return database.networkHash().equals(network.hash())
          && database.elements() == type
          && stored.equals(layers.stream().map(l -> network.layer(l).name()).distinct().toList())
          && ids.equals(pairs.pairs().stream().map(Pair::id).toList());
    }
  }

  /** What makes the field search fast; a database is complete without. */
  private void addLists(PrintWriter print) {
    long begin = System.nanoTime();
    int prepared;
    try (Database database = Database.open(out)) {
      prepared = CompNN.prepare(database, hyperpatch, threads, TerminalProgress.onTerminal());
    }
    try (Database database = Database.open(out)) {
      CompNN.outgrown(database).ifPresent(print::println);
    }
    String took = seconds(Duration.ofNanos(System.nanoTime() - begin));
    print.println(
        prepared > 0
            ? "%s: lists for the field search of %d layer%s in %s"
                .formatted(out, prepared, prepared > 1 ? "s" : "", took)
            : out + ": needs no further lists for the field search");
    print.flush();
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
