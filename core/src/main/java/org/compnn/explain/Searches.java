package org.compnn.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.GlobalMatch;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import org.compnn.search.Search;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.exact.GlobalSearch;
import org.compnn.search.exact.PartedSearch;
import org.compnn.search.exact.ShardSearch;
import org.compnn.search.field.FieldSearch;
import org.compnn.threads.Workers;

/**
 * The searches of a database, whose lists are opened once they are there. Safe for many threads.
 */
final class Searches {
  /** Looking for lists maps what is there of them, which is not to be done for every question. */
  private static final long LOOK_NANOSECONDS = 2_000_000_000L;

  private final Database database;
  private final Workers workers;
  private final Progress progress;
  private final Optional<ShardSearch> elsewhere;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();

  /**
   * @param elsewhere who searches, where this process does not
   */
  Searches(Database database, Workers workers, Progress progress, Optional<ShardSearch> elsewhere) {
    this.database = database;
    this.workers = workers;
    this.progress = progress;
    this.elsewhere = elsewhere;
  }

  /** Whether this process waits while it searches. */
  boolean isElsewhere(Method method) {
    return !(method instanceof Method.Within) && elsewhere.isPresent();
  }

  /** The exemplars whose whole layer is nearest, nearest first. */
  List<GlobalMatch> nearest(
      CellStore cells, FeatureMap activations, Options options, Selection selection, int k) {
    return isElsewhere(options.method())
        ? elsewhere
            .orElseThrow()
            .nearestExemplars(cells, activations, options.distance(), selection, k)
        : GlobalSearch.nearest(cells, activations, options.distance(), selection, k, workers);
  }

  private Search exact(CellStore cells) {
    ExactSearch here = new ExactSearch(cells, workers, progress);
    return elsewhere.<Search>map(others -> new PartedSearch(here, cells, others)).orElse(here);
  }

  /** Finds the correspondences of a layer's activations, as the network gave them. */
  Found find(CellStore cells, FeatureMap activations, SearchSettings settings, Method method) {
    FieldSearch near = near(cells, settings.hyperpatch());
    Search search =
        switch (method) {
          case Method.Exact _ -> exact(cells);
          case Method.Near(Quality quality) when elsewhere.isPresent() ->
              near.exact(activations.rows() * activations.columns(), settings.selection().size())
                  ? exact(cells)
                  : (sought, asked) -> elsewhere.get().near(cells, sought, asked, quality);
          case Method.Near(Quality quality) -> near.with(quality);
          case Method.Within(double seconds) -> near.within(seconds);
        };
    Found found;
    try {
      found = search.find(activations, settings);
    } catch (CancellationException | UserError e) {
      throw e;
    } catch (RuntimeException e) {
      throw database.notFinite(cells).<RuntimeException>map(told -> told).orElse(e);
    }
    int unmatched = settings.selection().size() == 0 ? 0 : unmatched(found.field());
    if (unmatched > 0) {
      database
          .notFinite(cells)
          .ifPresent(
              told -> {
                throw told;
              });
    }
    if (unmatched > 0 && unmatched == found.field().rows() * found.field().columns()) {
      throw nothingNear(cells, activations);
    }
    return found;
  }

  /** How many cells have no match: where there are exemplars, all were at no finite distance. */
  private static int unmatched(Field field) {
    int count = 0;
    for (int at = 0; at < field.exemplar().length; at += field.topK()) {
      if (field.exemplar()[at] < 0 || !Float.isFinite(field.distance()[at])) {
        count++;
      }
    }
    return count;
  }

  /** What is to be said where no cell at all can be compared with any training picture. */
  private UserError nothingNear(CellStore cells, FeatureMap activations) {
    String layer = cells.layer().name();
    for (float activation : activations.cells()) {
      if (!Float.isFinite(activation)) {
        return UserError.about(
            Knob.LAYER,
            "expected finite activations of layer %s, found %s for this picture, which nothing can be compared with; choose another layer"
                .formatted(layer, activation));
      }
    }
    return UserError.about(
        Knob.VERIFY,
        "%s: expected training pictures at a finite distance in layer %s, found none for any cell; what was stored of its channels (mean.npy, deviation.npy) may be damaged: check the database"
            .formatted(database.folder(), layer));
  }

  /**
   * Checks a field: by its lists if they can tell, by exact search if that is affordable.
   *
   * @param options how many cells are wanted
   */
  Optional<FieldCheck> check(
      CellStore cells,
      FeatureMap activations,
      SearchSettings settings,
      Field field,
      Options options) {
    int wanted = options.check().orElse(Options.CHECKED_BY_DEFAULT);
    boolean insisted = options.check().isPresent();
    if (wanted == 0) {
      return Optional.empty();
    }
    return elsewhere.isPresent()
        ? elsewhere.get().check(cells, activations, settings, field, wanted, insisted)
        : near(cells, settings.hyperpatch())
            .checkAffordable(activations, settings, field, wanted, insisted);
  }

  private FieldSearch near(CellStore cells, int hyperpatch) {
    return opened
        .compute(
            cells.layer().name() + " " + hyperpatch,
            (_, known) ->
                known == null
                    ? open(cells, hyperpatch)
                    : known.stale() ? again(known, cells, hyperpatch) : known)
        .search();
  }

  private Opened open(CellStore cells, int hyperpatch) {
    return new Opened(
        FieldSearch.open(database, cells, hyperpatch, Quality.BALANCED, workers, progress),
        System.nanoTime());
  }

  private Opened again(Opened known, CellStore cells, int hyperpatch) {
    try {
      return open(cells, hyperpatch);
    } catch (UserError e) {
      // They are of more exemplars than the database had when it was opened; it goes on without.
      return new Opened(known.search(), System.nanoTime());
    }
  }

  /**
   * A layer's search. Where there were no lists, another process may have made them since.
   *
   * @param looked when lists were looked for
   */
  private record Opened(FieldSearch search, long looked) {
    boolean stale() {
      return !search.listed() && System.nanoTime() - looked > LOOK_NANOSECONDS;
    }
  }
}
