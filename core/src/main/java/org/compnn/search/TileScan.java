package org.compnn.search;

import org.compnn.kernels.Kernels;

/**
 * Compares a tile of the query with slabs of the training set. One for each thread.
 *
 * <p>A row of the tile times a row of a slab is a matrix of products of cells. The score of a
 * hyperpatch is the sum of p x p such products along both diagonals: from (query row, slab row) to
 * the next of both, and within a matrix from (query column, slab column) to the next of both. So
 * the walk goes along the diagonals of rows and keeps the last p matrices (in the second-level
 * cache); their sum, and the shifted sums of a few rows of that, stay in the first-level cache.
 * Each product of two cells is calculated once whatever p is, and no score ever reaches memory.
 *
 * <p>Nearly all of the sums need never be calculated: see {@link Limits}. What can be left out is
 * decided slice by slice.
 */
final class TileScan {
  private final Kernels kernels;
  private final int p;
  private final int firstOffset;
  private final int stride;
  private final int sumRows;
  private final float[] sums;
  private final float[] scores;

  /** Where the p matrices or rows begin that are added. */
  private final int[] terms;

  private final Limits limits;

  /** For each of the last p steps and each block the slices with a product above its limit. */
  private long[] noted = new long[0];

  /** Per block the slices that have been added up at this step. */
  private long[] summed = new long[0];

  /** Per block, and per row of it, the slices with a sum above its limit at this step. */
  private long[] marked = new long[0];

  private long[] marks = new long[0];
  private float[] ring = new float[0];
  private float[] packed = new float[0];

  TileScan(Kernels kernels, SearchSettings settings, Strip strip) {
    this.kernels = kernels;
    this.p = settings.hyperpatch();
    this.firstOffset = settings.firstOffset();
    this.stride = stride(strip);
    this.sumRows = Math.ceilDiv(Kernels.ROWS + p - 1, Kernels.ROWS) * Kernels.ROWS;
    this.sums = new float[sumRows * stride + stride];
    this.scores = new float[kernels.lanes()];
    this.terms = new int[p];
    this.limits = new Limits(p);
  }

  /** Room after each row for reading beyond it, and rows that do not share their cache sets. */
  static int stride(Strip strip) {
    return (Math.ceilDiv(strip.width() + 16, 16) | 1) * 16;
  }

  void begin(QueryTile tile) {
    int matrix = tile.blocks() * Kernels.ROWS * stride;
    if (p > 1 && ring.length < p * matrix) {
      ring = new float[p * matrix];
    }
    if (packed.length < tile.size()) {
      packed = new float[tile.size()];
    }
    tile.pack(firstOffset, packed);
    limits.begin(tile, packed);
    if (summed.length < tile.blocks()) {
      noted = new long[p * tile.blocks()];
      summed = new long[tile.blocks()];
      marked = new long[tile.blocks()];
      marks = new long[tile.blocks() * Kernels.ROWS];
    }
  }

  void scan(QueryTile tile, Slab slab, Candidates candidates) {
    int first = slab.firstExemplar();
    for (int row = 0; row < tile.rows(); row++) {
      for (int column = 0; column < tile.columns(); column++) {
        candidates.expect(tile.cell(row, column), first);
      }
    }
    // From the rows of the same height outwards: good matches early leave less to note later.
    int middle = Math.clamp(tile.firstRow() - slab.firstRow(), 1 - tile.rows(), slab.rows() - 1);
    int refresh = 0;
    for (int away = 0; away < tile.rows() + slab.rows(); away++) {
      if (slab.weights().scaled()) {
        limits.open();
      } else if (away == refresh) {
        limits.refresh(tile, candidates);
        // Thresholds rise more and more slowly.
        refresh += 1 + away / 8;
      }
      if (middle + away < slab.rows()) {
        walk(tile, slab, middle + away, candidates);
      }
      if (away > 0 && middle - away > -tile.rows()) {
        walk(tile, slab, middle - away, candidates);
      }
    }
  }

  private void walk(QueryTile tile, Slab slab, int diagonal, Candidates candidates) {
    int row = Math.max(0, -diagonal);
    int slabRow = Math.max(0, diagonal);
    int steps = Math.min(tile.packedRows() - row, slab.packedRows() - slabRow);
    for (int step = 0; step < steps; step++) {
      for (int block = 0; block < tile.blocks(); block++) {
        multiply(tile, slab, row + step, slabRow + step, block, step);
        if (step >= p - 1 && mark(tile, slab, row + step - p + 1, block, step)) {
          int first = block * Kernels.ROWS - p + 1;
          int to = Math.min(tile.columns(), first + Kernels.ROWS);
          for (int column = Math.max(0, first); column < to; column++) {
            int there = slabRow + step - p + 1;
            judge(tile, slab, row + step - p + 1, there, column, step, candidates);
          }
        }
      }
    }
  }

