package org.compnn.search.exact;

import org.compnn.search.SearchSettings;

/** Copies hyperpatches out of a grid of cells, the border cells repeated. */
public final class Windows {
  private Windows() {}

  /**
   * @param cells rows x columns x channels
   * @param row the hyperpatch's own cell
   * @param first offset of its first cell, see {@link SearchSettings#firstOffset}
   * @param into receives p x p x channels numbers from {@code at}
   */
  public static void copy(
      float[] cells,
      int rows,
      int columns,
      int channels,
      int row,
      int column,
      int first,
      int p,
      float[] into,
      int at) {
    int to = at;
    int left = column + first;
    for (int a = 0; a < p; a++) {
      int y = Math.clamp(row + first + a, 0, rows - 1);
      if (left >= 0 && left + p <= columns) {
        System.arraycopy(cells, (y * columns + left) * channels, into, to, p * channels);
        to += p * channels;
        continue;
      }
      for (int b = 0; b < p; b++) {
        int x = Math.clamp(left + b, 0, columns - 1);
        System.arraycopy(cells, (y * columns + x) * channels, into, to, channels);
        to += channels;
      }
    }
  }
}
