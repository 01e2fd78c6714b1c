package org.compnn.search;

import java.util.Arrays;

/**
 * Offers the greatest scores of a row to {@link BestEntries}. One for each thread.
 *
 * <p>While nothing is known of a search, every score would be offered. So the row's greatest score
 * at each place of a panel is looked at first: the k-th greatest of these is a threshold that at
 * least k scores reach.
 */
final class RowPick {
  private final Kernels kernels;
  private final float[] maxima;
  private final float[] greatest;
  private final int[] columns;

  /**
   * @param width scores in a row at the most
   * @param slots of the entries
   */
  RowPick(Kernels kernels, int width, int slots) {
    this.kernels = kernels;
    this.maxima = new float[kernels.panel()];
    this.greatest = new float[slots];
    this.columns = new int[width];
  }

  /**
   * @param scores the row, from {@code at}, {@code width} of them, a multiple of the panel
   * @param floor a score must be greater to count
   * @param entries what the columns stand for, from {@code first}; the columns themselves plus
   *     {@code first} if empty
   */
  void pick(
      float[] scores,
      int at,
      int width,
      float floor,
      int[] entries,
      int first,
      BestEntries found,
      int search) {
    float limit = Math.max(floor, found.least(search));
    if (limit == Float.NEGATIVE_INFINITY) {
      limit = threshold(scores, at, width);
    }
    int count = kernels.above(scores, at, width, limit, columns);
    for (int i = 0; i < count; i++) {
      float score = scores[at + columns[i]];
      if (score > limit) {
        found.offer(
            search, score, entries.length == 0 ? first + columns[i] : entries[first + columns[i]]);
        limit = Math.max(limit, found.least(search));
      }
    }
  }

  private float threshold(float[] scores, int at, int width) {
    int slots = greatest.length;
    if (slots > maxima.length) {
      return Float.NEGATIVE_INFINITY;
    }
    kernels.maxima(scores, at, width, maxima);
    Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
    for (float x : maxima) {
      if (x > greatest[slots - 1]) {
        int to = slots - 1;
        while (to > 0 && x > greatest[to - 1]) {
          greatest[to] = greatest[to - 1];
          to--;
        }
        greatest[to] = x;
      }
    }
    // That score itself must pass.
    return Math.nextDown(greatest[slots - 1]);
  }
}
