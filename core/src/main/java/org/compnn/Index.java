package org.compnn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.compnn.database.Answered;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.IndexReport;
import org.compnn.database.Problem;
import org.compnn.database.Replaced;
import org.compnn.database.ShardBuild;
import org.compnn.database.build.BuildLock;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.DatabaseExtension;
import org.compnn.database.build.DatabaseReplacement;
import org.compnn.database.build.IndexSettings;
import org.compnn.database.build.Leftovers;
import org.compnn.database.build.Replacement;
import org.compnn.database.build.Sampling;
import org.compnn.database.build.SetBuilder;
import org.compnn.database.build.SetReplacement;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.LabelFolder;
import org.compnn.dataset.Pair;
import org.compnn.image.Palette;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.lists.ListIndexBuilder;

/**
 * The way to a database: a training set as a network sees it, with the lists that make its search
 * fast.
 *
 * <pre>{@code
 * try (Network network = Network.open(model, NetworkOptions.defaults().withThreads(1))) {
 *   Dataset pairs = Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output())));
 *   Index.of(network, pairs).layers("penultimate", "bottleneck").write(Path.of("train.db"));
 * }
 * }</pre>
 *
 * <p>Immutable: each choice gives another index with that choice. Without any, the penultimate
 * layer and the bottleneck are kept as float16 by all processors, and nothing is replaced.
 */
public final class Index {
  /** The largest hyperpatches that lists are made for; greater ones are served by these. */
  public static final int LARGEST_HYPERPATCH = ListIndexBuilder.LARGEST;

  private final Network network;
  private final Dataset dataset;
  private final IndexSettings settings;
  private final int hyperpatch;
  private final Progress progress;
  private final Sampling sampling;
  private final int shards;
  private final Optional<ShardBuild> others;

  private Index(
      Network network,
      Dataset dataset,
      IndexSettings settings,
      int hyperpatch,
      Progress progress,
      Sampling sampling,
      int shards,
      Optional<ShardBuild> others) {
    this.network = network;
    this.dataset = dataset;
    this.settings = settings;
    this.hyperpatch = hyperpatch;
    this.progress = progress;
    this.sampling = sampling;
    this.shards = shards;
    this.others = others;
  }

  /**
   * How the making of lists went.
   *
   * @param layers how many layers got lists, or got exemplars into those they have
   * @param took how long
   * @param promises what the search of each layer promises, a line each
   * @param outgrown see {@link Index#outgrown}
   */
  public record Lists(int layers, Duration took, List<String> promises, Optional<String> outgrown) {
    public Lists {
      promises = List.copyOf(promises);
    }
  }

  /**
   * An index of a training set.
   *
   * @param network runs best with one thread a picture, see {@link
   *     org.compnn.network.NetworkOptions#threads}: many pictures are worked on at once
   */
  public static Index of(Network network, Dataset dataset) {
    return new Index(
        network,
        dataset,
        IndexSettings.of(List.of("penultimate", "bottleneck")),
        1,
        Progress.NONE,
        Sampling.NONE,
        0,
        Optional.empty());
  }

  /** As {@link #layers(List)}. */
  public Index layers(String... terms) {
    return layers(List.of(terms));
  }

  /**
   * The layers to keep.
   *
   * @param terms names or aliases, {@code all}, or a range as {@code bottleneck..penultimate}; at
   *     least one
   */
  public Index layers(List<String> terms) {
    return with(settings.withLayers(terms));
  }

  /** How the numbers of cells are stored. */
  public Index elements(ElementType value) {
    return with(settings.withElements(value));
  }

  /** Pictures worked on at once, 1 or more. */
  public Index threads(int value) {
    return with(settings.withThreads(value));
  }

  /** Whether what lies in the folder already, a database or one begun, is replaced. */
  public Index force(boolean value) {
    return with(settings.withForce(value));
  }

  /** Names and colours of the classes, where they are to be others than the network's. */
  public Index palette(Palette value) {
    return with(settings.withPalette(value));
  }

  /**
   * The size of hyperpatches that the lists serve best; other sizes can be searched too.
   *
   * @param value 1 to {@link #LARGEST_HYPERPATCH}
   */
  public Index hyperpatch(int value) {
    if (value < 1 || value > LARGEST_HYPERPATCH) {
      throw new IllegalArgumentException(
          "expected hyperpatches of 1 to %d cells, not %d".formatted(LARGEST_HYPERPATCH, value));
    }
    return new Index(network, dataset, settings, value, progress, sampling, shards, others);
  }

  /** Who hears how far it has come. */
  public Index progress(Progress value) {
    return new Index(network, dataset, settings, hyperpatch, value, sampling, shards, others);
  }

