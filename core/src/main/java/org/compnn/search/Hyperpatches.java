package org.compnn.search;

import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;

/** Distances of hyperpatches calculated directly, in double precision. One for each thread. */
final class Hyperpatches {
  private final CellStore store;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final float[] run;
  private final float[] left;
  private final float[] right;

  Hyperpatches(CellStore store, FeatureMap query, SearchSettings settings) {
    this.store = store;
    this.query = query;
    this.settings = settings;
    int p = settings.hyperpatch();
    this.run = new float[p * query.channels()];
    this.left = new float[p * p * query.channels()];
    this.right = new float[left.length];
  }

  /** Distance of a query cell and a cell of an exemplar, both counted row by row. */
  double distance(int queryCell, int exemplar, int cell) {
    gatherQuery(queryCell);
    gatherExemplar(exemplar, cell);
    Sums sums = new Sums();
    sums.add(left, 0, right, 0, left.length);
    return sums.distance(settings.distance());
  }

  private void gatherQuery(int cell) {
    int p = settings.hyperpatch();
    int row = cell / query.columns() + settings.firstOffset();
    int column = cell % query.columns() + settings.firstOffset();
    int at = 0;
    for (int a = 0; a < p; a++) {
      int y = Math.clamp(row + a, 0, query.rows() - 1);
      for (int b = 0; b < p; b++) {
        int x = Math.clamp(column + b, 0, query.columns() - 1);
        int from = (y * query.columns() + x) * query.channels();
        System.arraycopy(query.cells(), from, left, at, query.channels());
        at += query.channels();
      }
    }
  }

  private void gatherExemplar(int exemplar, int cell) {
    int p = settings.hyperpatch();
    int channels = query.channels();
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int row = cell / columns + settings.firstOffset();
    int column = cell % columns + settings.firstOffset();
    int low = Math.clamp(column, 0, columns - 1);
    int high = Math.clamp(column + p - 1, 0, columns - 1);
    int at = 0;
    for (int a = 0; a < p; a++) {
      int y = Math.clamp(row + a, 0, rows - 1);
      store.read(exemplar, y * columns + low, high - low + 1, run, 0);
      for (int b = 0; b < p; b++) {
        int x = Math.clamp(column + b, 0, columns - 1);
        System.arraycopy(run, (x - low) * channels, right, at, channels);
        at += channels;
      }
    }
  }

  /** What both distances are made of. */
  static final class Sums {
    private double squares;
    private double product;
    private double leftNorm;
    private double rightNorm;

    void add(float[] left, int leftAt, float[] right, int rightAt, int count) {
      double ownSquares = 0;
      double ownProduct = 0;
      double ownLeft = 0;
      double ownRight = 0;
      for (int i = 0; i < count; i++) {
        double l = left[leftAt + i];
        double r = right[rightAt + i];
        ownSquares += (l - r) * (l - r);
        ownProduct += l * r;
        ownLeft += l * l;
        ownRight += r * r;
      }
      squares += ownSquares;
      product += ownProduct;
      leftNorm += ownLeft;
      rightNorm += ownRight;
    }

    double distance(Distance distance) {
      return switch (distance) {
        case L2 -> squares;
        case COSINE -> {
          // The root of the product of norms is exact for equal vectors: their distance is 0.
          double norm = Math.sqrt(leftNorm * rightNorm);
          yield norm > 0 ? Math.clamp(1 - product / norm, 0, 2) : 1;
        }
      };
    }
  }
}
