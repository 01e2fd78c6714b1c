package org.compnn.search.field;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.lists.ListIndex;
import org.compnn.threads.Workers;

/**
 * Windows of training exemplars that stand for new pictures: they are searched for in all exemplars
 * but those, and the exemplars before and after them, and some of their cells are searched exactly.
 *
 * <p>Networks know their training pictures: their cells have near twins more often than those of
 * other pictures. So every second window is mixed with a little of another exemplar's, and the
 * ratio that counts is that of the worse half, see {@link Outcome#keeps}. On CamVid new pictures
 * come out between the halves.
 */
final class HeldOut {
  /** Exemplars whose windows are searched for, at the most. */
  private static final int WINDOWS = 24;

  /** Rows and columns of a window at the most. */
  private static final int SIDE = 14;

  /** Cells that are searched exactly, at the most. */
  private static final int CELLS = 480;

  /** Fewer cells say nothing. */
  private static final int FEWEST = 24;

  /** The share of another exemplar in a window that is mixed. */
  private static final float MIXED = 0.2f;

  /** How much of what the best quality promises may be used up here. */
  private static final double USED_BY_BEST = 0.75;

  private static final long SEED = 3;

  private final ListIndex lists;
  private final Workers workers;
  private final FieldSearch search;
  private final Selection rest;
  private final FeatureMap query;
  private final int[] interior;
  private final int windowCells;

  HeldOut(CellStore store, ListIndex lists, Workers workers) {
    this.lists = lists;
    this.workers = workers;
    this.search = FieldSearch.of(store, lists, workers);
    int windows = windows(store);
    int all = store.exemplars();
    int apart = windows * 5 <= all / 3 ? 2 : windows * 3 <= all / 3 ? 1 : 0;
    BitSet kept = new BitSet(all);
    kept.set(0, all);
    int rows = Math.min(SIDE, store.layer().rows());
    int columns = Math.min(SIDE, store.layer().columns());
    int channels = store.layer().channels();
    float[][] cells = new float[windows][rows * columns * channels];
    Random random = new Random(SEED);
    for (int w = 0; w < windows; w++) {
      int exemplar = (int) ((w + 0.5) * all / windows);
      kept.clear(Math.max(0, exemplar - apart), Math.min(all, exemplar + apart + 1));
      int top = random.nextInt(store.layer().rows() - rows + 1);
      int left = random.nextInt(store.layer().columns() - columns + 1);
      for (int row = 0; row < rows; row++) {
        int from = (top + row) * store.layer().columns() + left;
        store.read(exemplar, from, columns, cells[w], row * columns * channels);
      }
    }
    float[] laid = new float[windows * rows * columns * channels];
    for (int w = 0; w < windows; w++) {
      float[] other = cells[(w + windows / 2) % windows];
      float share = w % 2 == 1 ? MIXED : 0;
      for (int i = 0; i < other.length; i++) {
        laid[w * other.length + i] = cells[w][i] + share * (other[i] - cells[w][i]);
      }
    }
    this.windowCells = rows * columns;
    this.rest = Selection.of(kept, all);
    // One below the other: where they meet there are no true hyperpatches, so nothing is measured.
    this.query = new FeatureMap(windows * rows, columns, channels, laid);
    this.interior = interior(windows, rows, columns, lists.hyperpatch());
  }

