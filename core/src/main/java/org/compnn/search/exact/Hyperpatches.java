package org.compnn.search.exact;

import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.SearchSettings;

/** Distances of hyperpatches calculated directly, in double precision. One for each thread. */
public final class Hyperpatches {
  private final CellStore store;
  private final FeatureMap query;
  private final SearchSettings settings;
  private final float[] run;
  private final float[] left;
  private final float[] right;

  public Hyperpatches(CellStore store, FeatureMap query, SearchSettings settings) {
    this.store = store;
    this.query = query;
    this.settings = settings;
    int p = settings.hyperpatch();
    this.run = new float[p * query.channels()];
    this.left = new float[p * p * query.channels()];
    this.right = new float[left.length];
  }

  /** Distance of a query cell and a cell of an exemplar, both counted row by row. */
  public double distance(int queryCell, int exemplar, int cell) {
    gatherQuery(queryCell);
    gatherExemplar(exemplar, cell);
    Sums sums = new Sums(settings.distance());
    sums.add(left, 0, right, 0, left.length);
    return sums.distance();
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

  /** What a distance is made of. */
  static final class Sums {
    private final Distance distance;
    private double squares;
    private double product;
    private double leftNorm;
    private double rightNorm;

    Sums(Distance distance) {
      this.distance = distance;
    }

    void add(float[] left, int leftAt, float[] right, int rightAt, int count) {
      switch (distance) {
        case L2 -> squares += squares(left, leftAt, right, rightAt, count);
        case COSINE -> {
          double ownProduct = 0;
          double ownLeft = 0;
          double ownRight = 0;
          for (int i = 0; i < count; i++) {
            double l = left[leftAt + i];
            double r = right[rightAt + i];
            ownProduct += l * r;
            ownLeft += l * l;
            ownRight += r * r;
          }
          product += ownProduct;
          leftNorm += ownLeft;
          rightNorm += ownRight;
        }
      }
    }

    /** Four sums side by side: one alone would wait for each of its additions. */
    private static double squares(float[] left, int leftAt, float[] right, int rightAt, int count) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int i = 0;
      for (; i + 3 < count; i += 4) {
        double d0 = (double) left[leftAt + i] - right[rightAt + i];
        double d1 = (double) left[leftAt + i + 1] - right[rightAt + i + 1];
        double d2 = (double) left[leftAt + i + 2] - right[rightAt + i + 2];
        double d3 = (double) left[leftAt + i + 3] - right[rightAt + i + 3];
        s0 += d0 * d0;
        s1 += d1 * d1;
        s2 += d2 * d2;
        s3 += d3 * d3;
      }
      for (; i < count; i++) {
        double d = (double) left[leftAt + i] - right[rightAt + i];
        s0 += d * d;
      }
      return s0 + s1 + (s2 + s3);
    }

    double distance() {
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
