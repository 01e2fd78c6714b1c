package org.compnn.bench.truth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.bench.truth.Parts.Part;
import org.compnn.database.CellStore;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.Raster;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.TensorProto;
import org.compnn.progress.Progress;

/** A trained network that is explained, with the database of what it learned from. */
final class Subject implements AutoCloseable {
  private final Kind kind;
  private final CompNN compnn;
  private final List<Example> training;

  private final Map<Integer, Raster> predictions = new HashMap<>();
  private final Parts pictures;
  private Optional<Parts> regions = Optional.empty();
  private Optional<Head> head = Optional.empty();

  /** Exemplars of the database as indices of {@link #training}. */
  private final int[] places;

  /** The other way round. */
  private final int[] exemplars;

  private Subject(Kind kind, CompNN compnn, List<Example> training) {
    this.kind = kind;
    this.compnn = compnn;
    this.training = training;
    pictures = Parts.pictures(training);
    Map<String, Integer> byId = new HashMap<>();
    for (int i = 0; i < training.size(); i++) {
      byId.put(training.get(i).id(), i);
    }
    places =
        compnn.database().exemplars().stream()
            .mapToInt(exemplar -> byId.getOrDefault(exemplar.id(), -1))
            .toArray();
    exemplars = new int[training.size()];
    for (int exemplar = 0; exemplar < places.length; exemplar++) {
      if (places[exemplar] >= 0) {
        exemplars[places[exemplar]] = exemplar;
      }
    }
  }

  /**
   * Indexes what a network learned from, if that is not done yet.
   *
   * @param model the network's folder; the database lies in it
   * @param pairs the list of pairs
   * @param training the same pairs
   */
  static Subject of(Kind kind, Path model, Path pairs, List<Example> training) throws IOException {
    Path database = model.resolve("training.db");
    Path indexed = model.resolve("indexed");
    if (!Files.exists(indexed)) {
      try (Network network =
          Network.open(model.resolve("model.onnx"), NetworkOptions.defaults().withThreads(1))) {
        Dataset dataset = Dataset.open(pairs, DatasetOptions.of(TargetFormat.of(network.output())));
        Index.of(network, dataset)
            .layers(kind.layers())
            .threads(1)
            .force(true)
            .palette(kind.palette())
            .write(database);
      }
      Files.writeString(indexed, "");
    }
    return new Subject(
        kind,
        CompNN.open(database, NetworkOptions.defaults().withThreads(1), Progress.NONE),
        training);
  }

  Kind kind() {
    return kind;
  }

  CompNN compnn() {
    return compnn;
  }

  List<Example> training() {
    return training;
  }

  /** The training pictures, each one part. */
  Parts pictures() {
    return pictures;
  }

  /** The training regions, each one part. */
  Parts regions() {
    if (regions.isEmpty()) {
      regions = Optional.of(Parts.regions(training));
    }
    return regions.get();
  }

  /** What the last layer reads and says. */
  Head head() {
    if (head.isEmpty()) {
      head = Optional.of(new Head(this, classifier()));
    }
    return head.get();
  }

  /** The weights of the last convolution, classes x channels. */
  private float[] classifier() {
    try {
      TensorProto weights =
          ModelProto.parseFrom(Files.readAllBytes(compnn.network().file()))
              .getGraph()
              .getInitializerList()
              .stream()
              .filter(w -> w.getName().equals("classifier.weight"))
              .findFirst()
              .orElseThrow();
      if (weights.getRawData().isEmpty()) {
        float[] values = new float[weights.getFloatDataCount()];
        for (int i = 0; i < values.length; i++) {
          values[i] = weights.getFloatData(i);
        }
        return values;
      }
      float[] values = new float[weights.getRawData().size() / Float.BYTES];
      weights
          .getRawData()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which of the training pictures an exemplar is. */
  int place(int exemplar) {
    return places[exemplar];
  }

  /** Runs the network on one of the training pictures. */
  Run run(int picture, CellStore cells) {
    return compnn.run(exemplars[picture], List.of(cells));
  }

  /** Something of each part, with one run for each picture. */
  double[][] each(Parts parts, CellStore cells, BiFunction<Run, Part, double[]> what) {
    double[][] all = new double[parts.size()][];
    Run run = run(0, cells);
    int ran = 0;
    for (int i = 0; i < all.length; i++) {
      Part part = parts.get(i);
      if (part.picture() != ran) {
        ran = part.picture();
        run = run(ran, cells);
      }
      all[i] = what.apply(run, part);
    }
    return all;
  }

  /** What the network makes of a training picture; kept, since it is asked for each match. */
  Raster prediction(int exemplar) {
    return predictions.computeIfAbsent(exemplar, compnn.database()::prediction);
  }

  /** Runs the network on a picture that is asked about. */
  Asked ask(Example example) {
    Query query = new Query("asked", kind.input(example), Optional.of(kind.target(example)));
    return new Asked(this, example, compnn.run(query));
  }

  @Override
  public void close() {
    compnn.close();
  }
}
