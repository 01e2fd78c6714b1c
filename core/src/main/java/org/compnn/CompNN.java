package org.compnn;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.explain.Explainer;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.kernels.WarmUp;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Found;
import org.compnn.search.Method;
import org.compnn.search.exact.ShardSearch;
import org.compnn.threads.Ahead;
import org.compnn.threads.Workers;

/**
 * The way in: a database and its network, ready to explain pictures. Safe for many threads.
 *
 * <pre>{@code
 * try (CompNN compnn = CompNN.open(Path.of("train.db"))) {
 *   Explanation why = compnn.explain(Picture.read(Path.of("street.png")));
 *   Source source = why.at(120, 240).getFirst();
 * }
 * }</pre>
 *
 * <p>The method: "Compositional Nearest Neighbors" (Liu and others; arXiv 1711.10683).
 */
public final class CompNN implements AutoCloseable {
  /** Pictures that wait for others' searches, for each of this machine's threads. */
  private static final int SEARCHED_ELSEWHERE = 4;

  private final Database database;
  private final Network network;
  private final Workers workers;
  private final Explainer explainer;

  private CompNN(
      Database database,
      Network network,
      Workers workers,
      Progress progress,
      Optional<ShardSearch> elsewhere) {
    this.database = database;
    this.network = network;
    this.workers = workers;
    this.explainer = new Explainer(database, network, workers, progress, elsewhere);
  }

  /**
   * Begins to make searches fast, on a thread of its own; does nothing the second time. Worth a
   * call as early as can be in a program that answers one question and ends: the first search would
   * else wait for its own compilation. What is found does not depend on it.
   */
  public static void warmUp() {
    WarmUp.begin();
  }

  /**
   * Opens a database; nothing is read into memory but its description.
   *
   * @throws UserError if it is none, is not whole, or is of another format version
   */
  public static CompNN open(Path database) {
    return open(database, Progress.NONE);
  }

  /** The same; searches tell their progress. */
  public static CompNN open(Path folder, Progress progress) {
    return open(folder, NetworkOptions.defaults(), progress);
  }

  /**
   * The same.
   *
   * @param options what is to be otherwise about its network, such as what one run may take
   */
  public static CompNN open(Path folder, NetworkOptions options, Progress progress) {
    return open(folder, List.of(), options, progress);
  }

  /**
   * The same.
   *
   * @param withoutShards names of a set's shards that are left out
   */
  public static CompNN open(
      Path folder, Collection<String> withoutShards, NetworkOptions options, Progress progress) {
    return open(folder, withoutShards, options, progress, Optional.empty());
  }

  /**
   * The same.
   *
   * @param elsewhere who searches in the place of this process, unless seconds are counted
   */
  @SuppressWarnings("exports") // Made by our own modules alone.
  public static CompNN open(
      Path folder,
      Collection<String> withoutShards,
      NetworkOptions options,
      Progress progress,
      Optional<ShardSearch> elsewhere) {
    Database database = Database.open(folder, withoutShards);
    try {
      Network network = database.network(options);
      return new CompNN(database, network, Workers.ofMachine(), progress, elsewhere);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public Database database() {
    return database;
  }

  /** The network that the database was built with. */
  public Network network() {
    return network;
  }

  /** The classes' names and colours; without classes for networks that paint. */
  public Palette palette() {
    return explainer.palette();
  }

  /** The training pictures, as reports show them. */
  public Gallery gallery() {
    return explainer.gallery();
  }

  /** The threads that search and paste. */
  public Workers workers() {
    return workers;
  }

  /** Explains a picture with the default options; it is called "picture". */
  public Explanation explain(Picture picture) {
    return explain(picture, Options.defaults());
  }

  /**
   * Explains a picture.
   *
   * @throws UserError if the options name a layer or exemplars that are not there
   */
  public Explanation explain(Picture picture, Options options) {
    return explain(Query.of("picture", picture), options);
  }

  /** Explains a picture with a name, or with the right output. */
  public Explanation explain(Query query, Options options) {
    return explainer.explain(query, options);
  }

  /** Runs the network once, for many questions about a picture at any indexed layer. */
  public Run run(Picture picture) {
    return run(Query.of("picture", picture));
  }

  /** Runs the network once on a picture that has a name. */
  public Run run(Query query) {
    return explainer.run(query);
  }

  /** Runs the network once, for questions at some of the indexed layers. */
  public Run run(Query query, List<CellStore> layers) {
    return explainer.run(query, layers);
  }

  /**
   * Runs the network once on a training picture, as it was seen when the database was made.
   *
   * @param exemplar its index in the database
   */
  public Run run(int exemplar, List<CellStore> layers) {
    return explainer.run(exemplar, layers);
  }

  /**
   * Works on several pictures at once and takes what comes of each in their order, on the calling
   * thread. So many are under way as the machine has processors, fewer where memory asks for it;
   * one where a search keeps all processors busy by itself (exact ones) or counts seconds, several
   * times as many where others search, who take what is asked meanwhile together.
   *
   * @param count pictures
   * @param options how they are explained
   * @param work reads, runs and explains picture 0 to count - 1; called from several threads
   * @param take what to do with what {@code work} gave
   */
  public <T> void inTurn(
      int count, Options options, IntFunction<? extends T> work, Consumer<? super T> take) {
    int atOnce =
        explainer.searchesElsewhere(options)
            ? SEARCHED_ELSEWHERE * workers.threads()
            : options.method() instanceof Method.Near ? workers.threads() : 1;
    Ahead.run(count, (int) Math.min(atOnce, Math.max(1, room())), work, take);
  }

  /** Pictures that a quarter of the heap has room for. */
  private long room() {
    long numbers = 4L * network.outputHeight() * network.outputWidth();
    for (CellStore store : database.layers()) {
      // As the network gave them, as they are searched, and a field and what it is made of.
      numbers += store.layer().cells() * (2L * store.layer().channels() + 16);
    }
    return Runtime.getRuntime().maxMemory() / 4 / (Float.BYTES * numbers);
  }

  /**
   * Finds the training cells nearest to vectors that no run gave: of another program, or worked
   * out.
   *
   * @param vectors of any rows and columns, with the channels of the layer that the options name
   *     and in the numbers of its activations
   * @throws UserError if they have other channels, or numbers that are not finite
   */
  public Found match(FeatureMap vectors, Options options) {
    return explainer.match(vectors, options);
  }

  /** The layer that the options name, or the default one. */
  public CellStore cells(Options options) {
    return explainer.cells(options);
  }

  /** The exemplars that the terms of these options choose. */
  public Selection selection(Options options) {
    return explainer.selection(options);
  }

  /** Where pasted labels are cut from, by the index of the exemplar. */
  public IntFunction<Raster> source(Labels labels) {
    return explainer.source(labels);
  }

  @Override
  public void close() {
    workers.close();
    network.close();
    database.close();
  }
}
