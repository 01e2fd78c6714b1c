package org.compnn.search;

import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/** Exact search for some cells of a query only. */
final class ChosenCells {
  private ChosenCells() {}

  /**
   * Finds the nearest matches of some cells.
   *
   * <p>Their hyperpatches are laid side by side as a query of p rows, so that the reference search
   * itself finds them: cells x p x p query cells are its cost.
   *
   * @param chosen numbers of cells, row x columns + column
   * @return one row, with a column for each of {@code chosen}
   */
  static Field find(
      CellStore store, FeatureMap query, SearchSettings settings, int[] chosen, Workers workers) {
    int p = settings.hyperpatch();
    int channels = query.channels();
    int count = chosen.length;
    float[] cells = new float[Math.multiplyExact(p * p * channels, count)];
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
    Field laid =
        new ExactSearch(store, workers, Progress.NONE)
            .find(new FeatureMap(p, count * p, channels, cells), settings);
    int own = -settings.firstOffset();
    int k = settings.topK();
    Field found =
        new Field(
            1,
            count,
            k,
            new int[count * k],
            new int[count * k],
            new int[count * k],
            new float[count * k]);
    for (int i = 0; i < count; i++) {
      copy(laid, laid.at(own, i * p + own, 0), found, i * k);
    }
    return found;
  }

  /** Copies the matches of one cell. */
  static void copy(Field from, int at, Field into, int to) {
    System.arraycopy(from.exemplar(), at, into.exemplar(), to, into.topK());
    System.arraycopy(from.row(), at, into.row(), to, into.topK());
    System.arraycopy(from.column(), at, into.column(), to, into.topK());
    System.arraycopy(from.distance(), at, into.distance(), to, into.topK());
  }
}
