package org.compnn.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.Pair;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What both trainings can be told. */
final class TrainingOptions {
  @Parameters(
      paramLabel = "DATASET",
      description = "Training pairs: a folder, a list file or a CSV file.")
  private Path dataset;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "Output folder for the network, checkpoints, curves and samples.")
  private Path out;

  @Option(
      names = "--validation",
      paramLabel = "DATASET",
      description =
          "Validation pairs. Default: the data set's part val, else every tenth training pair.")
  private @Nullable Path validation;

  @Option(
      names = "--direction",
      paramLabel = "AtoB|BtoA",
      description = "Input half of a side-by-side pair: AtoB the left, BtoA the right.")
  private @Nullable Direction direction;

  @Option(
      names = "--size",
      paramLabel = "ROWS[xCOLUMNS]",
      description = "Input size of the network. Default: ${DEFAULT-VALUE}.",
      defaultValue = "256")
  private String size;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Number of epochs. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Batch size. Default: ${DEFAULT-VALUE}.",
      defaultValue = "4")
  private int batch;

  @Option(
      names = "--rate",
      paramLabel = "X",
      description = "Learning rate of Adam; decays to 0 over the second half.")
  private @Nullable Double rate;

  @Option(
      names = "--jitter",
      paramLabel = "PIXELS",
      description = "Random crop: enlarge pairs by this much first. Default: 30 for 256 rows.")
  private @Nullable Integer jitter;

  @Option(
      names = "--mirror",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Mirror half of the pairs. Default: yes.")
  private boolean mirror;

  @Option(
      names = "--sheet-every",
      paramLabel = "N",
      description = "Write a sheet of samples every N epochs. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int sheetEvery;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Random seed of weights, order and crops. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: all cores.",
      defaultValue = "0")
  private int threads;

  Path out() {
    return out;
  }

  int threads() {
    return threads;
  }

  /** What must be equal in two runs for the second to go on with the first. */
  String recipe(Schedule schedule) {
    return String.format(
        Locale.ROOT,
        "%s, %dx%d, batch %d, rate %s, jitter %d, mirror %s, seed %d",
        dataset.toAbsolutePath().normalize().getFileName(),
        schedule.rows(),
        schedule.columns(),
        schedule.batch(),
        schedule.rate(),
        schedule.jitter(),
        schedule.mirror(),
        schedule.seed());
  }

  Schedule schedule(double defaultRate) {
    String[] sides = size.split("x", -1);
    int rows;
    int columns;
    try {
      rows = Integer.parseInt(sides[0]);
      columns = sides.length > 1 ? Integer.parseInt(sides[1]) : rows;
    } catch (NumberFormatException e) {
      throw new UserError("--size: expected a size such as 256 or 192x256, found " + size, e);
    }
    if (rows < 8 || columns < 8 || epochs < 1 || batch < 1 || sheetEvery < 1) {
      throw new UserError(
          "expected sizes of 8 or more and positive --epochs, --batch and --sheet-every");
    }
    int enlarge = jitter != null ? jitter : Math.round(rows * 30 / 256f);
    double learning = rate != null ? rate : defaultRate;
    return new Schedule(rows, columns, epochs, batch, learning, enlarge, mirror, sheetEvery, seed);
  }

  /** Says so where a network cannot take a size. */
  static void fits(Architecture network, Schedule schedule) {
    int multiple = network.multiple();
    if (schedule.rows() % multiple != 0 || schedule.columns() % multiple != 0) {
      throw new UserError(
          "%s takes multiples of %d pixels, found --size %dx%d; change --size or the depth"
              .formatted(network.name(), multiple, schedule.rows(), schedule.columns()));
    }
  }

  /**
   * Training and validation pairs, in this order, at their sizes.
   *
   * @param inputs how inputs are resized
   * @param targets how targets are resized
   */
  List<List<Sample>> samples(
      TargetFormat format, Schedule schedule, Resample inputs, Resample targets) {
    DatasetOptions options =
        new DatasetOptions(
            format, Optional.empty(), Optional.ofNullable(direction), List.of(), false);
    int rows = schedule.enlargedRows();
    int columns = schedule.enlargedColumns();
    Dataset all = Dataset.open(dataset, options);
    if (validation != null) {
      Dataset held = Dataset.open(validation, options);
      return List.of(
          TrainingSet.read(all, rows, columns, inputs, targets),
          TrainingSet.read(held, schedule.rows(), schedule.columns(), inputs, targets));
    }
    if (all.pairs().size() < 2) {
      throw new UserError(dataset + ": expected two pairs or more, found one; add pairs");
    }
    Dataset train = part(all, "train");
    Dataset val = part(all, "val");
    if (!train.pairs().isEmpty() && !val.pairs().isEmpty()) {
      return List.of(
          TrainingSet.read(train, rows, columns, inputs, targets),
          TrainingSet.read(val, schedule.rows(), schedule.columns(), inputs, targets));
    }
    return List.of(
        TrainingSet.read(every(all, false), rows, columns, inputs, targets),
        TrainingSet.read(every(all, true), schedule.rows(), schedule.columns(), inputs, targets));
  }

  private static Dataset part(Dataset all, String name) {
    return new Dataset(
        all.name(),
        all.pairs().stream().filter(pair -> pair.tags().contains("split=" + name)).toList(),
        all.skipped(),
        all.skipsBroken());
  }

  /** Every tenth pair, or all the others. */
  private static Dataset every(Dataset all, boolean tenth) {
    int step = Math.min(10, all.pairs().size());
    List<Pair> kept = new ArrayList<>();
    for (int i = 0; i < all.pairs().size(); i++) {
      if ((i % step == step - 1) == tenth) {
        kept.add(all.pairs().get(i));
      }
    }
    return new Dataset(all.name(), kept, all.skipped(), all.skipsBroken());
  }

  /** The data set's own list of classes, {@code classes.csv} in its folder, if there is one. */
  Optional<Path> classesFile() {
    Path file = dataset.resolve("classes.csv");
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }
}
