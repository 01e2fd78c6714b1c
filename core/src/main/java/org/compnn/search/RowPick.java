package org.compnn.search;

import org.compnn.kernels.Kernels;

/**
 * Offers the greatest scores of a row to {@link BestEntries}. One for each thread.
 *
 * <p>While nothing is known of a search, every score would be offered. So a score that enough of
 * the row's reach is found first.
 */
final class RowPick {
  private final Kernels kernels;
  private final int slots;
  private final int[] columns;

  /**
   * @param width scores in a row at the most
   * @param slots of the entries
   */
  RowPick(Kernels kernels, int width, int slots) {
    this.kernels = kernels;
    this.slots = slots;
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
      float reached = kernels.reached(scores, at, width, slots);
      // That score itself must pass. (Scores that are not numbers say nothing.)
      limit = reached > Float.NEGATIVE_INFINITY ? Math.nextDown(reached) : Float.NEGATIVE_INFINITY;
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
}
