package org.compnn.search.field;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.search.SearchSettings;
import org.compnn.threads.Workers;

/**
 * Finds the exemplars that a query is a copy of, whole, cut or shifted, and gives every cell its
 * twin there.
 *
 * <p>Seeds and their neighbours leave some cells of a training picture without their twin: where
 * many stored cells are nearly alike, their codes are the same, and only a few of them are looked
 * at. But most cells do find theirs, at distance 0, and each of those says how the query lies in
 * an exemplar. What most of them say is tried on a few cells that are not at 0 yet; where it puts
 * one at 0, it is tried on all. A query that is no copy costs the few.
 */
final class Copied {
  /** Placements that are tried, and as many again of exemplars as they stand. */
  private static final int TRIED = 8;

  /** Cells that a placement is tried on before it is on all. */
  private static final int SAMPLE = 32;

  private final CellStore store;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final Kernels kernels;

  Copied(CellStore store, FeatureMap query, SearchSettings settings, Kernels kernels) {
    this.store = store;
    this.query = query;
    this.settings = settings;
    this.kernels = kernels;
  }

  /** Where a query lies in an exemplar: its cell (0, 0) is that one's cell (down, right). */
  private record Placement(int exemplar, int down, int right) {}

  /** Offers twins to the cells whose nearest match so far is not at distance 0. */
  void offer(Refinement refinement, Workers workers) {
    List<Placement> placements = placements(refinement);
    if (placements.isEmpty()) {
      return;
    }
    int[] open = refinement.open();
    for (Placement placement : placements) {
      if (open.length == 0) {
        return;
      }
      if (fits(placement, open)) {
        refinement.offer(open, cell -> twin(placement, cell), workers);
        open = refinement.open();
      }
    }
  }

  /** What most of the cells at distance 0 say, and the exemplars of most of them unshifted. */
  private List<Placement> placements(Refinement refinement) {
    Map<Placement, Integer> votes = new HashMap<>();
    Map<Placement, Integer> whole = new HashMap<>();
    int width = store.layer().columns();
    for (int cell = 0; cell < query.rows() * query.columns(); cell++) {
      if (refinement.distance(cell) == 0) {
        int exemplar = refinement.match(cell) / store.layer().cells();
        int number = refinement.match(cell) % store.layer().cells();
        int down = number / width - cell / query.columns();
        int right = number % width - cell % query.columns();
        votes.merge(new Placement(exemplar, down, right), 1, Integer::sum);
        whole.merge(new Placement(exemplar, 0, 0), 1, Integer::sum);
      }
    }
    List<Placement> chosen = new ArrayList<>(most(votes));
    most(whole).stream().filter(placement -> !chosen.contains(placement)).forEach(chosen::add);
    return chosen;
  }

  private static List<Placement> most(Map<Placement, Integer> votes) {
    return votes.entrySet().stream()
        .sorted(
            Map.Entry.<Placement, Integer>comparingByValue()
                .reversed()
                .thenComparing(
                    Map.Entry.comparingByKey(
                        Comparator.comparingInt(Placement::exemplar)
                            .thenComparingInt(Placement::down)
                            .thenComparingInt(Placement::right))))
        .limit(TRIED)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a placement puts one of a few cells, spread over all that are open, at distance 0. */
  private boolean fits(Placement placement, int[] open) {
    Closeness closeness = new Closeness(store, query, settings, kernels);
    int count = Math.min(SAMPLE, open.length);
    for (int i = 0; i < count; i++) {
      int cell = open[(int) ((2L * i + 1) * open.length / (2L * count))];
      int twin = twin(placement, cell);
      if (twin >= 0) {
        closeness.begin(cell);
        if (closeness.of(twin, Float.POSITIVE_INFINITY) == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** A cell's twin, counted over all exemplars; -1 if it lies outside. */
  private int twin(Placement placement, int cell) {
    int row = cell / query.columns() + placement.down();
    int column = cell % query.columns() + placement.right();
    if (row < 0 || row >= store.layer().rows() || column < 0 || column >= store.layer().columns()) {
      return -1;
    }
    return placement.exemplar() * store.layer().cells() + row * store.layer().columns() + column;
  }
}