  /**
   * Who wants to see, before a long build has come far, what the network makes of a sample of the
   * training pictures. They are embedded first; that costs nothing, but for a set of several shards
   * the network runs for them once more.
   *
   * @param pictures at most so many, fewer where memory asks for it, spread evenly over those that
   *     are not embedded yet; nobody is called where there are none
   * @param heard is told once, of those that could be read; what it throws ends the build
   */
  public Index sample(int pictures, Consumer<List<Answered>> heard) {
    return new Index(
        network,
        dataset,
        settings,
        hyperpatch,
        progress,
        new Sampling(pictures, heard),
        shards,
        others);
  }

  /**
   * How many shards the database is cut into: a set of databases that are opened as one. Each holds
   * pairs that follow each other in the data set.
   *
   * @param value 1 or more
   */
  public Index shards(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("expected 1 shard or more, not " + value);
    }
    return new Index(network, dataset, settings, hyperpatch, progress, sampling, value, others);
  }

  /** Who builds the shards in the place of this process, which shows a {@link #sample} first. */
  public Index builtBy(ShardBuild value) {
    return new Index(
        network, dataset, settings, hyperpatch, progress, sampling, shards, Optional.of(value));
  }

  /**
   * The largest magnitudes over a shard's pairs, for those who build sets together.
   *
   * @return for each layer, per channel
   */
  public List<float[]> peaks(ShardBuild.Shard shard) {
    return SetBuilder.peaks(network, dataset, settings, shard);
  }

  /**
   * Builds one shard alone, for those who build sets together: a database without lists.
   *
   * @param scales as in {@link ShardBuild#build}
   * @throws UserError as {@link #cells}
   */
  public IndexReport cells(ShardBuild.Shard shard, List<float[]> scales) {
    return SetBuilder.shard(network, dataset, settings.withScales(scales), shard);
  }

  private Index with(IndexSettings value) {
    return new Index(network, dataset, value, hyperpatch, progress, sampling, shards, others);
  }

  /**
   * Builds a database with its lists, or goes on where that was broken off. A database of these
   * cells that is there already only gets the lists that it lacks.
   *
   * @param out a new or empty folder, or one with a database begun or finished
   * @return how the build of the cells went; all are resumed if they were there already
   * @throws UserError if the folder holds something else, a pair cannot be read or does not fit the
   *     network, or the disk is full
   */
  public IndexReport write(Path out) {
    IndexReport report = !settings.force() && isIn(out) ? there(out) : cells(out);
    lists(out, hyperpatch, settings.threads(), progress);
    return report;
  }

  private IndexReport there(Path out) {
    try (Database database = Database.open(out)) {
      int exemplars = database.exemplars().size();
      return new IndexReport(
          exemplars, exemplars, List.of(), settings.threads(), Duration.ZERO, Duration.ZERO);
    }
  }

  /**
   * Whether a folder holds a database of these cells: by the same network from the same pairs, in
   * as many shards if any were asked for.
   */
  public boolean isIn(Path folder) {
    if (!Database.isThere(folder)) {
      return false;
    }
    if (shards > 0
        && !(DatabaseSet.isThere(folder) && DatabaseSet.of(folder).shards().size() == shards)) {
      return false;
    }
    try (Database database = Database.open(folder)) {
      List<String> stored = database.layers().stream().map(store -> store.layer().name()).toList();
      List<String> ids = database.exemplars().stream().map(Exemplar::id).toList();
      return isOf(database)
          && database.elements() == settings.elements()
          && stored.equals(
              settings.layers().stream()
                  .flatMap(term -> network.layersNamed(term).stream())
                  .map(Layer::name)
                  .distinct()
                  .toList())
          && ids.equals(dataset.pairs().stream().map(Pair::id).toList());
    }
  }

  private boolean isOf(Database database) {
    return database.networkHash().equals(network.hash());
  }

  /**
   * Builds a database without lists, or goes on where that was broken off.
   *
   * @param out a new or empty folder, or one with a database begun
   * @throws UserError as {@link #write}, and if a finished database is there
   */
  public IndexReport cells(Path out) {
    return shards > 0
        ? SetBuilder.build(network, dataset, settings, shards, out, progress, sampling, others)
        : DatabaseBuilder.build(network, dataset, settings, out, progress, sampling);
  }

  /**
   * Takes the pairs that a finished database does not have yet into it; its layers and the form of
   * its cells stay. It is whole at every moment. Its lists come after with {@link #lists}.
   *
   * @return what was added
   * @throws UserError if another network made the database, or as {@link #add}
   */
  public IndexReport addCells(Path database) {
    try (Database before = Database.open(database)) {
      if (!isOf(before)) {
        throw new UserError(
            "%s: expected the network that %s was indexed with, found another"
                .formatted(network.file(), database));
      }
    }
    return DatabaseExtension.add(database, dataset, settings.threads(), progress);
  }

  /**
   * Replaces training pictures of a finished database by the pairs of the same ids; only where a
   * picture is another one is anything worked out again. Lists that its layers lose come after with
   * {@link #lists}. It is whole at every moment.
   *
   * @param threads as {@link #threads}
   * @throws UserError if there is no finished database, it has no right outputs, a pair is none of
   *     its own or does not fit, or the disk is full
   */
  public static Replaced replace(Path database, Dataset dataset, int threads, Progress progress) {
    return replaced(
        database, dataset.pairs().stream().map(Replacement::ofPair).toList(), threads, progress);
  }

  /** The same for right outputs alone, such as labels that were corrected. */
  public static Replaced replace(
      Path database, LabelFolder targets, int threads, Progress progress) {
    return replaced(
        database,
        targets.ids().stream().map(id -> Replacement.ofTarget(id, () -> targets.read(id))).toList(),
        threads,
        progress);
  }

  private static Replaced replaced(
      Path database, List<Replacement> replacements, int threads, Progress progress) {
    return DatabaseSet.isThere(database)
        ? SetReplacement.replace(database, replacements, threads, progress)
        : DatabaseReplacement.replace(database, replacements, threads, progress);
  }

  /**
   * Makes a set usable again in which a replacement was broken off: its shards are taken as they
   * are, with the old pictures or the new ones. Replacing again does the rest. Does nothing
   * otherwise.
   */
  public static void settle(Path database) {
    if (DatabaseSet.isThere(database)) {
      SetReplacement.settle(database);
    }
  }

  /**
   * Makes the lists that a database lacks, as {@link #prepare} does.
   *
   * @param hyperpatch as {@link #hyperpatch}
   * @param threads as {@link #threads}
   * @throws UserError if the disk is full
   */
  public static Lists lists(Path folder, int hyperpatch, int threads, Progress progress) {
    return SearchLists.make(folder, hyperpatch, threads, progress);
  }

  /**
   * Whether a build is under way in a database's folder: of cells, of added exemplars or of lists.
   */
  public static boolean isUnderWay(Path folder) {
    try {
      return Files.isDirectory(folder) && BuildLock.isTaken(folder);
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(folder, e);
    }
  }

  /**
   * Whether a layer is searched exactly for want of lists, which may take minutes a picture.
   *
   * @param store one of the database's layers
   * @param hyperpatch the size that is searched; lists of any size serve
   * @return a line that says so
   */
  public static Optional<String> unlisted(Database database, CellStore store, int hyperpatch) {
    if (!lacksLists(database, store, hyperpatch)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: search lists of layer %s %s; until then it is searched exactly, which may take minutes a picture"
            .formatted(
                database.folder(),
                store.layer().name(),
                isUnderWay(database.folder())
                    ? "are still being built"
                    : "are missing; index again to build them"));
  }

  /**
   * Whether a layer is so large that its search wants lists, and has none that serve.
   *
   * @param hyperpatch as in {@link #unlisted}
   */
  public static boolean lacksLists(Database database, CellStore store, int hyperpatch) {
    try {
      return ListIndexBuilder.worthwhile(store)
          && !ListIndexBuilder.serves(database, store, hyperpatch);
    } catch (UserError e) {
      // Lists that cannot be used are named where they are searched.
      return false;
    }
  }

  /**
   * What builds that were broken off have left in a database's folder that is good for nothing any
   * more; indexing again removes it. The database is whole all the same.
   */
  public static List<Problem> leftovers(Path folder) {
    return Leftovers.of(folder);
  }

  /**
   * Takes the pairs that a finished database does not have yet into it and its lists. They are run
   * through the database's own copy of its network.
   *
   * @param hyperpatch as {@link #hyperpatch}
   * @param threads as {@link #threads}
   * @return what was added; nothing if all pairs are there
   * @throws UserError if there is no finished database, a pair cannot be read or does not fit, or
   *     the disk is full
   */
  public static IndexReport add(
      Path database, Dataset dataset, int hyperpatch, int threads, Progress progress) {
    IndexReport report = DatabaseExtension.add(database, dataset, threads, progress);
    lists(database, hyperpatch, threads, progress);
    return report;
  }

  /**
   * Makes the lists of the field search for all layers of a database that want them and have none,
   * and takes exemplars that were added into those that there are.
   *
   * @param hyperpatch the size of hyperpatches that they serve best
   * @return how many layers got lists
   * @throws UserError if the disk is full
   */
  public static int prepare(Database database, int hyperpatch, int threads, Progress progress) {
    return SearchLists.prepare(database, hyperpatch, threads, progress);
  }

  /**
   * Whether so many exemplars were added to a database that it should be built anew: its lists'
   * axes and centroids, like its channels' means and deviations, are those of the exemplars first
   * indexed. Of a set {@link DatabaseSet#outgrown} tells it.
   *
   * @return a line that says so, if they are less than two thirds of all
   */
  public static Optional<String> outgrown(Database database) {
    return SearchLists.outgrown(database);
  }
}
