package org.compnn.search;

import java.util.Arrays;
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
  private final boolean sparse;
  private final int cellsAnExemplar;
  private final boolean cosine;
  private final int axes;
  private final float[] squares;
  private final byte[] bytes;
  private final int[] cells = new int[WIDTH];
  private final float[] packed;
  private final float[] bias = new float[WIDTH];
  private final float[] block;
  private final RowPick pick;
  private final float[] limits = new float[Kernels.ROWS];
  private final float[] scores = new float[Kernels.ROWS * WIDTH];

  ListScan(
      ListIndex index,
      Kernels kernels,
      Selection selection, int cellsAnExemplar, boolean cosine, int slots) {
    this.index = index;
    this.kernels = kernels;
    this.selection = selection;
    this.everything = selection.size() == selection.exemplars();
    this.sparse = selection.size() < selection.exemplars() / 2;
    this.cellsAnExemplar = cellsAnExemplar;
    this.cosine = cosine;
    this.axes = index.projection().axes();
    this.squares = new float[axes];
    for (int k = 0; k < axes; k++) {
      squares[k] = -index.steps()[k] * index.steps()[k] / 2;
    }
    this.bytes = new byte[WIDTH * axes];
    this.packed = new float[WIDTH * axes];
    this.block = new float[Kernels.ROWS * axes];
    this.pick = new RowPick(kernels, WIDTH, slots);
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
    int blocks = Math.ceilDiv(index.size(list), ListIndex.BLOCK);
    for (int first = 0; first < blocks; first += CHUNK) {
      int count = Math.min(CHUNK, blocks - first);
      index.read(list, first, count, cells, bytes);
      int left = sparse ? compact(count) : count;
      if (left == 0) {
        continue;
      }
      kernels.widen(bytes, left, axes, squares, packed, bias);
      if (cosine) {
        normalise(left);
      }
      exclude(left);
      for (int at = from; at < to; at += Kernels.ROWS) {
        int rows = Math.min(Kernels.ROWS, to - at);
        pack(queries, at, rows, codes);
        for (int r = 0; r < Kernels.ROWS; r++) {
          limits[r] =
              r < rows ? Math.max(found.least(at + r), floor[at + r]) : Float.POSITIVE_INFINITY;
        }
        compare(at, rows, left * ListIndex.BLOCK, floor, found);
      }
    }
  }

  /** Moves the selected entries forward; returns how many blocks they fill. */
  private int compact(int blocks) {
    int entries = 0;
    for (int e = 0; e < blocks * ListIndex.BLOCK; e++) {
      if (cells[e] >= 0 && selection.contains(cells[e] / cellsAnExemplar)) {
        int from = e / ListIndex.BLOCK * axes * ListIndex.BLOCK + e % ListIndex.BLOCK;
        int to = entries / ListIndex.BLOCK * axes * ListIndex.BLOCK + entries % ListIndex.BLOCK;
        for (int k = 0; k < axes; k++) {
          bytes[to + k * ListIndex.BLOCK] = bytes[from + k * ListIndex.BLOCK];
        }
        cells[entries] = cells[e];
        entries++;
      }
    }
    int left = Math.ceilDiv(entries, ListIndex.BLOCK);
    Arrays.fill(cells, entries, left * ListIndex.BLOCK, -1);
    return left;
  }

  private void exclude(int blocks) {
    int end = blocks * ListIndex.BLOCK;
    // A list's last block alone has room left over.
    for (int e = everything ? end - ListIndex.BLOCK : 0; e < end; e++) {
      if (cells[e] < 0 || !(everything || selection.contains(cells[e] / cellsAnExemplar))) {
        bias[e] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /** Gives all entries the length 1, and no bias. */
  private void normalise(int blocks) {
    int panel = kernels.panel();
    for (int e = 0; e < blocks * ListIndex.BLOCK; e++) {
      float norm = -2 * bias[e];
      float scale = norm > 0 ? (float) (1 / Math.sqrt(norm)) : 0;
      int from = e / panel * panel * axes + e % panel;
      for (int k = 0; k < axes; k++) {
        packed[from + k * panel] *= scale;
      }
      bias[e] = 0;
    }
  }

  /** A block that is not full repeats its last query; nothing is offered for it twice. */
  private void pack(int[] queries, int at, int rows, float[] codes) {
    for (int r = 0; r < Kernels.ROWS; r++) {
      int from = queries[at + Math.min(r, rows - 1)] * axes;
      for (int k = 0; k < axes; k++) {
        block[k * Kernels.ROWS + r] = codes[from + k];
      }
    }
  }

  private void compare(int at, int rows, int width, float[] floor, BestEntries found) {
    boolean any =
        kernels.product(
            block,
            0,
            packed,
            0,
            bias,
            0,
            axes,
            width / kernels.panel(),
            scores,
            0,
            width,
            limits,
            0);
    for (int r = 0; any && r < rows; r++) {
      pick.pick(scores, r * width, width, floor[at + r], cells, 0, found, at + r);
    }
  }
}
