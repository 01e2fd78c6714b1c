package org.compnn.explain;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.network.FeatureMap;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import org.compnn.search.Search;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.field.FieldSearch;
import org.compnn.threads.Workers;

/** The searches of a database, whose lists are opened once. Safe for many threads. */
final class Searches {
  /** A check of fewer says nothing, and is not made unless it is asked for. */
  private static final int FEWEST_CHECKED = 8;

  /** Chooses the cells that are checked. */
  private static final long CHECKED = 11;

  private final Database database;
  private final Workers workers;
  private final Progress progress;
  private final Map<String, FieldSearch> opened = new ConcurrentHashMap<>();

  Searches(Database database, Workers workers, Progress progress) {
    this.database = database;
    this.workers = workers;
    this.progress = progress;
  }

  /** Finds the correspondences of a layer's activations, as the network gave them. */
  Found find(CellStore cells, FeatureMap activations, SearchSettings settings, Method method) {
    FieldSearch near = near(cells, settings.hyperpatch());
    Search search =
        switch (method) {
          case Method.Exact _ -> new ExactSearch(cells, workers, progress);
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
    if (lacksMatches(found.field(), settings.selection().size())) {
      database
          .notFinite(cells)
          .ifPresent(
              told -> {
                throw told;
              });
    }
    return found;
  }

  /** Whether a cell has no match though there are exemplars: all was at no finite distance. */
  private static boolean lacksMatches(Field field, int exemplars) {
    for (int at = 0; exemplars > 0 && at < field.exemplar().length; at += field.topK()) {
      if (field.exemplar()[at] < 0 || !Float.isFinite(field.distance()[at])) {
        return true;
      }
    }
    return false;
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
        : Optional.of(
            new ExactSearch(cells, workers, progress)
                .check(activations, settings, field, affordable, CHECKED));
  }

  private FieldSearch near(CellStore cells, int hyperpatch) {
    return opened.computeIfAbsent(
        cells.layer().name() + " " + hyperpatch,
        _ -> FieldSearch.open(database, cells, hyperpatch, Quality.BALANCED, workers, progress));
  }
}
