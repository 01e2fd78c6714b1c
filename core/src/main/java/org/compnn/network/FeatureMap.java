package org.compnn.network;

/**
 * The activations of one layer for one picture.
 *
 * @param rows rows of cells
 * @param columns columns of cells
 * @param channels numbers a cell
 * @param cells rows x columns x channels, the channels of a cell together; owned by the map
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; activations are no map key.
public record FeatureMap(int rows, int columns, int channels, float[] cells) {
  public FeatureMap {
    if (cells.length != Math.multiplyExact(Math.multiplyExact(rows, columns), channels)) {
      throw new IllegalArgumentException(
          "%d x %d cells of %d channels cannot have %d numbers"
              .formatted(rows, columns, channels, cells.length));
    }
  }
}
