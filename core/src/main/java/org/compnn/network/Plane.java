package org.compnn.network;

import java.util.Optional;
import org.compnn.network.geometry.CellGrid;
import org.compnn.network.graph.TensorType;

/**
 * Which axes of an output are its rows, its columns and its channels. Outputs have (batch,
 * channels, rows, columns) or (batch, rows, columns, channels), and without channels or a batch
 * also (batch, rows, columns), (channels, rows, columns) and (rows, columns).
 *
 * @param rowAxis that of the rows
 * @param columnAxis that of the columns, which is the next one
 * @param channelAxis that of the channels, or -1 without channels
 */
record Plane(int rowAxis, int columnAxis, int channelAxis) {
  /** Whether a pixel's channels lie together. */
  boolean channelsLast() {
    return channelAxis > columnAxis;
  }

  /**
   * The axes of an output.
   *
   * @param grid how it lies over the picture, where that is known
   * @param last whether the network's input has its channels last
   * @param picture the input's size, which an output of fewer axes must have the shape of
   * @param batch how many pictures the network takes at once
   */
  static Optional<Plane> of(
      TensorType type, Optional<CellGrid> grid, boolean last, Size picture, long batch) {
    return switch (type.rank()) {
      case 4 ->
          Optional.of(
                  grid.map(g -> g.rowAxis() == 1).orElse(last)
                      ? new Plane(1, 2, 3)
                      : new Plane(2, 3, 1))
              .filter(_ -> type.dim(0) == batch);
      case 3 -> {
        if (alike(type, 1, picture)) {
          yield Optional.of(new Plane(1, 2, type.dim(0) == batch ? -1 : 0));
        }
        yield alike(type, 0, picture) ? Optional.of(new Plane(0, 1, 2)) : Optional.empty();
      }
      case 2 -> alike(type, 0, picture) ? Optional.of(new Plane(0, 1, -1)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether two axes are as rows and columns of the picture, but for rounding. */
  private static boolean alike(TensorType type, int rowAxis, Size picture) {
    long rows = type.dim(rowAxis);
    long columns = type.dim(rowAxis + 1);
    long off = Math.abs(rows * picture.width() - columns * picture.height());
    return rows > 1 && columns > 1 && off < Math.max(picture.width(), picture.height());
  }
}
