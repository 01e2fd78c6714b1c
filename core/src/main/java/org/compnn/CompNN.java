package org.compnn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.compnn.compose.Composition;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.Selection;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.report.Explanation;
import org.compnn.report.ExplanationBuilder;
import org.compnn.report.ExplanationSettings;
import org.compnn.report.Gallery;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import org.compnn.search.Search;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.field.FieldSearch;
import org.compnn.search.lists.ListIndexBuilder;
import org.compnn.threads.Workers;

/**
 * The way in: a database and its network, ready to explain pictures.
 *
 * <pre>{@code
 * try (CompNN compnn = CompNN.open(Path.of("train.db"))) {
 *   Explanation why = compnn.explain(PictureFile.read(Path.of("street.png")));
 * }
 * }</pre>
 *
 * <p>The method is "Compositional Nearest Neighbors" (Liu, Bansal, Fragoso, Ramanan; arXiv
 * 1711.10683).
 */
public final class CompNN implements AutoCloseable {
  private static final String NOT_CHECKED = "not checked (--check N searches N cells exactly)";

  /** A check of fewer says nothing, and is not made unless it is asked for. */
  private static final int FEWEST_CHECKED = 8;

  /** Chooses the cells that are checked. */
  private static final long CHECKED = 11;

  private final Database database;
  private final Network network;
  private final Progress progress;
  private final Workers workers = Workers.ofMachine();
  private final Map<String, FieldSearch> searches = new ConcurrentHashMap<>();

  private CompNN(Database database, Network network, Progress progress) {
    this.database = database;
    this.network = network;
    this.progress = progress;
  }

  /**
   * Opens a database; nothing is read into memory but its description.
   *
   * @throws UserError if it is none, is not whole, or is of another format version
   */
  public static CompNN open(Path database) {
    return open(database, Progress.NONE);
  }

