package org.compnn.search;

import java.util.Arrays;

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
 * <p>Nearly all of the sums need never be calculated: see {@link Limits}.
 */
final class TileScan {
  private final Kernels kernels;
  private final int p;
  private final int firstOffset;
  private final int width;
  private final int stride;
  private final int sumRows;
  private final float[] sums;
  private final float[] shifted;
  private final int[] columns;
  private final float[] scores;
  private final Kernels.Shifts shifts = new Kernels.Shifts();
  private final Limits limits;

  /** Per block the last step at which a product was above its limit, and that of its sums. */
  private int[] notedAt = new int[0];

  private int[] summedAt = new int[0];
  private float[] ring = new float[0];
  private float[] packed = new float[0];

  TileScan(Kernels kernels, SearchSettings settings, Strip strip) {
    this.kernels = kernels;
    this.p = settings.hyperpatch();
    this.firstOffset = settings.firstOffset();
    this.width = strip.width();
    this.stride = stride(strip);
    this.sumRows = Math.ceilDiv(Kernels.ROWS + p - 1, Kernels.ROWS) * Kernels.ROWS;
    this.sums = new float[sumRows * stride + stride];
    this.shifted = new float[stride];
    this.columns = new int[stride];
    this.scores = new float[stride];
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
    if (notedAt.length < tile.blocks()) {
      notedAt = new int[tile.blocks()];
      summedAt = new int[tile.blocks()];
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
    for (int away = 0; away < tile.rows() + slab.rows(); away++) {
      if (slab.weights().scaled()) {
        limits.open();
      } else if (Integer.bitCount(away) <= 1) {
        limits.refresh(tile, candidates);
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
    Arrays.fill(notedAt, -p);
    Arrays.fill(summedAt, -1);
    for (int step = 0; step < steps; step++) {
      for (int block = 0; block < tile.blocks(); block++) {
        if (multiply(tile, slab, row + step, slabRow + step, block, step)) {
          notedAt[block] = step;
        }
        if (step >= p - 1 && noted(block, step)) {
          sum(tile, block, step);
          int column = block * Kernels.ROWS;
          int from = Math.max(0, column - p + 1);
          int to = Math.min(tile.columns(), column + Kernels.ROWS - p + 1);
          for (int c = from; c < to; c++) {
            judge(tile, slab, row + step - p + 1, slabRow + step - p + 1, c, candidates);
          }
        }
      }
    }
  }

  /** The first block of those whose cells are in the hyperpatches that end in a block. */
  private int firstOf(int block) {
    return Math.max(0, block * Kernels.ROWS - p + 1) / Kernels.ROWS;
  }

  /** Whether any product in the hyperpatches that end in a block at a step was above its limit. */
  private boolean noted(int block, int step) {
    for (int b = firstOf(block); b <= block; b++) {
      if (step - notedAt[b] < p) {
        return true;
      }
    }
    return false;
  }

  /** A block's products; whether any is above its limit. */
  private boolean multiply(QueryTile tile, Slab slab, int row, int slabRow, int block, int step) {
    int matrix = tile.blocks() * Kernels.ROWS * stride;
    return kernels.product(
        packed,
        tile.at(row, block),
        slab.packed(),
        slab.at(slabRow),
        slab.cellBias(),
        slab.biasAt(slabRow),
        slab.channels(),
        width / kernels.panel(),
        p == 1 ? sums : ring,
        p == 1
            ? sumsAt(block * Kernels.ROWS, 0)
            : step % p * matrix + block * Kernels.ROWS * stride,
        stride,
        limits.numbers(),
        Limits.at(tile, row, block));
  }

  /** Adds p rows of products into the rolling rows of sums, where that has not been done. */
  private void sum(QueryTile tile, int block, int step) {
    int matrix = tile.blocks() * Kernels.ROWS * stride;
    int count = Kernels.ROWS * stride;
    for (int b = firstOf(block); p > 1 && b <= block; b++) {
      if (summedAt[b] == step) {
        continue;
      }
      summedAt[b] = step;
      int blockAt = b * Kernels.ROWS * stride;
      int into = sumsAt(b * Kernels.ROWS, 0);
      int at = step % p * matrix + blockAt;
      int before = (step - 1) % p * matrix + blockAt;
      if (p == 2) {
        kernels.sum2(ring, at, before, sums, into, count);
        continue;
      }
      kernels.sum3(ring, at, before, (step - 2) % p * matrix + blockAt, sums, into, count);
      for (int a = 3; a < p; a++) {
        kernels.add(sums, into, ring, (step - a) % p * matrix + blockAt, count);
      }
    }
  }

  private void judge(
      QueryTile tile, Slab slab, int row, int slabRow, int column, Candidates candidates) {
    float[] from = sums;
    if (p <= 3) {
      shifts.set(p, sumsAt(column, 0), sumsAt(column, 1), sumsAt(column, 2));
    } else {
      int count = slab.weights().width();
      kernels.sum3(
          sums, sumsAt(column, 0), sumsAt(column, 1), sumsAt(column, 2), shifted, 0, count);
      for (int b = 3; b < p; b++) {
        kernels.add(shifted, 0, sums, sumsAt(column, b), count);
      }
      shifts.set(1, 0, 0, 0);
      from = shifted;
    }
    int query = tile.cell(row, column);
    int weightsAt = slabRow * slab.weights().width();
    if (kernels.beats(from, shifts, slab.weights(), weightsAt, candidates.threshold(query))) {
      int found =
          kernels.select(
              from,
              shifts,
              slab.weights(),
              weightsAt,
              candidates.threshold(query),
              columns,
              scores);
      for (int i = 0; i < found; i++) {
        if (scores[i] > candidates.threshold(query)) {
          candidates.offer(
              query,
              scores[i],
              slab.exemplar(columns[i]),
              slab.cell(slabRow, columns[i]),
              slab.firstExemplar());
        }
      }
    }
  }

  private int sumsAt(int column, int shift) {
    return (column + shift) % sumRows * stride + shift;
  }
}
