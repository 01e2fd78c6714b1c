package org.compnn.network.geometry;

import java.util.List;

/** How a tensor depends on the picture. */
sealed interface Sees {
  /** Not at all: weights, and what follows from shapes. */
  record Nothing() implements Sees {}

  /**
   * As a grid of cells.
   *
   * @param rowAxis the axis of the rows
   * @param columnAxis the axis of the columns
   * @param vertical what the cells see along the rows
   * @param horizontal what the cells see along the columns
   */
  record Grid(int rowAxis, int columnAxis, Sight vertical, Sight horizontal) implements Sees {
    Grid blurred() {
      return new Grid(rowAxis, columnAxis, vertical.blurred(), horizontal.blurred());
    }

    Grid at(int newRowAxis, int newColumnAxis) {
      return new Grid(newRowAxis, newColumnAxis, vertical, horizontal);
    }

    boolean spatial(int axis) {
      return axis == rowAxis || axis == columnAxis;
    }
  }

  /**
   * As a grid whose axes are folded into others for a while, its numbers still in their order, so
   * that the old shape brings it back.
   */
  record Folded(Grid grid, List<Long> shape) implements Sees {
    public Folded {
      shape = List.copyOf(shape);
    }
  }

  /** Any number may depend on any pixel. */
  record Everything() implements Sees {}
}
