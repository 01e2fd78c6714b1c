package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.Index;
import org.compnn.database.build.IndexReport;
import org.compnn.dataset.Dataset;
import org.compnn.kernels.ElementType;
import org.compnn.network.Network;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
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
    if (hyperpatch < 1 || hyperpatch > Index.LARGEST_HYPERPATCH) {
      throw new UserError(
          "--hyperpatch: expected 1 to %d, found %d"
              .formatted(Index.LARGEST_HYPERPATCH, hyperpatch));
    }
    if (add && force) {
      throw new UserError("--add and --force: expected one of them, found both");
    }
    PrintWriter print = spec.commandLine().getOut();
    try (Network network = Network.open(model, options.networkOptions().withThreads(1))) {
      Dataset pairs = dataset.open(data, network.output());
      Index index =
          Index.of(network, pairs)
              .layers(layers)
              .elements(type)
              .threads(threads)
              .hyperpatch(hyperpatch)
              .force(force)
              .progress(TerminalProgress.onTerminal());
      if (add) {
        printAdded(print, pairs, index.addCells(out));
      } else if (force || !index.isIn(out)) {
        printBuilt(print, pairs, index.cells(out));
      }
    }
    printLists(print, Index.lists(out, hyperpatch, threads, TerminalProgress.onTerminal()));
    return 0;
  }

  private void printBuilt(PrintWriter print, Dataset pairs, IndexReport report) {
    printSkipped(print, pairs, report);
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

  private void printAdded(PrintWriter print, Dataset pairs, IndexReport report) {
    printSkipped(print, pairs, report);
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

  private static void printSkipped(PrintWriter print, Dataset pairs, IndexReport report) {
    pairs.skipped().forEach(why -> print.println("skipped: " + why));
    report.skipped().forEach(skipped -> print.println("skipped: " + skipped.why()));
  }

  /** What makes the field search fast; a database is complete without. */
  private void printLists(PrintWriter print, Index.Lists lists) {
    lists.outgrown().ifPresent(line -> print.println(line + Flags.hint(List.of(Knob.REINDEX))));
    print.println(
        lists.layers() > 0
            ? "%s: lists for the field search of %d layer%s in %s"
                .formatted(
                    out, lists.layers(), lists.layers() > 1 ? "s" : "", seconds(lists.took()))
            : out + ": needs no further lists for the field search");
    print.flush();
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