  /** Opens a database; searches tell their progress. */
  public static CompNN open(Path folder, Progress progress) {
    Database database = Database.open(folder);
    try {
      return new CompNN(database, database.network(NetworkOptions.defaults()), progress);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public Database database() {
    return database;
  }

  /** The threads that searches and compositions share. */
  public Workers workers() {
    return workers;
  }

  /** The network that the database was built with. */
  public Network network() {
    return network;
  }

  /** The classes' names and colours; without classes for networks that paint. */
  public Palette palette() {
    return database.palette().orElseGet(() -> Palette.of(List.of()));
  }

  /** Explains a picture with the default options. */
  public Explanation explain(Picture picture) {
    return explain("picture", picture, Optional.empty(), ExplainOptions.defaults());
  }

  /** Explains a picture. */
  public Explanation explain(Picture picture, ExplainOptions options) {
    return explain("picture", picture, Optional.empty(), options);
  }

  /**
   * Explains a picture of which more is known.
   *
   * @param name what reports call it
   * @param truth the right output, of any size
   * @throws UserError if the options name a layer or exemplars that are not there
   */
  public Explanation explain(
      String name, Picture picture, Optional<Raster> truth, ExplainOptions options) {
    Layer layer = cells(options).layer();
    long begin = System.nanoTime();
    Activations activations = network.run(picture, List.of(network.layer(layer.name())));
    double milliseconds = (System.nanoTime() - begin) / 1e6;
    return explain(
        name, activations, activations.layers().getFirst(), truth, options, milliseconds);
  }

  /**
   * Explains what the network made of a picture already, so that one run serves several options.
   *
   * @param activations a run of the network
   * @param layer the activations of the layer that the options name
   * @param milliseconds how long the run took
   */
  public Explanation explain(
      String name,
      Activations activations,
      FeatureMap layer,
      Optional<Raster> truth,
      ExplainOptions options,
      double milliseconds) {
    boolean original = database.hasTargets();
    if (options.labels() == Labels.ORIGINAL && !original) {
      throw new UserError(
          database.folder()
              + ": expected original labels, found a database built from inputs alone; use --labels"
              + " self");
    }
    CellStore cells = cells(options);
    Selection selection = selection(options);
    SearchSettings asked =
        new SearchSettings(options.hyperpatch(), options.distance(), options.topK(), selection);
    long begin = System.nanoTime();
    Found answer = answer(cells, layer, asked, options.method());
    Field field = answer.field();
    long found = System.nanoTime();
    boolean exact = answer.how() instanceof How.Exact;
    Map<String, String> noted = new LinkedHashMap<>();
    if (options.method() instanceof Method.Within && answer.how() instanceof How.Lists reached) {
      noted.put(
          "reached",
          String.format(
              Locale.ROOT,
              "%d lists a cell, %d rounds of propagation, in %.2f s",
              reached.probes(),
              reached.rounds(),
              reached.seconds()));
    }
    Optional<FieldCheck> check =
        exact ? Optional.empty() : checked(cells, layer, asked, field, options);
    if (!exact && options.check().orElse(1) > 0) {
      noted.put("checked", check.map(FieldCheck::text).orElse(NOT_CHECKED));
    }
    long compared = System.nanoTime();
    ExplanationBuilder builder =
        Explanation.builder(
            name,
            settings(
                cells.layer(),
                selection,
                options,
                exact ? new Method.Exact() : options.method(),
                noted),
            palette());
    Raster output = activations.prediction();
    builder.input(activations.input()).network(output).field(field);
    check.ifPresent(builder::check);
    builder.composition(paste(field, cells.layer(), options, source(options.labels()), output));
    if (original) {
      builder.other(
          paste(field, cells.layer(), options, source(unchosen(options.labels())), output));
    }
    builder.reconstruction(
        (Picture) paste(field, cells.layer(), options, database::input, activations.input()));
    truth.ifPresent(right -> builder.truth(fitted(right, output)));
    long composed = System.nanoTime();
    return builder
        .timing("network", milliseconds)
        .timing("search", (found - begin) / 1e6)
        .timing("compose", (composed - compared) / 1e6)
        .build();
  }

  private ExplanationSettings settings(
      Layer layer,
      Selection selection,
      ExplainOptions options,
      Method method,
      Map<String, String> noted) {
    return new ExplanationSettings(
        network.file().getFileName().toString(),
        database.folder().getFileName().toString(),
        layer,
        options.hyperpatch(),
        options.distance(),
        options.topK(),
        method.name(),
        options.labels(),
        options.overlap(),
        selection.size(),
        database.exemplars().size(),
        further(options, noted));
  }

  public static Labels unchosen(Labels labels) {
    return labels == Labels.SELF ? Labels.ORIGINAL : Labels.SELF;
  }

  /** Finds the correspondences of a layer's activations, as the network gave them. */
  public Field find(
      CellStore cells, FeatureMap activations, SearchSettings settings, Method method) {
    return answer(cells, activations, settings, method).field();
  }

  private Found answer(
      CellStore cells, FeatureMap activations, SearchSettings settings, Method method) {
    int p = settings.hyperpatch();
    Search search =
        switch (method) {
          case Method.Exact _ -> new ExactSearch(cells, workers, progress);
          case Method.Near(Quality quality) -> near(cells, p).with(quality);
          case Method.Within(double seconds) -> near(cells, p).within(seconds);
        };
    return search.find(activations, settings);
  }

  /** A check of a field: by its lists if they can tell, by exact search if that is affordable. */
  private Optional<FieldCheck> checked(
      CellStore cells,
      FeatureMap activations,
      SearchSettings settings,
      Field field,
      ExplainOptions options) {
    int wanted = options.check().orElse(ExplainOptions.CHECKED_BY_DEFAULT);
    if (wanted == 0) {
      return Optional.empty();
    }
    Optional<FieldCheck> check =
        near(cells, settings.hyperpatch()).check(activations, settings, field, wanted, CHECKED);
    if (check.isPresent()) {
      return check;
    }
    int affordable =
        options.check().orElse(Math.min(wanted, FieldCheck.affordable(cells, settings)));
    return affordable < Math.min(wanted, FEWEST_CHECKED)
        ? Optional.empty()
        : Optional.of(check(cells, activations, settings, field, affordable));
  }

  /**
   * How near a field comes to the exact one, by an exact search for some of its cells.
   *
   * @param activations what the field was found for
   * @param wanted how many cells
   */
  public FieldCheck check(
      CellStore cells, FeatureMap activations, SearchSettings settings, Field field, int wanted) {
    return new ExactSearch(cells, workers, progress)
        .check(activations, settings, field, wanted, CHECKED);
  }

  private FieldSearch near(CellStore cells, int hyperpatch) {
    return searches.computeIfAbsent(
        cells.layer().name() + " " + hyperpatch,
        _ -> FieldSearch.open(database, cells, hyperpatch, Quality.BALANCED, workers, progress));
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
    int prepared = 0;
    try (Workers workers = Workers.of(threads)) {
      for (CellStore store : database.layers()) {
        boolean changed = false;
        for (int p = 1; p <= ListIndexBuilder.LARGEST; p++) {
          changed |= ListIndexBuilder.extend(database, store, p, workers, progress);
        }
        if (ListIndexBuilder.worthwhile(store)
            && !ListIndexBuilder.present(database, store, hyperpatch)) {
          ListIndexBuilder.build(database, store, hyperpatch, workers, progress);
          changed = true;
        }
        prepared += changed ? 1 : 0;
      }
    }
    return prepared;
  }

  /**
   * Whether so many exemplars were added to a database that it should be built anew: its lists'
   * axes and centroids, like its channels' means and deviations, are those of the exemplars first
   * indexed.
   *
   * @return a line that says so, if they are less than two thirds of all
   */
  public static Optional<String> outgrown(Database database) {
    int all = database.exemplars().size();
    for (CellStore store : database.layers()) {
      for (int p = 1; p <= ListIndexBuilder.LARGEST; p++) {
        OptionalInt trained = ListIndexBuilder.trained(database, store, p);
        if (trained.isPresent() && 3L * trained.getAsInt() < 2L * all) {
          return Optional.of(
              "%s: its lists were laid out for %d exemplars and hold %d; index all of them anew (--force) for the best matches"
                  .formatted(database.folder(), trained.getAsInt(), all));
        }
      }
    }
    return Optional.empty();
  }

  /** The layer that the options name, or the default one. */
  public CellStore cells(ExplainOptions options) {
    if (options.layer().isPresent()) {
      return database.cells(options.layer().get());
    }
    return database.layers().stream()
        .filter(store -> store.layer().aliases().contains("penultimate"))
        .findFirst()
        .orElseGet(() -> database.layers().getFirst());
  }

  /** The exemplars that may match under these options. */
  public Selection selection(ExplainOptions options) {
    Selection selection = database.select(options.only(), options.without());
    if (options.leaveOut().isPresent()) {
      OptionalInt self = exemplar(options.leaveOut().get());
      if (self.isPresent()) {
        selection =
            selection.without(
                self.getAsInt() - options.neighbours(), self.getAsInt() + options.neighbours());
      }
    }
    if (selection.size() == 0) {
      throw new UserError(
          "no exemplar is left to match; choose more with --only or fewer with --without");
    }
    return selection;
  }

  private OptionalInt exemplar(String id) {
    return database.exemplars().stream()
        .filter(e -> e.id().equals(id))
        .mapToInt(Exemplar::index)
        .findFirst();
  }

  /** Where pasted labels are cut from. */
  public IntFunction<Raster> source(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> database::target;
      case SELF -> database::prediction;
    };
  }

  /** A right output at the size of the network's. */
  public static Raster fitted(Raster truth, Raster output) {
    return switch (truth) {
      case LabelMap labels -> Resize.labels(labels, output.height(), output.width());
      case Picture picture ->
          Resize.picture(picture, output.height(), output.width(), Resample.BICUBIC);
    };
  }

  private Raster paste(
      Field field,
      Layer layer,
      ExplainOptions options,
      IntFunction<? extends Raster> exemplars,
      Raster like) {
    return Composition.paste(
        field,
        layer,
        options.overlap(),
        options.hyperpatch(),
        exemplars,
        like.height(),
        like.width(),
        workers);
  }

  private static Map<String, String> further(ExplainOptions options, Map<String, String> noted) {
    Map<String, String> further = new LinkedHashMap<>();
    if (!options.only().isEmpty()) {
      further.put("only", String.join(" ", options.only()));
    }
    if (!options.without().isEmpty()) {
      further.put("without", String.join(" ", options.without()));
    }
    options.leaveOut().ifPresent(id -> further.put("left out", id + " ± " + options.neighbours()));
    further.putAll(noted);
    return further;
  }

  /** The training pictures for reports. */
  public Gallery gallery() {
    return new DatabaseGallery(database);
  }

  @Override
  public void close() {
    workers.close();
    network.close();
    database.close();
  }
}
