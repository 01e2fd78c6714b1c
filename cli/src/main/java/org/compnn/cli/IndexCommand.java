package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.database.Database;
import org.compnn.database.IndexReport;
import org.compnn.database.Replaced;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetLayout;
import org.compnn.dataset.LabelFolder;
import org.compnn.dataset.TargetFormat;
import org.compnn.network.Network;
import org.compnn.npy.ElementType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.study.ClassShares;
import org.compnn.study.TrainingCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds a database. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description = {
      "Index a training set: run the network over it and store the cells of layers.",
      "An interrupted build resumes where it stopped. On a finished database, this builds the"
          + " search lists that are missing."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn index segnet/model.onnx camvid/train \\",
      "    --layers penultimate,bottleneck --out camvid.db",
      "  compnn index pix2pix/model.onnx facades/train --direction BtoA \\",
      "    --out facades.db",
      "  compnn index segnet/model.onnx camvid/more --add --out camvid.db",
      "  compnn index camvid.db --replace corrected"
    })
final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "ONNX file, or the folder that holds one. With --replace, the database.")
  private Path model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATASET",
      description = "Training set: a folder, a list file or a CSV file.")
  private @Nullable Path data;

  @Option(names = "--out", paramLabel = "DB", description = "Database folder to create.")
  private @Nullable Path out;

  @Option(
      names = "--layers",
      split = ",",
      defaultValue = "penultimate,bottleneck",
      paramLabel = "LAYER,...",
      hideParamSyntax = true,
      description =
          "Layers to index: names (see 'compnn layers'), 'all', or a range such as"
              + " bottleneck..penultimate. With '@output' behind a name its cells are brought to"
              + " the output's grid, as in penultimate@output. Default: ${DEFAULT-VALUE}.")
  private List<String> layers;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "float16",
      description =
          "Number type of stored cells: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private ElementType type;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Pictures to process at once. Default: one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--hyperpatch",
      defaultValue = "1",
      paramLabel = "P",
      description =
          "Hyperpatch size to build search lists for; other sizes can be searched too. Default:"
              + " ${DEFAULT-VALUE}.")
  private int hyperpatch;

  @Option(
      names = "--add",
      description =
          "Add the pairs that a finished database lacks, using its copy of the network. Layers and"
              + " type stay the same. The database stays usable throughout.")
  private boolean add;

  @Option(
      names = "--replace",
      paramLabel = "DATASET",
      description =
          "Replace pictures of a finished database by those of the same names: a folder of label"
              + " pictures alone, as 'compnn review --export corrected' writes it, or pictures with"
              + " labels. Only what changed is worked out again.")
  private @Nullable Path replaced;

  @Option(
      names = "--force",
      description = "Replace the database, or the build begun, that the folder holds.")
  private boolean force;

  @Option(
      names = "--no-check",
      description = "Do not measure the network on a sample of the training set.")
  private boolean unchecked;

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
    if (replaced != null) {
      return replace(replaced);
    }
    return build(required(data, "DATASET"), required(out, "--out=DB"));
  }

  /** What can be left out only with --replace. */
  private Path required(@Nullable Path value, String name) {
    if (value == null) {
      throw new ParameterException(
          spec.commandLine(),
          name.startsWith("-")
              ? "Missing required option: '" + name + "'"
              : "Missing required parameter: '" + name + "'");
    }
    return value;
  }

  private Integer replace(Path by) {
    if (data != null || out != null || add || force) {
      throw new UserError(
          "--replace: expected the database and what to replace alone, found %s too"
              .formatted(
                  data != null ? "a data set" : out != null ? "--out" : add ? "--add" : "--force"));
    }
    Path folder = model;
    PrintWriter print = spec.commandLine().getOut();
    Replaced done;
    try (CompNN compnn = CompNN.open(folder)) {
      Optional<Dataset> pairs = pairs(by, compnn);
      pairs.ifPresent(read -> read.reading().notes().forEach(print::println));
      done =
          pairs.isPresent()
              ? Index.replace(folder, pairs.get(), threads, TerminalProgress.onTerminal())
              : Index.replace(
                  folder,
                  LabelFolder.open(by, TargetFormat.of(compnn.network().output())),
                  threads,
                  TerminalProgress.onTerminal());
    }
    print.printf(
        Locale.ROOT,
        "Replaced the labels of %s, and %s with labels; %d as before%n",
        pictures(done.labels()),
        pictures(done.pictures()),
        done.same());
    printLabels(print, folder);
    printLists(
        print, folder, Index.lists(folder, hyperpatch, threads, TerminalProgress.onTerminal()));
    return 0;
  }

  /** The pairs that are at a place; nothing where it is a folder of right outputs alone. */
  private Optional<Dataset> pairs(Path by, CompNN compnn) {
    try {
      Dataset found = dataset.open(by, compnn);
      return found.reading().layout().equals(Optional.of(DatasetLayout.INPUTS))
          ? Optional.empty()
          : Optional.of(found);
    } catch (UserError e) {
      // Labels of that shape could be pairs beside each other; those of a database say so.
      if (e.knobs().contains(Knob.DIRECTION)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Integer build(Path data, Path out) {
    PrintWriter print = spec.commandLine().getOut();
    try (Network network =
        Network.open(
            model, options.networkOptions().withThreads(1), () -> dataset.mostCommonSize(data))) {
      network.adjustments().forEach(print::println);
      Dataset pairs = dataset.open(data, network);
      pairs.reading().notes().forEach(print::println);
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
        printLabels(print, out);
      } else if (force || !index.isIn(out)) {
        Notes.assumed(spec, network);
        Index watched =
            unchecked
                ? index
                : index.sample(
                    TrainingCheck.SAMPLE,
                    answers ->
                        Notes.checked(spec, network, TrainingCheck.of(network, answers, threads)));
        printBuilt(print, pairs, watched.cells(out));
        printLabels(print, out);
      }
    }
    printLists(print, out, Index.lists(out, hyperpatch, threads, TerminalProgress.onTerminal()));
    return 0;
  }

  private void printBuilt(PrintWriter print, Dataset pairs, IndexReport report) {
    printSkipped(print, pairs, report);
    print.printf(
        Locale.ROOT,
        "Indexed %s in %s (network %s)%n",
        pictures(report.exemplars()),
        seconds(report.total()),
        seconds(report.network()));
    if (report.resumed() > 0) {
      print.println("Resumed a build of " + pictures(report.resumed()));
    }
  }

  private static void printLabels(PrintWriter print, Path out) {
    try (Database database = Database.open(out)) {
      LabelSummary.lines(ClassShares.of(database)).forEach(print::println);
    }
    print.flush();
  }

  private void printAdded(PrintWriter print, Dataset pairs, IndexReport report) {
    printSkipped(print, pairs, report);
    print.printf(
        Locale.ROOT, "Added %s in %s%n", pictures(report.exemplars()), seconds(report.total()));
    if (report.resumed() > 0) {
      print.println("Resumed after " + pictures(report.resumed()));
    }
  }

  private static void printSkipped(PrintWriter print, Dataset pairs, IndexReport report) {
    pairs.skipped().forEach(why -> print.println("Skipped " + why));
    report.skipped().forEach(skipped -> print.println("Skipped " + skipped.why()));
  }

  /** What makes the field search fast; a database is complete without. */
  private static void printLists(PrintWriter print, Path out, Index.Lists lists) {
    lists.outgrown().ifPresent(line -> print.println(line + Flags.hint(List.of(Knob.REINDEX))));
    print.println(
        lists.layers() > 0
            ? String.format(
                Locale.ROOT,
                "Built search lists of %d layer%s in %s",
                lists.layers(),
                lists.layers() > 1 ? "s" : "",
                seconds(lists.took()))
            : "Search lists are up to date");
    lists.promises().forEach(print::println);
    print.println(out);
    print.flush();
  }

  private static String pictures(int count) {
    return count + (count == 1 ? " picture" : " pictures");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
