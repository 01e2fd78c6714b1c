package org.compnn.search;

import java.util.Random;
import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;

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
   * <p>The chosen hyperpatches are laid side by side as a query of p rows, so that the reference
   * search itself gives the truth: cells x p x p query cells are its cost.
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
    int count = chosen.length;
    int p = settings.hyperpatch();
    int channels = query.channels();
    float[] cells = new float[p * p * count * channels];
    float[] window = new float[p * p * channels];
    for (int i = 0; i < count; i++) {
      Windows.copy(
          query.cells(),
          query.rows(),
          query.columns(),
          channels,
          chosen[i] / query.columns(),
          chosen[i] % query.columns(),
          settings.firstOffset(),
          p,
          window,
          0);
      for (int row = 0; row < p; row++) {
        System.arraycopy(
            window, row * p * channels, cells, (row * count + i) * p * channels, p * channels);
      }
    }
    Field exact =
        new ExactSearch(store, threads, Progress.NONE)
            .find(
                new FeatureMap(p, count * p, channels, cells),
                new SearchSettings(p, settings.distance(), 1, settings.selection()));
    int own = -settings.firstOffset();
    float[] nearest = new float[count];
    for (int i = 0; i < count; i++) {
      nearest[i] = exact.distance()[exact.at(own, i * p + own, 0)];
    }
    return of(field, chosen, nearest);
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
