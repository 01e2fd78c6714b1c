package org.compnn.search;

import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;

/**
 * A rectangle of the query with the p - 1 further rows and columns that its hyperpatches reach,
 * packed for the kernels.
 */
final class QueryTile {
  private final FeatureMap query;
  private final int firstRow;
  private final int firstColumn;
  private final int rows;
  private final int columns;
  private final int packedRows;
  private final int blocks;

  QueryTile(
      FeatureMap query, int firstRow, int firstColumn, int rows, int columns, int hyperpatch) {
    this.query = query;
    this.firstRow = firstRow;
    this.firstColumn = firstColumn;
    this.rows = rows;
    this.columns = columns;
    this.packedRows = rows + hyperpatch - 1;
    this.blocks = Math.ceilDiv(columns + hyperpatch - 1, Kernels.ROWS);
  }

  /** The query's row at which the tile begins. */
  int firstRow() {
    return firstRow;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** Rows with those that only serve as neighbours. */
  int packedRows() {
    return packedRows;
  }

  /** Blocks of {@link Kernels#ROWS} cells that a row takes. */
  int blocks() {
    return blocks;
  }

  /** Numbers that the tile takes when packed. */
  int size() {
    return packedRows * blocks * Kernels.ROWS * query.channels();
  }

  /** Where a block begins. */
  int at(int row, int block) {
    return (row * blocks + block) * Kernels.ROWS * query.channels();
  }

  /** The query's cell at a row and column of the tile. */
  int cell(int row, int column) {
    return (firstRow + row) * query.columns() + firstColumn + column;
  }

  /** Packs the tile, {@link #size} numbers. */
  void pack(int firstOffset, float[] into) {
    int channels = query.channels();
    for (int row = 0; row < packedRows; row++) {
      int y = Math.clamp(firstRow + row + firstOffset, 0, query.rows() - 1);
      for (int column = 0; column < blocks * Kernels.ROWS; column++) {
        int x = Math.clamp(firstColumn + column + firstOffset, 0, query.columns() - 1);
        int from = (y * query.columns() + x) * channels;
        int to = at(row, column / Kernels.ROWS) + column % Kernels.ROWS;
        for (int k = 0; k < channels; k++) {
          into[to + k * Kernels.ROWS] = query.cells()[from + k];
        }
      }
    }
  }
}
