package org.compnn.bench.field;

import org.compnn.database.CellStore;
import org.compnn.network.FeatureMap;

/**
 * Hyperpatches as vectors of p x p x C numbers, row by row, the border cells repeated: what every
 * peer is given. Written apart from the library's own, so that neither hides a mistake of the
 * other.
 */
final class Windows {
  private Windows() {}

  /** Numbers of a hyperpatch. */
  static int inputs(int p, int channels) {
    return p * p * channels;
  }

  /** Copies the hyperpatch of a cell. */
  static void copy(FeatureMap map, int p, int cell, float[] into, int at) {
    int channels = map.channels();
    int row = cell / map.columns() - (p - 1) / 2;
    int column = cell % map.columns() - (p - 1) / 2;
    int to = at;
    for (int a = 0; a < p; a++) {
      int y = Math.clamp(row + a, 0, map.rows() - 1);
      for (int b = 0; b < p; b++) {
        int x = Math.clamp(column + b, 0, map.columns() - 1);
        System.arraycopy(map.cells(), (y * map.columns() + x) * channels, into, to, channels);
        to += channels;
      }
    }
  }

  /** Copies the hyperpatch of a training cell. */
  static void copy(CellStore store, int p, int exemplar, int cell, float[] into) {
    int rows = store.layer().rows();
    int columns = store.layer().columns();
    int row = cell / columns - (p - 1) / 2;
    int column = cell % columns - (p - 1) / 2;
    int to = 0;
    for (int a = 0; a < p; a++) {
      int y = Math.clamp(row + a, 0, rows - 1);
      for (int b = 0; b < p; b++) {
        int x = Math.clamp(column + b, 0, columns - 1);
        store.read(exemplar, y * columns + x, 1, into, to);
        to += store.layer().channels();
      }
    }
  }

  /** All cells of an exemplar. */
  static FeatureMap exemplar(CellStore store, int exemplar) {
    int cells = store.layer().cells();
    int channels = store.layer().channels();
    float[] numbers = new float[cells * channels];
    store.read(exemplar, 0, cells, numbers, 0);
    return new FeatureMap(store.layer().rows(), store.layer().columns(), channels, numbers);
  }

  /** Squared L2 distance of two vectors of the same length. */
  static double distance(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      double difference = (double) left[i] - right[i];
      sum += difference * difference;
    }
    return sum;
  }
}
