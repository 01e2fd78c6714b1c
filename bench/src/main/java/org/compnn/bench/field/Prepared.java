package org.compnn.bench.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.TargetFormat;
import org.compnn.files.WholeFile;
import org.compnn.measure.EvenSample;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.npy.Npy;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/**
 * Everything that a case needs, in a folder that is kept: the database with the field search's
 * lists, the pictures' cells, the exact matches of a sample, the projected hyperpatches for the
 * peers. What is there already is used as it is; a changed case goes to another folder.
 */
final class Prepared implements AutoCloseable {
  private static final int AXES_SAMPLE = 20_000;
  private static final int SAMPLED_EXEMPLARS = 96;

  private final Cases.One one;
  private final Path place;
  private final Workers workers;
  private final Database database;
  private final CellStore store;
  private final List<FeatureMap> queries;
  private final List<Truth> truths;

  /** Seconds that something took to build, by name. */
  record Times(Map<String, Double> seconds) {
    Times {
      seconds = new TreeMap<>(seconds);
    }
  }

  private Prepared(Cases.One one, Path place, int threads, Database database) {
    this.one = one;
    this.place = place;
    this.workers = Workers.of(threads);
    this.database = database;
    this.store = database.cells(one.layer());
    this.queries = new ArrayList<>();
    this.truths = new ArrayList<>();
  }

  /**
   * Prepares a case.
   *
   * @param inputs holds the data sets and networks
   * @param work is kept between runs
   * @throws UserError if an input is missing or the disk is full
   */
  static Prepared of(Cases.One one, Path inputs, Path work, int threads, Progress progress) {
    Path model = one.set().network(inputs, work);
    if (!one.set().made().isEmpty() && !Files.exists(model)) {
      throw new UserError(
          "%s: expected the network of case %s, found no such file; make it by: %s"
              .formatted(
                  model,
                  one.name(),
                  one.set()
                      .made()
                      .replace("INPUTS", inputs.toString())
                      .replace("WORK", work.toString())));
    }
    List<String> given =
        one.set().made().isEmpty()
            ? List.of(one.set().train(), one.set().val(), one.set().model())
            : List.of(one.set().train(), one.set().val());
    for (String needed : given) {
      if (!Files.exists(inputs.resolve(needed))) {
        throw new UserError(
            "%s: expected the input of case %s, found no such file; name the folder that holds %s with --inputs"
                .formatted(inputs.resolve(needed), one.name(), needed));
      }
    }
    Path place =
        work.resolve(
            "%s-%s-%s"
                .formatted(
                    one.set().name(),
                    one.layer().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-", ""),
                    one.share().fileName()));
    try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
      Path folder = place.resolve("database");
      if (!Database.isThere(folder)) {
        Files.createDirectories(place);
        long begin = System.nanoTime();
        Index.of(
                network, Grown.share(dataset(network, one, inputs, one.set().train()), one.share()))
            .layers(one.layer())
            .threads(threads)
            .progress(progress)
            .cells(folder);
        note(place, "cells", begin);
      }
      Prepared prepared = new Prepared(one, place, threads, Database.open(folder));
      try {
        prepared.addLists(progress);
        prepared.addQueries(network, dataset(network, one, inputs, one.set().val()));
      } catch (RuntimeException e) {
        prepared.close();
        throw e;
      }
      return prepared;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dataset dataset(Network network, Cases.One one, Path inputs, String name) {
    DatasetOptions options = DatasetOptions.of(TargetFormat.of(network.output()));
    String direction = one.set().direction();
    return Dataset.open(
        inputs.resolve(name),
        direction.isEmpty()
            ? options
            : options.withDirection(Direction.valueOf(direction.toUpperCase(Locale.ROOT))));
  }

  private void addLists(Progress progress) {
    long begin = System.nanoTime();
    if (Index.prepare(database, one.hyperpatch(), workers.threads(), progress) > 0) {
      note(place, lists(), begin);
    }
  }

  private void addQueries(Network network, Dataset val) throws IOException {
    Path file = asked().resolve("truth.json");
    if (!Files.exists(file) || !Files.exists(activations(0))) {
      Files.createDirectories(asked());
      int count = Math.min(one.pictures(), val.pairs().size());
      for (int i = 0; i < count; i++) {
        FeatureMap activations =
            network
                .run(
                    val.pairs().get(EvenSample.place(i, count, val.pairs().size())).input(),
                    List.of(network.layer(store.layer().name())))
                .layers()
                .getFirst();
        FeatureMap query = store.standardise(activations);
        write(activations(i), activations);
        write(query(i), query);
        truths.add(Truth.of(store, query, one.hyperpatch(), one.check(), workers));
      }
      Json.write(file, new Truth.All(truths));
      truths.clear();
    }
    truths.addAll(Json.read(file, Truth.All.class).pictures());
    for (int i = 0; i < truths.size(); i++) {
      queries.add(
          new FeatureMap(
              store.layer().rows(),
              store.layer().columns(),
              store.layer().channels(),
              Npy.floats(query(i))));
    }
  }

  private Path asked() {
    return place.resolve(
        "p%d-pictures%d-check%d".formatted(one.hyperpatch(), one.pictures(), one.check()));
  }

  private static void write(Path file, FeatureMap map) {
    Npy.write(file, new int[] {map.rows(), map.columns(), map.channels()}, map.cells());
  }

  /** As the network gave them. */
  private Path activations(int picture) {
    return asked().resolve("activations-%d.npy".formatted(picture));
  }

  /** Standardised. */
  private Path query(int picture) {
    return asked().resolve("query-%d.npy".formatted(picture));
  }

  /** What the times call this case's lists; also the name of their folder. */
  String lists() {
    return "lists-p" + one.hyperpatch();
  }

  /**
   * The training set's hyperpatches along so many principal axes, float32 (cells, axes).
   *
   * @param axes 0 for the hyperpatches as they are
   */
  Path vectors(int axes) throws IOException {
    Path folder = place.resolve("p%d-axes%d".formatted(one.hyperpatch(), axes));
    Path file = folder.resolve("vectors.npy");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Axes basis = axes(axes);
      Path aside = WholeFile.aside(file);
      Files.deleteIfExists(aside);
      int cells = store.layer().cells();
      int width = basis.axes();
      try (Arena arena = Arena.ofShared()) {
        MemorySegment numbers =
            NpyArray.create(aside, NpyType.FLOAT32, arena, (long) store.exemplars() * cells, width)
                .numbers();
        IntStream.range(0, store.exemplars())
            .parallel()
            .forEach(
                exemplar -> {
                  float[] projected =
                      projected(Windows.exemplar(store, exemplar), one.hyperpatch(), basis);
                  MemorySegment.copy(
                      projected,
                      0,
                      numbers,
                      ValueLayout.JAVA_FLOAT_UNALIGNED,
                      (long) exemplar * projected.length * Float.BYTES,
                      projected.length);
                });
      }
      WholeFile.publish(aside, file);
    }
    return file;
  }