  /** A block's products, and which slices hold one above its limit. */
  private void multiply(QueryTile tile, Slab slab, int row, int slabRow, int block, int step) {
    float[] into = p == 1 ? sums : ring;
    int at = p == 1 ? sumsAt(block * Kernels.ROWS, 0) : ringAt(tile, block, step);
    kernels.multiply(
        packed,
        tile.at(row, block),
        slab.packed(),
        slab.at(slabRow),
        slab.cellBias(),
        slab.biasAt(slabRow),
        slab.channels(),
        slab.panels(),
        into,
        at,
        stride);
    noted[step % p * tile.blocks() + block] =
        kernels.exceed(
            into, at, stride, slab.slices(), limits.products(), Limits.at(tile, row, block));
  }

  private int ringAt(QueryTile tile, int block, int step) {
    return (step % p * tile.blocks() + block) * Kernels.ROWS * stride;
  }

  /**
   * Marks the sums of a block that are above their limits.
   *
   * @param row of the tile at which the hyperpatches begin
   * @return whether any sum is that the hyperpatches which end in the block have
   */
  private boolean mark(QueryTile tile, Slab slab, int row, int block, int step) {
    long among = 0;
    for (int a = 0; a < p; a++) {
      among |= noted[a * tile.blocks() + block];
    }
    summed[block] = 0;
    long above = among;
    int limitsAt = Limits.at(tile, row, block);
    int from = sumsAt(block * Kernels.ROWS, 0);
    if (p > 1 && among != 0) {
      above = sum(tile, slab, row, block, step, among);
    }
    marked[block] = above;
    for (int i = 0; i < Kernels.ROWS; i++) {
      marks[block * Kernels.ROWS + i] =
          above == 0
              ? 0
              : kernels.above(
                  sums, from + i * stride, slab.slices(), above, limits.columns()[limitsAt + i]);
    }
    for (int b = firstOf(block); b < block; b++) {
      above |= marked[b];
    }
    return above != 0;
  }

  /** The first block of those whose cells are in the hyperpatches that end in a block. */
  private int firstOf(int block) {
    return Math.max(0, block * Kernels.ROWS - p + 1) / Kernels.ROWS;
  }

  /** Adds p rows of products into the rolling rows of sums; which slices exceed their limits. */
  private long sum(QueryTile tile, Slab slab, int row, int block, int step, long among) {
    for (int a = 0; a < p; a++) {
      terms[a] = ringAt(tile, block, step - a);
    }
    summed[block] |= among;
    return kernels.sum(
        ring,
        terms,
        sums,
        sumsAt(block * Kernels.ROWS, 0),
        stride,
        slab.slices(),
        among,
        limits.columns(),
        Limits.at(tile, row, block));
  }

  /** Offers the matches of one query cell at this step. */
  private void judge(
      QueryTile tile,
      Slab slab,
      int row,
      int slabRow,
      int column,
      int step,
      Candidates candidates) {
    long among = 0;
    for (int b = 0; b < p; b++) {
      // A mark at a slice's beginning may be of a hyperpatch that begins in the slice before.
      long mark = marks[column + b];
      among |= mark;
      for (int n = 1; n <= Math.ceilDiv(b, kernels.lanes()) && mark != 0; n++) {
        among |= Long.rotateRight(mark, n);
      }
    }
    if (among == 0) {
      return;
    }
    if (p > 1) {
      complete(tile, slab, row, column, step, among);
    }
    int query = tile.cell(row, column);
    int slices = slab.candidateSlices();
    for (long left = Kernels.within(among, slices); left != 0; left &= left - 1) {
      for (int n = Long.numberOfTrailingZeros(left); n < slices; n += Long.SIZE) {
        offer(slab, slabRow, column, n * kernels.lanes(), query, candidates);
      }
    }
  }

  /** Offers the matches in the slice that begins at a column of the slab. */
  private void offer(
      Slab slab, int slabRow, int column, int from, int query, Candidates candidates) {
    for (int b = 0; b < p; b++) {
      terms[b] = sumsAt(column, b) + from;
    }
    Kernels.Weights weights = slab.weights();
    long found =
        kernels.select(
            sums,
            terms,
            weights,
            slabRow * weights.width() + from,
            candidates.threshold(query),
            scores);
    for (; found != 0; found &= found - 1) {
      int lane = Long.numberOfTrailingZeros(found);
      if (scores[lane] > candidates.threshold(query)) {
        candidates.offer(
            query,
            scores[lane],
            slab.exemplar(from + lane),
            slab.cell(slabRow, from + lane),
            slab.firstExemplar());
      }
    }
  }

  /** Adds up what the scores in some slices need and has not been added up. */
  private void complete(QueryTile tile, Slab slab, int row, int column, int step, long among) {
    long needed = among;
    for (int n = 1; n <= Math.ceilDiv(p - 1, kernels.lanes()); n++) {
      needed |= Long.rotateLeft(among, n);
    }
    for (int b = column / Kernels.ROWS; b <= (column + p - 1) / Kernels.ROWS; b++) {
      long missing = needed & ~summed[b];
      if (missing != 0) {
        sum(tile, slab, row, b, step, missing);
      }
    }
  }

  private int sumsAt(int column, int shift) {
    return (column + shift) % sumRows * stride + shift;
  }
}
