package org.compnn.search;

import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;

/** Distances of a query cell's hyperpatch and stored ones, in single precision. One a thread. */
final class Closeness {
  private final CellStore store;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final Kernels kernels;
  private final int p;
  private final int channels;
  private final int cells;
  private final int rows;
  private final int columns;
  private final float[] mine;
  private final float[] theirs;
  private final float[] run;

  Closeness(CellStore store, FeatureMap query, SearchSettings settings, Kernels kernels) {
    this.store = store;
    this.query = query;
    this.settings = settings;
    this.kernels = kernels;
    this.p = settings.hyperpatch();
    this.channels = query.channels();
    this.cells = store.layer().cells();
    this.rows = store.layer().rows();
    this.columns = store.layer().columns();
    this.mine = new float[p * p * channels];
    this.theirs = new float[mine.length];
    this.run = new float[p * channels];
  }

  /** Which query cell the distances are of. */
  void begin(int cell) {
    Windows.copy(
        query.cells(),
        query.rows(),
        query.columns(),
        channels,
        cell / query.columns(),
        cell % query.columns(),
        settings.firstOffset(),
        p,
        mine,
        0);
  }

  /**
   * The distance of a training cell, counted over all exemplars; infinite, perhaps, if it is not
   * less than the limit.
   */
  float of(int cell, float limit) {
    int number = cell % cells;
    int exemplar = cell / cells;
    int row = number / columns + settings.firstOffset();
    int column = number % columns + settings.firstOffset();
    int width = p * channels;
    return switch (settings.distance()) {
      case L2 -> {
        float sum = 0;
        for (int a = 0; a < p && sum < limit; a++) {
          gather(exemplar, row + a, column, 0);
          sum += kernels.squaredDistance(mine, a * width, theirs, 0, width);
        }
        yield sum < limit ? sum : Float.POSITIVE_INFINITY;
      }
      case COSINE -> {
        for (int a = 0; a < p; a++) {
          gather(exemplar, row + a, column, a * width);
        }
        float left = kernels.dot(mine, 0, mine, 0, mine.length);
        float right = kernels.dot(theirs, 0, theirs, 0, mine.length);
        float product = kernels.dot(mine, 0, theirs, 0, mine.length);
        double norm = Math.sqrt((double) left * right);
        yield norm > 0 ? (float) (1 - product / norm) : 1;
      }
    };
  }

  /** One row of a hyperpatch. */
  private void gather(int exemplar, int row, int column, int to) {
    int y = Math.clamp(row, 0, rows - 1);
    if (column >= 0 && column + p <= columns) {
      store.read(exemplar, y * columns + column, p, theirs, to);
      return;
    }
    int low = Math.clamp(column, 0, columns - 1);
    int high = Math.clamp(column + p - 1, 0, columns - 1);
    store.read(exemplar, y * columns + low, high - low + 1, run, 0);
    for (int b = 0; b < p; b++) {
      int x = Math.clamp(column + b, 0, columns - 1);
      System.arraycopy(run, (x - low) * channels, theirs, to + b * channels, channels);
    }
  }
}
