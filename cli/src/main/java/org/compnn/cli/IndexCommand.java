package org.compnn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
import org.compnn.viewer.Words;
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
      "  compnn index segnet/model.onnx ade20k/train --shards 16 --out ade20k.db",
      "  compnn index segnet/model.onnx camvid/more --add --out camvid.db",
      "  compnn index camvid.db --replace corrected"
    })
final class IndexCommand implements Callable<IndexCommand.Found>, Engine.Working {
  @Spec private CommandSpec spec;

  @Mixin private Voice voice = new Voice();

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
      names = "--shards",
      paramLabel = "N",
      description =
          "Cut the database into N shards, each a database of its own: a set, which grows by whole"
              + " shards (see 'compnn set').")
  private @Nullable Integer shards;

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

  private Engine engine = Engine.HERE;

  @Override
  public void on(Engine value) {
    engine = value;
  }

  @Override
  public Found call() {
    if (threads < 1) {
      throw new UserError("--threads: expected 1 or more, found " + threads);
    }
    if (hyperpatch < 1 || hyperpatch > Index.LARGEST_HYPERPATCH) {
      throw new UserError(
          "--hyperpatch: expected 1 to %d, found %d"
              .formatted(Index.LARGEST_HYPERPATCH, hyperpatch));
    }
    if (shards != null && (shards < 1 || add || replaced != null)) {
      throw new UserError(
          shards < 1
              ? "--shards: expected 1 or more, found " + shards
              : "--shards: expected a database to be made, found "
                  + (add ? "--add" : "--replace")
                  + "; a set grows by 'compnn set add'");
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

  private Found replace(Path by) {
    if (data != null || out != null || add || force) {
      throw new UserError(
          "--replace: expected the database and what to replace alone, found %s too"
              .formatted(
                  data != null ? "a data set" : out != null ? "--out" : add ? "--add" : "--force"));
    }
    Path folder = model;
    Index.settle(folder);
    Replaced done;
    try (CompNN compnn = CompNN.open(folder)) {
      Optional<Dataset> pairs = pairs(by, compnn);
      pairs.ifPresent(read -> read.reading().notes().forEach(voice::note));
      done =
          pairs.isPresent()
              ? Index.replace(folder, pairs.get(), threads, voice.progress())
              : Index.replace(
                  folder,
                  LabelFolder.open(by, TargetFormat.of(compnn.network().output())),
                  threads,
                  voice.progress());
    }
    voice.line(
        String.format(
            Locale.ROOT,
            "Replaced the labels of %s, and %s with labels; %d as before",
            pictures(done.labels()),
            pictures(done.pictures()),
            done.same()));
    return listed(folder, Optional.empty(), List.of(), Optional.of(done), labels(folder));
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

  /** What was asked for, opened. */
  record Opened(Network network, Dataset pairs, Index index) {}

  /** The network, the data set, and what of them is to be kept. */
  Opened opened() {
    return opened(required(data, "DATASET"));
  }

  private Opened opened(Path data) {
    Network network =
        Network.open(
            model, options.networkOptions().withThreads(1), () -> dataset.mostCommonSize(data));
    try {
      Dataset pairs = dataset.open(data, network);
      Index index = Index.of(network, pairs).layers(layers).elements(type).hyperpatch(hyperpatch);
      return new Opened(network, pairs, shards == null ? index : index.shards(shards));
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private Found build(Path data, Path out) {
    Optional<IndexReport> built = Optional.empty();
    List<String> skipped = new ArrayList<>();
    Optional<ClassShares> labels = Optional.empty();
    Opened opened = opened(data);
    try (Network network = opened.network()) {
      network.adjustments().forEach(voice::note);
      Dataset pairs = opened.pairs();
      pairs.reading().notes().forEach(voice::note);
      voice.detail(
          String.format(
              Locale.ROOT,
              "%s: %d pairs; network %s, input %d x %d",
              pairs.name(),
              pairs.pairs().size(),
              network.file(),
              network.inputHeight(),
              network.inputWidth()));
      Index index =
          engine.index(opened.index().threads(threads).force(force).progress(voice.progress()));
      if (add) {
        IndexReport report = index.addCells(out);
        skipped.addAll(skipped(pairs, report));
        printBuilt("Added %s in %s", "Resumed after %s", report);
        built = Optional.of(report);
      } else if (force || !index.isIn(out)) {
        Notes.assumed(voice, network);
        Index watched =
            unchecked
                ? index
                : index.sample(
                    TrainingCheck.SAMPLE,
                    answers ->
                        Notes.checked(voice, network, TrainingCheck.of(network, answers, threads)));
        IndexReport report = watched.cells(out);
        skipped.addAll(skipped(pairs, report));
        printBuilt("Indexed %s in %s (network %s)", "Resumed a build of %s", report);
        built = Optional.of(report);
      }
      if (built.isPresent()) {
        labels = labels(out);
      }
    }
    return listed(out, built, skipped, Optional.empty(), labels);
  }

  @SuppressWarnings("FormatStringAnnotation") // The callers' texts are constants.
  private void printBuilt(String done, String resumed, IndexReport report) {
    voice.line(
        done.formatted(
            pictures(report.exemplars()), seconds(report.total()), seconds(report.network())));
    if (report.resumed() > 0) {
      voice.note(resumed.formatted(pictures(report.resumed())));
    }
  }

  /** Shows the shares of the classes, where there are classes and labels. */
  private Optional<ClassShares> labels(Path out) {
    try (Database database = Database.open(out)) {
      database.layers().stream()
          .flatMap(store -> Words.codingLine(database, store).stream())
          .forEach(voice::line);
      ClassShares shares = ClassShares.of(database);
      LabelSummary.lines(shares).forEach(voice::line);
      return shares.targets() > 0 ? Optional.of(shares) : Optional.empty();
    }
  }

  private List<String> skipped(Dataset pairs, IndexReport report) {
    List<String> skipped = new ArrayList<>(pairs.skipped());
    report.skipped().forEach(each -> skipped.add(each.why()));
    skipped.forEach(why -> voice.note("Skipped " + why));
    return skipped;
  }

  /** What makes the field search fast; a database is complete without. */
  private Found listed(
      Path out,
      Optional<IndexReport> built,
      List<String> skipped,
      Optional<Replaced> replaced,
      Optional<ClassShares> labels) {
    Index.Lists lists = Index.lists(out, hyperpatch, threads, voice.progress());
    ListLines.say(voice, lists);
    voice.line(out);
    return new Found(
        out.toString(),
        built.map(report -> Built.of(report, skipped)),
        replaced,
        labels,
        new Lists(lists.layers(), lists.took().toMillis() / 1000.0, lists.promises()));
  }

  /**
   * What {@code --json} prints.
   *
   * @param database its folder
   * @param built what was embedded, where anything was to be
   * @param replaced what was put in the place of others
   * @param labels shares of the classes
   * @param lists what makes searches fast
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Found(
      String database,
      Optional<Built> built,
      Optional<Replaced> replaced,
      Optional<ClassShares> labels,
      Lists lists) {}

  /**
   * What was embedded.
   *
   * @param exemplars how many, of an earlier build too
   * @param resumed how many an earlier build had left
   * @param skipped a line for each pair that was left out
   * @param seconds from begin to end
   * @param networkSeconds of the network alone
   */
  record Built(
      int exemplars, int resumed, List<String> skipped, double seconds, double networkSeconds) {
    static Built of(IndexReport report, List<String> skipped) {
      return new Built(
          report.exemplars(),
          report.resumed(),
          skipped,
          report.total().toMillis() / 1000.0,
          report.network().toMillis() / 1000.0);
    }
  }

  /**
   * Search lists.
   *
   * @param layers how many layers got some
   * @param seconds how long that took
   * @param promises what the search of each layer promises, a line each
   */
  record Lists(int layers, double seconds, List<String> promises) {}

  private static String pictures(int count) {
    return count + (count == 1 ? " picture" : " pictures");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