  private static int[] interior(int windows, int rows, int columns, int p) {
    List<Integer> interior = new ArrayList<>();
    for (int cell = 0; cell < windows * rows * columns; cell++) {
      int row = cell / columns % rows;
      int column = cell % columns;
      if (row >= Math.min(p - 1, rows / 2)
          && row <= Math.max(rows - p, rows / 2)
          && column >= Math.min(p - 1, columns / 2)
          && column <= Math.max(columns - p, columns / 2)) {
        interior.add(cell);
      }
    }
    return interior.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many windows a layer has exemplars for; none if there are too few. */
  static int windows(CellStore store) {
    return Math.min(WINDOWS, store.exemplars() / 8);
  }

  /**
   * Some cells of the windows and the distances of their nearest matches.
   *
   * @param cells numbers of cells of the query
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  record Sample(SearchSettings settings, int[] cells, float[] nearest) {
    boolean enough() {
      return cells.length >= FEWEST;
    }
  }

  Sample sample(Distance distance) {
    SearchSettings settings = new SearchSettings(lists.hyperpatch(), distance, 1, rest);
    int[] cells = chosen();
    return new Sample(
        settings, cells, cells.length < FEWEST ? new float[0] : nearest(settings, cells));
  }

  private int[] chosen() {
    int[] places = FieldCheck.chosen(interior.length, CELLS, SEED);
    for (int i = 0; i < places.length; i++) {
      places[i] = interior[places[i]];
    }
    return places;
  }

  /** The distances of the nearest matches of some cells. */
  private float[] nearest(SearchSettings settings, int[] chosen) {
    // The nearer what is known already, the less is compared.
    Field near = search.search(query, settings, Effort.of(Quality.BEST), Deadline.NONE).field();
    return search.bounded(query, settings, near, chosen).distances(workers);
  }

  /**
   * What an effort reaches.
   *
   * @param ratio distance ratio
   * @param error its standard error: so few cells may be easier than others by chance
   * @param usual mean distance by code, as {@link Effort} notes it
   */
  record Reached(double ratio, double error, double usual) {
    /** The ratio and a standard error: a safety for what chance may have left out. */
    double most() {
      return ratio + error;
    }
  }

  /**
   * What an effort reaches.
   *
   * @param worse in the half of the windows that is worse
   * @param all in all windows together
   */
  record Outcome(Reached worse, Reached all) {
    /** What counts for a quality. */
    Reached of(Quality quality) {
      return quality == Quality.BEST ? all : worse;
    }

    /**
     * Whether it keeps what a quality promises, with something left for chance: a standard error.
     * {@link Quality#BEST} leaves so little that one cell can be all of it and its own error; there
     * all windows count together, and a quarter of the promise is left.
     */
    boolean keeps(Quality quality) {
      return quality == Quality.BEST
          ? all.ratio() - 1 <= USED_BY_BEST * (quality.promised() - 1)
          : worse.most() <= quality.promised();
    }
  }

  /** What an effort reaches. */
  Outcome reached(Sample sample, Effort effort) {
    FieldSearch.Searched searched = search.search(query, sample.settings(), effort, Deadline.NONE);
    Reached plain = reached(searched, sample, window -> window % 2 == 0);
    Reached mixed = reached(searched, sample, window -> window % 2 == 1);
    return new Outcome(
        plain.most() > mixed.most() ? plain : mixed, reached(searched, sample, _ -> true));
  }

  /** The distance ratio of some windows. */
  private Reached reached(FieldSearch.Searched searched, Sample sample, IntPredicate windowsOf) {
    int[] of =
        IntStream.range(0, sample.cells().length)
            .filter(i -> windowsOf.test(sample.cells()[i] / windowCells))
            .toArray();
    double found = 0;
    double nearest = 0;
    for (int i : of) {
      found += searched.field().distance()[sample.cells()[i]];
      nearest += sample.nearest()[i];
    }
    double ratio = nearest > 0 ? Math.max(1, found / nearest) : found > 0 ? found : 1;
    double squares = 0;
    Map<Integer, Double> windows = new HashMap<>();
    for (int i : of) {
      double off = searched.field().distance()[sample.cells()[i]] - ratio * sample.nearest()[i];
      squares += off * off;
      windows.merge(sample.cells()[i] / windowCells, off, Double::sum);
    }
    // Cells of one window are alike, so windows count as well.
    double clustered = windows.values().stream().mapToDouble(off -> off * off).sum();
    double error = nearest > 0 ? Math.sqrt(Math.max(squares, clustered)) / nearest : 0;
    return new Reached(ratio, error, searched.away());
  }
}
