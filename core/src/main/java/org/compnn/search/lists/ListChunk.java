package org.compnn.search.lists;

import java.util.Arrays;
import org.compnn.database.Selection;
import org.compnn.kernels.Kernels;

/**
 * Some entries of a list, widened and packed for the kernels. One for each thread.
 *
 * <p>The score of an entry d for a query q is q.d - |d|^2 / 2, so that the greatest belongs to the
 * nearest; for cosine both are of length 1, and the score is q.d. Steps of the codes are taken into
 * the query, so that bytes are only widened. What may not match scores minus infinity.
 */
public final class ListChunk {
  /** Blocks of a list at a time; with 16 axes 64 KB of floats, with 64 axes 256 KB. */
  private static final int BLOCKS = 32;

  /** Entries at a time at the most. */
  public static final int WIDTH = BLOCKS * ListIndex.BLOCK;

  /** Sine of an angle by which a code is off at the most if it is to tell anything. */
  private static final float TOO_MUCH = 0.1f;

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
  private final float[] scales;
  private final float[] inverse = new float[WIDTH];
  private int width;

  public ListChunk(
      ListIndex index, Kernels kernels, Selection selection, int cellsAnExemplar, boolean cosine) {
    this.index = index;
    this.kernels = kernels;
    this.selection = selection;
    this.everything = selection.size() == selection.exemplars() && index.allThere();
    // Of the exemplars that the lists hold, some may not even be there.
    this.sparse = selection.size() < Math.max(index.held(), selection.exemplars()) / 2;
    this.cellsAnExemplar = cellsAnExemplar;
    this.cosine = cosine;
    this.axes = index.projection().axes();
    this.squares = new float[axes];
    for (int k = 0; k < axes; k++) {
      squares[k] = -index.steps()[k] * index.steps()[k] / 2;
    }
    this.bytes = new byte[WIDTH * axes];
    this.packed = new float[WIDTH * axes];
    this.scales = new float[kernels.panel()];
  }

  /** How many chunks a list has. */
  public int chunks(int list) {
    return Math.ceilDiv(Math.ceilDiv(index.size(list), ListIndex.BLOCK), BLOCKS);
  }

  /** Reads a chunk of a list; false if none of its entries may match. */
  public boolean read(int list, int chunk) {
    int first = chunk * BLOCKS;
    int count = Math.min(BLOCKS, Math.ceilDiv(index.size(list), ListIndex.BLOCK) - first);
    index.read(list, first, count, cells, bytes);
    int left = sparse ? compact(count) : count;
    width = left * ListIndex.BLOCK;
    if (left == 0) {
      return false;
    }
    kernels.widen(bytes, left, axes, squares, packed, bias);
    if (cosine) {
      normalise(left);
    }
    exclude(left);
    return true;
  }

  /** Lets entries whose code was cut to fit its bytes score more than all others. */
  public void raiseCut() {
    for (int e = 0; e < width; e++) {
      int from = e / ListIndex.BLOCK * axes * ListIndex.BLOCK + e % ListIndex.BLOCK;
      for (int k = 0; k < axes; k++) {
        if (Math.abs(bytes[from + k * ListIndex.BLOCK]) == ListIndex.CUT
            && bias[e] != Float.NEGATIVE_INFINITY) {
          bias[e] = Float.MAX_VALUE;
        }
      }
    }
  }

  /**
   * For cosine: raises each entry's score to what it could be if its code were off by so much.
   * Those too short to tell score more than all others.
   */
  public void raise(float off) {
    for (int e = 0; e < width; e++) {
      if (bias[e] != Float.NEGATIVE_INFINITY) {
        float sine = off * inverse[e];
        bias[e] = sine > 0 && sine < TOO_MUCH ? sine : Float.MAX_VALUE;
      }
    }
  }

  /** Entries that were read, a multiple of the panel. */
  public int width() {
    return width;
  }

  /** Their cells, counted over all exemplars. */
  public int[] cells() {
    return cells;
  }

  /**
   * Compares a block of queries with the entries.
   *
   * @param block {@code [axis][query]}, codes multiplied by the steps
   * @param scores receives a row of {@link #width} for each query
   * @param limits one a query
   * @return whether any score may be greater than its limit
   */
  public boolean compare(float[] block, float[] scores, float[] limits) {
    return kernels.product(
        block, 0, packed, 0, bias, 0, axes, width / kernels.panel(), scores, 0, width, limits, 0);
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
    for (int first = 0; first < blocks * ListIndex.BLOCK; first += panel) {
      for (int e = 0; e < panel; e++) {
        float norm = -2 * bias[first + e];
        scales[e] = norm > 0 ? (float) (1 / Math.sqrt(norm)) : 0;
        inverse[first + e] = scales[e];
        bias[first + e] = 0;
      }
      for (int k = 0; k < axes; k++) {
        int from = first * axes + k * panel;
        for (int e = 0; e < panel; e++) {
          packed[from + e] *= scales[e];
        }
      }
    }
  }
}