  /** The pictures' hyperpatches along the same axes, a file each. */
  List<Path> projected(int axes) throws IOException {
    Axes basis = axes(axes);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      Path file = asked().resolve("query-%d-axes%d.npy".formatted(i, axes));
      Npy.write(
          file,
          new int[] {store.layer().cells(), basis.axes()},
          projected(queries.get(i), one.hyperpatch(), basis));
      files.add(file);
    }
    return files;
  }

  /** The principal axes of hyperpatches from all over the training set; kept. */
  private Axes axes(int axes) throws IOException {
    int inputs = inputs();
    if (axes == 0) {
      float[] identity = new float[inputs * inputs];
      for (int i = 0; i < inputs; i++) {
        identity[i * inputs + i] = 1;
      }
      return new Axes(inputs, inputs, identity, 1);
    }
    Path folder = place.resolve("p%d-axes%d".formatted(one.hyperpatch(), axes));
    Path file = folder.resolve("basis.npy");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Axes basis = Axes.of(sample(), inputs, axes);
      Path aside = WholeFile.aside(file);
      Npy.write(aside, new int[] {inputs, axes}, basis.basis());
      Json.write(folder.resolve("energy.json"), Map.of("energy", basis.energy()));
      WholeFile.publish(aside, file);
    }
    return new Axes(inputs, axes, Npy.floats(file), Double.NaN);
  }

  /** Numbers of a hyperpatch. */
  int inputs() {
    return Windows.inputs(one.hyperpatch(), store.layer().channels());
  }

  private float[] sample() {
    int inputs = inputs();
    int exemplars = Math.min(SAMPLED_EXEMPLARS, store.exemplars());
    float[] sample = new float[AXES_SAMPLE * inputs];
    Random random = new Random(AXES_SAMPLE);
    for (int e = 0; e < exemplars; e++) {
      FeatureMap map = Windows.exemplar(store, EvenSample.place(e, exemplars, store.exemplars()));
      int to = (int) ((long) AXES_SAMPLE * (e + 1) / exemplars);
      for (int n = (int) ((long) AXES_SAMPLE * e / exemplars); n < to; n++) {
        Windows.copy(
            map, one.hyperpatch(), random.nextInt(store.layer().cells()), sample, n * inputs);
      }
    }
    return sample;
  }

  private static float[] projected(FeatureMap map, int p, Axes basis) {
    int cells = map.rows() * map.columns();
    float[] projected = new float[cells * basis.axes()];
    float[] window = new float[basis.inputs()];
    for (int cell = 0; cell < cells; cell++) {
      Windows.copy(map, p, cell, window, 0);
      basis.project(window, projected, cell * basis.axes());
    }
    return projected;
  }

  /** Notes how long something took that will not be built again. */
  static void note(Path place, String what, long begin) {
    note(place, what, (System.nanoTime() - begin) / 1e9);
  }

  static void note(Path place, String what, double seconds) {
    Map<String, Double> times = new TreeMap<>(times(place));
    times.put(what, seconds);
    Json.write(place.resolve("times.json"), new Times(times));
  }

  static Map<String, Double> times(Path place) {
    Path file = place.resolve("times.json");
    return Files.exists(file) ? Json.read(file, Times.class).seconds() : Map.of();
  }

  Cases.One one() {
    return one;
  }

  Path place() {
    return place;
  }

  Database database() {
    return database;
  }

  CellStore store() {
    return store;
  }

  /** Standardised cells, a picture each. */
  List<FeatureMap> queries() {
    return queries;
  }

  List<Path> activationFiles() {
    return IntStream.range(0, queries.size()).mapToObj(this::activations).toList();
  }

  List<Truth> truths() {
    return truths;
  }

  /** Cells of the training set. */
  long vectorCount() {
    return (long) store.exemplars() * store.layer().cells();
  }

  @Override
  public void close() {
    workers.close();
    database.close();
  }
}
