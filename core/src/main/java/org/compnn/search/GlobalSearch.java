package org.compnn.search;

import java.util.Comparator;
import java.util.List;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.threads.Workers;

/** Finds the exemplars whose whole layer is nearest to the query's. */
public final class GlobalSearch {
  private GlobalSearch() {}

  /**
   * @param store the layer of all exemplars
   * @param query cells as {@link CellStore#standardise} gives them, in as many rows and columns as
   *     the exemplars'
   * @param distance taken between the two layers, each as one vector
   * @param selection the exemplars that may match
   * @param k how many, 1 or more
   * @param workers read exemplars at the same time
   * @return at most k matches, nearest first; equal distances go to the smaller exemplar
   * @throws IllegalArgumentException if the query's grid is not the store's
   */
  public static List<GlobalMatch> nearest(
      CellStore store,
      FeatureMap query,
      Distance distance,
      Selection selection,
      int k,
      Workers workers) {
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int channels = store.layer().channels();
    if (query.rows() != rows || query.columns() != columns || query.channels() != channels) {
      throw new IllegalArgumentException(
          "a query of %d x %d x %d for a layer of %d x %d x %d"
              .formatted(query.rows(), query.columns(), query.channels(), rows, columns, channels));
    }
    if (k < 1 || selection.exemplars() != store.exemplars()) {
      throw new IllegalArgumentException(
          "%d matches from a selection of %d exemplars for a store of %d"
              .formatted(k, selection.exemplars(), store.exemplars()));
    }
    int[] exemplars = selection.indices();
    return workers.map(exemplars.length, i -> match(store, query, distance, exemplars[i])).stream()
        .sorted(
            Comparator.comparingDouble(GlobalMatch::distance)
                .thenComparingInt(GlobalMatch::exemplar))
        .limit(k)
        .toList();
  }

  private static GlobalMatch match(
      CellStore store, FeatureMap query, Distance distance, int exemplar) {
    int run = query.columns() * query.channels();
    float[] cells = new float[run];
    Hyperpatches.Sums sums = new Hyperpatches.Sums(distance);
    for (int row = 0; row < query.rows(); row++) {
      store.read(exemplar, row * query.columns(), query.columns(), cells, 0);
      sums.add(query.cells(), row * run, cells, 0, run);
    }
    return new GlobalMatch(exemplar, sums.distance());
  }
}
