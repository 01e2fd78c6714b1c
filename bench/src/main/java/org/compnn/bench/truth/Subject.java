package org.compnn.bench.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Query;
import org.compnn.image.Raster;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;

/** A trained network that is explained, with the database of what it learned from. */
final class Subject implements AutoCloseable {
  private final Kind kind;
  private final CompNN compnn;
  private final List<Example> training;

  private final Map<Integer, Raster> predictions = new HashMap<>();

  /** Exemplars of the database as indices of {@link #training}. */
  private final int[] places;

  private Subject(Kind kind, CompNN compnn, List<Example> training) {
    this.kind = kind;
    this.compnn = compnn;
    this.training = training;
    Map<String, Integer> byId = new HashMap<>();
    for (int i = 0; i < training.size(); i++) {
      byId.put(training.get(i).id(), i);
    }
    places =
        compnn.database().exemplars().stream()
            .mapToInt(exemplar -> byId.getOrDefault(exemplar.id(), -1))
            .toArray();
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
            .palette(Street.PALETTE)
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

  /** Which of the training pictures an exemplar is. */
  int place(int exemplar) {
    return places[exemplar];
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
