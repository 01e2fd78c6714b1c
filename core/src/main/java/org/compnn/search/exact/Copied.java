package org.compnn.search.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.threads.Workers;

/**
 * Finds the exemplars that a query is a copy of, whole, cut or shifted, and gives every cell its
 * twin there.
 *
 * <p>Where many stored cells are nearly alike, a search leaves some cells of a training picture
 * with a near twin instead of their own: their products in single precision, or their codes, are
 * the same, and only a few of them are looked at. But most cells do find theirs, at distance 0, and
 * each of those says how the query lies in an exemplar. What most of them say is tried on a few
 * cells that are not at 0; where it puts one at 0, it is tried on all. A query that is no copy
 * costs the few.
 */
public final class Copied {
  /** Placements that are tried, and as many again of exemplars as they stand. */
  private static final int TRIED = 8;

  /** Cells that a placement is tried on before it is on all. */
  private static final int SAMPLE = 32;

  /** Cells that a thread is handed at once. */
  private static final int PART = 256;

  private final CellStore store;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final Field field;

  private Copied(CellStore store, FeatureMap query, SearchSettings settings, Field field) {
    this.store = store;
    this.query = query;
    this.settings = settings;
    this.field = field;
  }

  /** Where a query lies in an exemplar: its cell (0, 0) is that one's cell (down, right). */
  private record Placement(int exemplar, int down, int right) {}

  /**
   * Gives cells whose nearest match is not at distance 0 their twins, where there are any.
   *
   * @param query standardised cells
   * @param field of all cells of the query; twins are put into it
   */
  public static void complete(
      CellStore store, FeatureMap query, SearchSettings settings, Field field, Workers workers) {
    new Copied(store, query, settings, field).complete(workers);
  }

  private void complete(Workers workers) {
    List<Placement> placements = placements();
    int[] open = placements.isEmpty() ? new int[0] : open();
    for (Placement placement : placements) {
      if (open.length == 0) {
        return;
      }
      if (fits(placement, open)) {
        give(placement, open, workers);
        open = open();
      }
    }
  }

  private int[] open() {
    int[] open = new int[field.rows() * field.columns()];
    int count = 0;
    for (int cell = 0; cell < open.length; cell++) {
      if (field.distance()[cell * field.topK()] != 0) {
        open[count++] = cell;
      }
    }
    return Arrays.copyOf(open, count);
  }

  /** What most of the cells at distance 0 say, and the exemplars of most of them unshifted. */
  private List<Placement> placements() {
    Map<Placement, Integer> votes = new HashMap<>();
    Map<Placement, Integer> whole = new HashMap<>();
    for (int cell = 0; cell < field.rows() * field.columns(); cell++) {
      int at = cell * field.topK();
      if (field.distance()[at] == 0) {
        int exemplar = field.exemplar()[at];
        int down = field.row()[at] - cell / field.columns();
        int right = field.column()[at] - cell % field.columns();
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
    Hyperpatches hyperpatches = new Hyperpatches(store, query, settings);
    int count = Math.min(SAMPLE, open.length);
    return IntStream.range(0, count)
        .map(i -> open[(int) ((2L * i + 1) * open.length / (2L * count))])
        .anyMatch(cell -> twins(hyperpatches, placement, cell));
  }

  private boolean twins(Hyperpatches hyperpatches, Placement placement, int cell) {
    int twin = twin(placement, cell);
    return twin >= 0 && hyperpatches.distance(cell, placement.exemplar(), twin) == 0;
  }

  private void give(Placement placement, int[] open, Workers workers) {
    workers.run(
        Math.ceilDiv(open.length, PART),
        (part, thread) -> {
          Hyperpatches hyperpatches = new Hyperpatches(store, query, settings);
          for (int i = part * PART; i < Math.min(open.length, (part + 1) * PART); i++) {
            if (twins(hyperpatches, placement, open[i])) {
              first(open[i], placement.exemplar(), twin(placement, open[i]));
            }
          }
        });
  }

  /** A cell's twin in a placement's exemplar; -1 if it lies outside. */
  private int twin(Placement placement, int cell) {
    int row = cell / query.columns() + placement.down();
    int column = cell % query.columns() + placement.right();
    if (row < 0 || row >= store.layer().rows() || column < 0 || column >= store.layer().columns()) {
      return -1;
    }
    return row * store.layer().columns() + column;
  }

  /** Puts a twin before the matches that a cell has; the last of them gives way. */
  private void first(int cell, int exemplar, int twin) {
    int at = cell * field.topK();
    for (int k = field.topK() - 1; k > 0; k--) {
      field.exemplar()[at + k] = field.exemplar()[at + k - 1];
      field.row()[at + k] = field.row()[at + k - 1];
      field.column()[at + k] = field.column()[at + k - 1];
      field.distance()[at + k] = field.distance()[at + k - 1];
    }
    field.exemplar()[at] = exemplar;
    field.row()[at] = twin / store.layer().columns();
    field.column()[at] = twin % store.layer().columns();
    field.distance()[at] = 0;
  }
}
