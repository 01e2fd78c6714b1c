package org.compnn.search;

import java.io.Serializable;
import java.util.List;
import java.util.Random;
import org.compnn.database.CellStore;

/**
 * How near a field comes to the exact one, by an exact search for some of its cells, chosen at
 * random.
 *
 * @param cells how many were searched
 * @param recall share of them whose match is as near as the nearest there is, 0..1
 * @param ratio mean distance of their matches over the mean distance of the nearest, 1 or more
 */
public record FieldCheck(int cells, double recall, double ratio) implements Serializable {
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

  /** How many cells can be searched exactly in about a second. */
  public static int affordable(CellStore store, SearchSettings settings) {
    return (int) Math.min(Integer.MAX_VALUE, AFFORDABLE / Math.max(1, operations(store, settings)));
  }

  /** Multiplications and additions of an exact search for one cell. */
  public static double operations(CellStore store, SearchSettings settings) {
    return 2.0
        * settings.hyperpatch()
        * settings.hyperpatch()
        * settings.selection().size()
        * store.layer().cells()
        * store.layer().channels();
  }

  /**
   * Compares some cells of a field with what is nearest to them.
   *
   * @param chosen numbers of cells, row x columns + column
   * @param nearest for each chosen cell the distance of its nearest match
   */
  public static FieldCheck of(Field field, int[] chosen, float[] nearest) {
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

  /**
   * Different cells chosen at random, as many as are wanted or there are.
   *
   * @param all cells of a field
   * @param seed chooses them
   */
  public static int[] chosen(int all, int wanted, long seed) {
    return new Random(seed).ints(0, all).distinct().limit(Math.min(wanted, all)).toArray();
  }
}
