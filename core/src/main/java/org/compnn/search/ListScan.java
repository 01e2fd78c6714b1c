package org.compnn.search;

import org.compnn.database.Selection;

/**
 * Compares query codes with the entries of a list, as one matrix product in small pieces. One for
 * each thread.
 *
 * <p>The score of an entry d for a query q is q.d - |d|^2 / 2, so that the greatest belongs to the
 * nearest; for cosine both are of length 1, and the score is q.d. Steps of the codes are taken into
 * the query, so that bytes are only widened.
 */
final class ListScan {
  /** Blocks of a list that are unpacked at a time; with 16 axes 64 KB of floats. */
  private static final int CHUNK = 32;

  private static final int WIDTH = CHUNK * ListIndex.BLOCK;

  private final ListIndex index;
  private final Kernels kernels;
  private final Selection selection;
  private final boolean everything;
  private final int cellsAnExemplar;
  private final boolean cosine;
  private final int axes;
  private final float[] squares;
  private final byte[] bytes;
  private final int[] cells = new int[WIDTH];
  private final float[] packed;
  private final int[] ids = new int[WIDTH];
  private final float[] bias = new float[WIDTH];
  private final float[] block;
  private final float[] limits = new float[Kernels.ROWS];
  private final float[] scores = new float[Kernels.ROWS * WIDTH];

  ListScan(
      ListIndex index, Kernels kernels, Selection selection, int cellsAnExemplar, boolean cosine) {
    this.index = index;
    this.kernels = kernels;
    this.selection = selection;
    this.everything = selection.size() == selection.exemplars();
    this.cellsAnExemplar = cellsAnExemplar;
    this.cosine = cosine;
    this.axes = index.projection().axes();
    this.squares = new float[axes];
    for (int k = 0; k < axes; k++) {
      squares[k] = index.steps()[k] * index.steps()[k];
    }
    this.bytes = new byte[WIDTH * axes];
    this.packed = new float[WIDTH * axes];
    this.block = new float[Kernels.ROWS * axes];
  }

  /**
   * Offers a list's entries to queries.
   *
   * @param queries numbers of queries from {@code from} to {@code to}
   * @param codes of all queries, multiplied by the steps
   * @param found receives the best entries
   */
  void scan(int list, int[] queries, int from, int to, float[] codes, BestEntries found) {
    int blocks = Math.ceilDiv(index.size(list), ListIndex.BLOCK);
    for (int first = 0; first < blocks; first += CHUNK) {
      int count = Math.min(CHUNK, blocks - first);
      index.read(list, first, count, cells, bytes);
      int entries = unpack(count);
      if (entries > 0) {
        int panels = Math.ceilDiv(entries, kernels.panel());
        for (int q = from; q < to; q += Kernels.ROWS) {
          compare(queries, q, Math.min(Kernels.ROWS, to - q), codes, panels, found);
        }
      }
    }
  }

  /** Widens the entries that may match into panels; returns how many there are. */
  private int unpack(int blocks) {
    int entries = 0;
    int panel = kernels.panel();
    for (int b = 0; b < blocks; b++) {
      for (int lane = 0; lane < ListIndex.BLOCK; lane++) {
        int cell = cells[b * ListIndex.BLOCK + lane];
        if (cell < 0 || !(everything || selection.contains(cell / cellsAnExemplar))) {
          continue;
        }
        int from = b * axes * ListIndex.BLOCK + lane;
        int to = entries / panel * panel * axes + entries % panel;
        float norm = 0;
        for (int k = 0; k < axes; k++) {
          float x = bytes[from + k * ListIndex.BLOCK];
          packed[to + k * panel] = x;
          norm += squares[k] * x * x;
        }
        ids[entries] = cell;
        bias[entries] = weigh(norm, to, panel);
        entries++;
      }
    }
    int full = Math.ceilDiv(entries, panel) * panel;
    for (int e = entries; e < full; e++) {
      bias[e] = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < axes; k++) {
        packed[e / panel * panel * axes + e % panel + k * panel] = 0;
      }
    }
    return entries;
  }

  private float weigh(float norm, int at, int panel) {
    if (!cosine) {
      return -norm / 2;
    }
    float scale = norm > 0 ? (float) (1 / Math.sqrt(norm)) : 0;
    for (int k = 0; k < axes; k++) {
      packed[at + k * panel] *= scale;
    }
    return 0;
  }

  private void compare(
      int[] queries, int at, int count, float[] codes, int panels, BestEntries found) {
    for (int r = 0; r < Kernels.ROWS; r++) {
      // A block that is not full repeats its last query; nothing is offered for it twice.
      int query = queries[at + Math.min(r, count - 1)];
      for (int k = 0; k < axes; k++) {
        block[k * Kernels.ROWS + r] = codes[query * axes + k];
      }
      limits[r] = r < count ? found.least(at + r) : Float.POSITIVE_INFINITY;
    }
    int panel = kernels.panel();
    for (int n = 0; n < panels; n++) {
      if (!kernels.product(
          block,
          0,
          packed,
          n * panel * axes,
          bias,
          n * panel,
          axes,
          1,
          scores,
          0,
          panel,
          limits,
          0)) {
        continue;
      }
      for (int r = 0; r < count; r++) {
        float least = limits[r];
        for (int e = 0; e < panel; e++) {
          float score = scores[r * panel + e];
          if (score > least) {
            found.offer(at + r, score, ids[n * panel + e]);
            least = found.least(at + r);
          }
        }
        limits[r] = least;
      }
    }
  }
}
