package org.compnn.search;

import java.util.Random;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;

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
      int threads) {
    int[] chosen = chosen(query.rows() * query.columns(), wanted, seed);
    Field exact =
        ChosenCells.find(
            store,
            query,
            new SearchSettings(settings.hyperpatch(), settings.distance(), 1, settings.selection()),
            chosen,
            threads);
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
