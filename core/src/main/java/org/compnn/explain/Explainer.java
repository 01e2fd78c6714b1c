package org.compnn.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.Selection;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Found;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ShardSearch;
import org.compnn.threads.Workers;

/**
 * An open database, its network and its searches: what a picture is explained with. Safe for many
 * threads; it closes none of what it was given.
 */
public final class Explainer {
  private final Database database;
  private final Network network;
  private final Workers workers;
  private final Searches searches;
  private final Palette palette;

  /**
   * @param network the one that the database was built with
   * @param workers what searches and pastes
   * @param progress hears of long searches
   */
  public Explainer(Database database, Network network, Workers workers, Progress progress) {
    this(database, network, workers, progress, Optional.empty());
  }

  /**
   * The same.
   *
   * @param elsewhere who searches in the place of this process, all shards of a set
   */
  @SuppressWarnings("exports") // Made by our own modules alone.
  public Explainer(
      Database database,
      Network network,
      Workers workers,
      Progress progress,
      Optional<ShardSearch> elsewhere) {
    this.database = database;
    this.network = network;
    this.workers = workers;
    this.searches = new Searches(database, workers, progress, elsewhere);
    this.palette = database.palette().orElseGet(() -> Palette.of(List.of()));
  }

  public Database database() {
    return database;
  }

  public Network network() {
    return network;
  }

  /** The classes' names and colours; without classes for networks that paint. */
  public Palette palette() {
    return palette;
  }

  /** The threads that search and paste. */
  public Workers workers() {
    return workers;
  }

  Searches searches() {
    return searches;
  }

  /** Whether searches under these options leave this machine's processors to others. */
  public boolean searchesElsewhere(Options options) {
    return searches.isElsewhere(options.method());
  }

  /** Runs the network once, so that every indexed layer can be matched. */
  public Run run(Query query) {
    return run(query, database.layers());
  }

  /**
   * Runs the network once.
   *
   * @param layers the indexed layers that will be matched
   */
  public Run run(Query query, List<CellStore> layers) {
    return Run.of(this, query, layers);
  }

  /**
   * Runs the network once on a training picture of the database.
   *
   * @param exemplar its index
   * @param layers the indexed layers that will be matched
   */
  public Run run(int exemplar, List<CellStore> layers) {
    return Run.ofStored(this, exemplar, layers);
  }

  /** Explains a picture, with a run of the network for this alone. */
  public Explanation explain(Query query, Options options) {
    return run(query, List.of(cells(options))).explain(options);
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
    CellStore cells = cells(options);
    Layer layer = cells.layer();
    if (vectors.channels() != layer.channels()) {
      throw UserError.about(
          Knob.LAYER,
          "expected vectors of %d numbers, as layer %s has channels, found %d; choose another layer"
              .formatted(layer.channels(), layer.name(), vectors.channels()));
    }
    for (float number : vectors.cells()) {
      if (!Float.isFinite(number)) {
        throw new UserError(
            "expected vectors of finite numbers, found " + number + "; leave such vectors out");
      }
    }
    return searches.find(
        cells,
        vectors,
        new SearchSettings(
            options.hyperpatch(), options.distance(), options.topK(), selection(options)),
        options.method());
  }

  /**
   * The layer that the options name, or the default one.
   *
   * @throws UserError if they name one that is not indexed
   */
  public CellStore cells(Options options) {
    if (options.layer().isPresent()) {
      return database.cells(options.layer().get());
    }
    return database.layers().stream()
        .filter(store -> store.layer().aliases().contains("penultimate"))
        .findFirst()
        .orElseGet(() -> database.layers().getFirst());
  }

  /**
   * The exemplars that the terms of these options choose.
   *
   * @throws UserError if a term finds nothing, or nothing is left
   */
  public Selection selection(Options options) {
    return notEmpty(database.select(options.only(), options.without()));
  }

  /**
   * The exemplars that a picture may match under these options.
   *
   * @param name the picture's, which it is left out by
   * @throws UserError if a term finds nothing, or nothing is left
   */
  public Selection selection(Options options, String name) {
    Selection selection = selection(options);
    OptionalInt self = options.leaveOneOut() ? exemplar(name) : OptionalInt.empty();
    if (self.isEmpty()) {
      return selection;
    }
    int around = options.neighbours();
    return notEmpty(selection.without(self.getAsInt() - around, self.getAsInt() + around));
  }

  private static Selection notEmpty(Selection selection) {
    if (selection.size() == 0) {
      throw UserError.about(
              Knob.ONLY,
              "expected training pictures to match, found none left; choose more, or exclude fewer")
          .and(Knob.WITHOUT);
    }
    return selection;
  }

  private OptionalInt exemplar(String id) {
    return database.exemplars().stream()
        .filter(e -> e.id().equals(id))
        .mapToInt(Exemplar::index)
        .findFirst();
  }

  /** The training pictures; without original labels the network's stand in. */
  public Gallery gallery() {
    return new DatabaseGallery(database);
  }

  /** Where pasted labels are cut from. */
  public IntFunction<Raster> source(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> database::target;
      case SELF -> database::prediction;
    };
  }
}
