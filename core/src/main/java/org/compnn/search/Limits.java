package org.compnn.search;

import java.util.Arrays;
import org.compnn.kernels.Kernels;

/**
 * For each cell of a query tile a limit on its products, and one on the sums of p products down a
 * column. A hyperpatch's score is the sum of its p column sums, so it exceeds its threshold only if
 * one of them exceeds its share; and that one only if one of its products does. Where none does,
 * the rest need not be looked at. This holds for the rounded numbers too, and leaves out nothing
 * that would have been found.
 *
 * <p>Any shares that add up to the threshold would do. A product, with its bias, is half of the
 * query cell's square less half of the cells' squared distance. Every cell gets the same share of
 * the distance.
 */
final class Limits {
  /** More than all rounding of p x p numbers and of their sum, relative to their size. */
  private static final double MARGIN = 0x1p-22;

  private final int p;
  private int pitch;
  private float[] products = new float[0];
  private float[] columns = new float[0];
  private double[] halfSquares = new double[0];

  /** Per cell the sum of half squares of it and the p - 1 below. */
  private double[] columnSquares = new double[0];

  /** Per hyperpatch, at its first cell; infinite where there is none. */
  private double[] shares = new double[0];

  Limits(int p) {
    this.p = p;
  }

  /** One for each packed cell, block by block: what a product must exceed. */
  float[] products() {
    return products;
  }

  /** One for each packed cell: what the sum of its product and the p - 1 below must exceed. */
  float[] columns() {
    return columns;
  }

  /** Where a block's begin. */
  static int at(QueryTile tile, int row, int block) {
    return (row * tile.blocks() + block) * Kernels.ROWS;
  }

  void begin(QueryTile tile, float[] packed) {
    pitch = tile.blocks() * Kernels.ROWS;
    int cells = tile.packedRows() * pitch;
    if (products.length < cells) {
      products = new float[cells];
      columns = new float[cells];
      halfSquares = new double[cells];
      columnSquares = new double[cells];
      shares = new double[cells];
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
    for (int cell = 0; cell < tile.rows() * pitch; cell++) {
      double sum = 0;
      for (int a = 0; a < p; a++) {
        sum += halfSquares[cell + a * pitch];
      }
      columnSquares[cell] = sum;
    }
  }

  /** Sends everything to be looked at. */
  void open() {
    Arrays.fill(products, Float.NEGATIVE_INFINITY);
    Arrays.fill(columns, Float.NEGATIVE_INFINITY);
  }

  /** Follows the thresholds of the candidates, which only grow. */
  void refresh(QueryTile tile, Candidates candidates) {
    int cells = tile.packedRows() * pitch;
    Arrays.fill(shares, 0, cells, Double.POSITIVE_INFINITY);
    for (int row = 0; row < tile.rows(); row++) {
      for (int column = 0; column < tile.columns(); column++) {
        int first = row * pitch + column;
        shares[first] = share(first, candidates.threshold(tile.cell(row, column)));
      }
    }
    // From the right, and from below: each share is read before its place takes the least of p.
    for (int first = tile.rows() * pitch - 1; first >= 0; first--) {
      int left = Math.max(first - p + 1, first / pitch * pitch);
      for (int cell = left; cell < first; cell++) {
        shares[first] = Math.min(shares[first], shares[cell]);
      }
      columns[first] = limit(columnSquares[first] + p * shares[first]);
    }
    for (int cell = cells - 1; cell >= 0; cell--) {
      for (int a = 1; a < p && a * pitch <= cell; a++) {
        shares[cell] = Math.min(shares[cell], shares[cell - a * pitch]);
      }
      products[cell] = limit(halfSquares[cell] + shares[cell]);
    }
  }

  /**
   * Rounded down, since the margin may be smaller than the smallest float. A cell in no hyperpatch,
   * or in none that is finite, lets nothing through.
   */
  private static float limit(double number) {
    return Math.nextDown((float) Math.min(number, Float.MAX_VALUE));
  }

  private double share(int first, float threshold) {
    double squares = 0;
    for (int b = 0; b < p; b++) {
      squares += columnSquares[first + b];
    }
    if (!(squares < Double.POSITIVE_INFINITY)) {
      // A hyperpatch with a number that is not finite matches nothing.
      return Double.POSITIVE_INFINITY;
    }
    return threshold == Float.NEGATIVE_INFINITY
        ? Double.NEGATIVE_INFINITY
        : (threshold - squares) / (p * p) - MARGIN * (2 * squares + Math.abs(threshold));
  }
}
