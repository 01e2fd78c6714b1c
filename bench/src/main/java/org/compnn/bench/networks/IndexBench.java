package org.compnn.bench.networks;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.Index;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.TargetFormat;
import org.compnn.files.FileTree;
import org.compnn.image.Picture;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.study.TrainingCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times the indexing of a training set against the network alone. */
@Command(
    name = "index",
    description = {
      "Time the indexing of a training set, its check and its lists included, against ONNX Runtime"
          + " running the network alone over as many decoded pictures.",
      "The network alone is timed before and after each row, and the faster counts. The first row"
          + " is that of a cold JVM."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  bin/bench index segnet/model.onnx camvid/train --layers penultimate --layers"
            + " penultimate,bottleneck",
    mixinStandardHelpOptions = true)
public final class IndexBench implements Callable<Integer> {
  /** Decoded pictures that the network alone is given in turn. */
  private static final int DECODED = 32;

  @Parameters(index = "0", paramLabel = "MODEL", description = "ONNX file, or its folder.")
  private Path model = Path.of(".");

  @Parameters(index = "1", paramLabel = "DATASET", description = "Training set.")
  private Path data = Path.of(".");

  @Option(
      names = "--layers",
      paramLabel = "LAYER,...",
      description = "Layers to index. Repeatable: a row each. Default: penultimate.")
  private List<String> layers = List.of("penultimate");

  @Option(names = "--direction", paramLabel = "AtoB|BtoA", description = "As for 'compnn index'.")
  private @Nullable Direction direction;

  @Option(names = "--threads", description = "Threads. Default: one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--repeats", description = "Runs of each row. Default: ${DEFAULT-VALUE}.")
  private int repeats = 1;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where databases are built and removed. Default: the system's place.")
  private @Nullable Path work;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, OrtException {
    PrintWriter out = spec.commandLine().getOut();
    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
      DatasetOptions options =
          DatasetOptions.of(TargetFormat.of(network.output())).withInputs(network.inputs());
      Dataset pairs =
          Dataset.open(data, direction == null ? options : options.withDirection(direction));
      try (NetworkAlone alone =
          new NetworkAlone(
              network.file(), network.preprocessing(), seen(network, pairs), threads)) {
        int count = pairs.pairs().size();
        Spent before = alone.run(count);
        out.printf("%d pictures; the network alone: %s%n%n", count, alone.way());
        out.println(
            "| layers | network alone, s | check after, s | index, s | times | of processors' time"
                + " | lists, s | times, with lists |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (String row : layers) {
          for (int repeat = 0; repeat < repeats; repeat++) {
            before = row(out, network, pairs, alone, row, before);
          }
        }
      }
    }
    return 0;
  }

  private static List<Picture> seen(Network network, Dataset pairs) {
    if (!network.readsOnlyAPicture()) {
      throw new UserError(network.file() + ": expected a network that reads a picture alone");
    }
    List<Picture> seen = new ArrayList<>();
    for (int i = 0; i < Math.min(DECODED, pairs.pairs().size()); i++) {
      seen.add(network.run(pairs.pairs().get(i).input(), List.of()).input());
    }
    return seen;
  }

  /**
   * @return what the network alone took after it
   */
  private Spent row(
      PrintWriter out, Network network, Dataset pairs, NetworkAlone alone, String row, Spent before)
      throws IOException {
    Path place =
        work == null
            ? Files.createTempDirectory("bench-index")
            : Files.createTempDirectory(Files.createDirectories(work), "bench-index");
    try {
      Spent begin = Spent.now();
      List<Spent> checked = new ArrayList<>();
      Index index =
          Index.of(network, pairs)
              .layers(List.of(row.split(",", -1)))
              .threads(threads)
              .sample(
                  TrainingCheck.SAMPLE,
                  answers -> {
                    TrainingCheck.of(network, answers, threads);
                    checked.add(Spent.now().since(begin));
                  });
      index.cells(place);
      Spent built = Spent.now().since(begin);
      Index.lists(place, 1, threads, Progress.NONE);
      Spent listed = Spent.now().since(begin);
      Spent after = alone.run(pairs.pairs().size());
      Spent least = before.least(after);
      out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
          row,
          least.seconds(),
          checked.getFirst().seconds(),
          built.seconds(),
          built.seconds() / least.seconds(),
          built.processor() / least.processor(),
          listed.seconds() - built.seconds(),
          listed.seconds() / least.seconds());
      out.flush();
      return after;
    } finally {
      FileTree.remove(place);
    }
  }
}
