package org.compnn.search;

import org.compnn.kernels.Kernels;

/**
 * Compares query codes with the entries of a list, as one matrix product in small pieces. One for
 * each thread.
 */
final class ListScan {
  private final ListChunk chunk;
  private final int axes;
  private final float[] block;
  private final RowPick pick;
  private final float[] limits = new float[Kernels.ROWS];
  private final float[] scores = new float[Kernels.ROWS * ListChunk.WIDTH];

  /**
   * @param slots entries kept for a visit
   */
  ListScan(ListChunk chunk, Kernels kernels, int axes, int slots) {
    this.chunk = chunk;
    this.axes = axes;
    this.block = new float[Kernels.ROWS * axes];
    this.pick = new RowPick(kernels, ListChunk.WIDTH, slots);
  }

  /**
   * Offers a list's entries to the queries that visit it.
   *
   * @param queries the query of each visit, from {@code from} to {@code to}
   * @param codes of all queries, multiplied by the steps
   * @param floor for each visit a score that an entry must exceed
   * @param found receives the best entries of each visit
   */
  void scan(
      int list, int[] queries, int from, int to, float[] codes, float[] floor, BestEntries found) {
    for (int number = 0; number < chunk.chunks(list); number++) {
      if (!chunk.read(list, number)) {
        continue;
      }
      for (int at = from; at < to; at += Kernels.ROWS) {
        int rows = Math.min(Kernels.ROWS, to - at);
        for (int r = 0; r < Kernels.ROWS; r++) {
          // A block that is not full repeats its last query; nothing is offered for it twice.
          Centroids.pack(codes, axes, queries[at + Math.min(r, rows - 1)], r, block);
          limits[r] =
              r < rows ? Math.max(found.least(at + r), floor[at + r]) : Float.POSITIVE_INFINITY;
        }
        boolean any = chunk.compare(block, scores, limits);
        for (int r = 0; any && r < rows; r++) {
          pick.pick(
              scores,
              r * chunk.width(),
              chunk.width(),
              floor[at + r],
              chunk.cells(),
              0,
              found,
              at + r);
        }
      }
    }
  }
}
