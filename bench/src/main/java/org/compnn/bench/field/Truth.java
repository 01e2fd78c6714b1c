package org.compnn.bench.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.ExactSearch;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.threads.Workers;

/**
 * The exact matches of some cells of a picture, chosen at random.
 *
 * @param cells of the query, row by row
 * @param found of each: exemplar x cells an exemplar + cell
 * @param distances squared L2 of the standardised hyperpatches
 */
record Truth(List<Integer> cells, List<Long> found, List<Double> distances) {
  private static final long SEED = 17;

  Truth {
    cells = List.copyOf(cells);
    found = List.copyOf(found);
    distances = List.copyOf(distances);
  }

  /** All pictures' truths, as they are kept. */
  record All(List<Truth> pictures) {
    All {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * Searches exactly. The chosen hyperpatches are laid side by side as a query of p rows, so that
   * the library's exact search does it in one go.
   */
  static Truth of(CellStore store, FeatureMap query, int p, int count, Workers workers) {
    int all = query.rows() * query.columns();
    int[] chosen = new Random(SEED).ints(0, all).distinct().limit(Math.min(count, all)).toArray();
    int wide = chosen.length * p;
    int channels = query.channels();
    float[] cells = new float[p * wide * channels];
    float[] window = new float[Windows.inputs(p, channels)];
    for (int i = 0; i < chosen.length; i++) {
      Windows.copy(query, p, chosen[i], window, 0);
      for (int row = 0; row < p; row++) {
        System.arraycopy(
            window, row * p * channels, cells, (row * wide + i * p) * channels, p * channels);
      }
    }
    SearchSettings settings =
        new SearchSettings(p, Distance.L2, 1, Selection.all(store.exemplars()));
    Field exact =
        new ExactSearch(store, workers, Progress.NONE)
            .find(new FeatureMap(p, wide, channels, cells), settings);
    List<Long> found = new ArrayList<>();
    List<Double> distances = new ArrayList<>();
    int own = -settings.firstOffset();
    for (int i = 0; i < chosen.length; i++) {
      int at = exact.at(own, i * p + own, 0);
      long cell = (long) exact.row()[at] * store.layer().columns() + exact.column()[at];
      long id = (long) exact.exemplar()[at] * store.layer().cells() + cell;
      found.add(id);
      distances.add(distance(store, query, p, chosen[i], id));
    }
    return new Truth(Arrays.stream(chosen).boxed().toList(), found, distances);
  }

  /** The distance of a match, calculated for everyone in the same way. */
  static double distance(CellStore store, FeatureMap query, int p, int cell, long match) {
    int inputs = Windows.inputs(p, query.channels());
    float[] left = new float[inputs];
    float[] right = new float[inputs];
    Windows.copy(query, p, cell, left, 0);
    int cells = store.layer().cells();
    Windows.copy(store, p, (int) (match / cells), (int) (match % cells), right);
    return Windows.distance(left, right);
  }
}
