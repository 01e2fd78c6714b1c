package org.compnn.network;

import java.util.Arrays;

/** Maps made larger, as what follows a network in use makes its output as large as the picture. */
final class Enlarged {
  private Enlarged() {}

  /**
   * Numbers between the four nearest cells, weighted by nearness of their centres, as PyTorch's
   * {@code interpolate} does with {@code mode="bilinear"} and {@code align_corners=False}.
   */
  static FeatureMap bilinear(FeatureMap map, Size size) {
    if (map.rows() == size.height() && map.columns() == size.width()) {
      return map;
    }
    return mixed(
        map,
        Interpolation.linear(map.rows(), size.height()),
        Interpolation.linear(map.columns(), size.width()));
  }

  /** Numbers mixed of those around them, first along the rows and then between rows. */
  static FeatureMap mixed(FeatureMap map, Interpolation down, Interpolation across) {
    int length = Math.multiplyExact(across.to(), map.channels());
    float[] to = new float[Math.multiplyExact(down.to(), length)];
    // Rows above and below are shared by many new rows: each place keeps the one that lay there.
    float[][] kept = new float[down.taps()][length];
    int[] rows = new int[down.taps()];
    Arrays.fill(rows, -1);
    for (int i = 0; i < down.to(); i++) {
      for (int tap = 0; tap < down.taps(); tap++) {
        int row = down.cell(i, tap);
        int place = row % down.taps();
        if (rows[place] != row) {
          rows[place] = row;
          widen(map, row, across, kept[place]);
        }
        add(kept[place], 0, down.weight(i, tap), to, i * length, length, tap == 0);
      }
    }
    return new FeatureMap(down.to(), across.to(), map.channels(), to);
  }

  private static void widen(FeatureMap map, int row, Interpolation across, float[] wide) {
    int channels = map.channels();
    for (int i = 0; i < across.to(); i++) {
      for (int tap = 0; tap < across.taps(); tap++) {
        int cell = (row * map.columns() + across.cell(i, tap)) * channels;
        add(map.cells(), cell, across.weight(i, tap), wide, i * channels, channels, tap == 0);
      }
    }
  }

  private static void add(
      float[] from, int start, float weight, float[] to, int at, int count, boolean first) {
    if (first) {
      for (int c = 0; c < count; c++) {
        to[at + c] = weight * from[start + c];
      }
    } else {
      for (int c = 0; c < count; c++) {
        to[at + c] += weight * from[start + c];
      }
    }
  }

  /** The cell that a pixel's centre lies in; indices are not mixed. */
  static FeatureMap nearest(FeatureMap map, Size size) {
    if (map.rows() == size.height() && map.columns() == size.width()) {
      return map;
    }
    int channels = map.channels();
    float[] to =
        new float[Math.multiplyExact(Math.multiplyExact(size.height(), size.width()), channels)];
    for (int row = 0; row < size.height(); row++) {
      int fromRow = (int) ((2L * row + 1) * map.rows() / (2L * size.height()));
      for (int column = 0; column < size.width(); column++) {
        int fromColumn = (int) ((2L * column + 1) * map.columns() / (2L * size.width()));
        System.arraycopy(
            map.cells(),
            (fromRow * map.columns() + fromColumn) * channels,
            to,
            (row * size.width() + column) * channels,
            channels);
      }
    }
    return new FeatureMap(size.height(), size.width(), channels, to);
  }
}
