package org.compnn.search;

import java.util.Arrays;

/**
 * For each cell of a query tile a limit on its products. A hyperpatch's score is the sum of the
 * products of its p x p cells, so it exceeds its threshold only if one of them exceeds its share;
 * where no product does, the sums need not be looked at. This holds for the rounded numbers too,
 * and leaves out nothing that would have been found.
 *
 * <p>Any shares that add up to the threshold would do. A product, with its bias, is half of the
 * query cell's square less half of the cells' squared distance. Every cell gets the same share of
 * the distance.
 */
final class Limits {
  /** More than all rounding of p x p numbers and of their sum, relative to their size. */
  private static final double MARGIN = 0x1p-22;

  private final int p;
  private float[] limits = new float[0];
  private double[] halfSquares = new double[0];
  private double[] least = new double[0];

  Limits(int p) {
    this.p = p;
  }

  /** One for each packed cell, block by block. */
  float[] numbers() {
    return limits;
  }

  /** Where a block's begin. */
  static int at(QueryTile tile, int row, int block) {
    return (row * tile.blocks() + block) * Kernels.ROWS;
  }

  void begin(QueryTile tile, float[] packed) {
    int cells = tile.packedRows() * tile.blocks() * Kernels.ROWS;
    if (limits.length < cells) {
      limits = new float[cells];
      halfSquares = new double[cells];
      least = new double[cells];
    }
    int channels = tile.size() / cells;
    for (int cell = 0; cell < cells; cell++) {
      int from = cell / Kernels.ROWS * Kernels.ROWS * channels + cell % Kernels.ROWS;
      double square = 0;
      for (int k = 0; k < channels; k++) {
        double x = packed[from + k * Kernels.ROWS];
        square += x * x;
      }
      halfSquares[cell] = square / 2;
    }
  }

  /** Sends every product to be looked at. */
  void open() {
    Arrays.fill(limits, Float.NEGATIVE_INFINITY);
  }

  /** Follows the thresholds of the candidates, which only grow. */
  void refresh(QueryTile tile, Candidates candidates) {
    int cells = tile.packedRows() * tile.blocks() * Kernels.ROWS;
    Arrays.fill(least, 0, cells, Double.POSITIVE_INFINITY);
    int pitch = tile.blocks() * Kernels.ROWS;
    for (int row = 0; row < tile.rows(); row++) {
      for (int column = 0; column < tile.columns(); column++) {
        spread(row * pitch + column, pitch, candidates.threshold(tile.cell(row, column)));
      }
    }
    for (int cell = 0; cell < cells; cell++) {
      // A cell in no hyperpatch, or in none that is finite, lets nothing through.
      limits[cell] = (float) Math.min(halfSquares[cell] + least[cell], Float.MAX_VALUE);
    }
  }

  private void spread(int first, int pitch, float threshold) {
    double squares = 0;
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < p; b++) {
        squares += halfSquares[first + a * pitch + b];
      }
    }
    double margin = MARGIN * (2 * squares + Math.abs(threshold));
    double share =
        threshold == Float.NEGATIVE_INFINITY
            ? Double.NEGATIVE_INFINITY
            : (threshold - squares) / (p * p) - margin;
    // A hyperpatch with a number that is not finite matches nothing.
    if (squares < Double.POSITIVE_INFINITY) {
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < p; b++) {
          int cell = first + a * pitch + b;
          least[cell] = Math.min(least[cell], share);
        }
      }
    }
  }
}
