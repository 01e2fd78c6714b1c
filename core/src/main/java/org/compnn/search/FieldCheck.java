package org.compnn.search;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.threads.Workers;

/**
 * How near a field comes to the exact one, by an exact search for some of its cells, chosen at
 * random.
 *
 * @param cells how many were searched
 * @param recall share of them whose match is as near as the nearest there is, 0..1
 * @param ratio mean distance of their matches over the mean distance of the nearest, 1 or more
 */
public record FieldCheck(int cells, double recall, double ratio) {
  /** Distances that differ by no more than rounding are the same. */
  private static final double ROUNDING = 1e-5;

  /** Multiplications and additions that a check may take where nobody asked for it: a second. */
  private static final double AFFORDABLE = 2e11;

  /** Several fields' checks as one: means over all cells. */
  public static FieldCheck together(List<FieldCheck> checks) {
    int cells = checks.stream().mapToInt(FieldCheck::cells).sum();
    double recall = checks.stream().mapToDouble(c -> c.cells * c.recall).sum() / cells;
    double ratio = checks.stream().mapToDouble(c -> c.cells * c.ratio).sum() / cells;
    return new FieldCheck(cells, recall, ratio);
  }

  /** What it says, for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%d cells searched exactly: recall %.2f, distance ratio %.3f",
        cells,
        recall,
        ratio);
  }

  /** How many cells can be searched exactly in about a second, by {@link #of}. */
  public static int affordable(CellStore store, SearchSettings settings) {
    double each =
        2.0
            * settings.hyperpatch()
            * settings.hyperpatch()
            * settings.selection().size()
            * store.layer().cells()
            * store.layer().channels();
    return (int) Math.min(Integer.MAX_VALUE, AFFORDABLE / Math.max(1, each));
  }

  /**
   * Checks a field.
   *
   * @param query what the field was searched for
   * @param field found with these settings
   * @param wanted cells to search exactly, 1 or more; all of them if there are no more
   * @param seed chooses the cells
   */
  public static FieldCheck of(
      CellStore store,
      FeatureMap query,
      SearchSettings settings,
      Field field,
      int wanted,
      long seed,
      Workers workers) {
    int[] chosen = chosen(query.rows() * query.columns(), wanted, seed);
    Field exact =
        ChosenCells.find(
            store,
            query,
            new SearchSettings(settings.hyperpatch(), settings.distance(), 1, settings.selection()),
            chosen,
            workers);
    return of(field, chosen, exact.distance());
  }

  /**
   * Compares some cells of a field with what is nearest to them.
   *
   * @param nearest for each chosen cell the distance of its nearest match
   */
  static FieldCheck of(Field field, int[] chosen, float[] nearest) {
    double found = 0;
    double least = 0;
    int hits = 0;
    for (int i = 0; i < chosen.length; i++) {
      double mine = field.distance()[chosen[i] * field.topK()];
      found += mine;
      least += nearest[i];
      if (mine <= nearest[i] * (1 + ROUNDING)) {
        hits++;
      }
    }
    double ratio = least > 0 ? found / least : found > 0 ? Double.POSITIVE_INFINITY : 1;
    return new FieldCheck(chosen.length, (double) hits / chosen.length, Math.max(1, ratio));
  }

  /** Different cells chosen at random, as many as are wanted or there are. */
  static int[] chosen(int all, int wanted, long seed) {
    return new Random(seed).ints(0, all).distinct().limit(Math.min(wanted, all)).toArray();
  }
}
