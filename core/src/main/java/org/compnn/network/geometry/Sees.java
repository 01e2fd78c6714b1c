package org.compnn.network.geometry;

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
   * As a grid of cells that are folded into other axes than one for rows and one for columns.
   *
   * @param layout how the cells lie
   * @param vertical what they see along the rows
   * @param horizontal what they see along the columns
   */
  record Tokens(Layout layout, Sight vertical, Sight horizontal) implements Sees {
    Tokens blurred() {
      return new Tokens(layout, vertical.blurred(), horizontal.blurred());
    }

    Tokens as(Layout other) {
      return new Tokens(other, vertical, horizontal);
    }

    /** The same as plainly as it can be said: a grid where it is one, and no more than is there. */
    Sees plainly() {
      if (!layout.complete()) {
        return new Everything();
      }
      Tokens settled = Folding.settled(this);
      int row = settled.layout.axisOf(Factor.Kind.ROW);
      int column = settled.layout.axisOf(Factor.Kind.COLUMN);
      boolean plain =
          row >= 0
              && column >= 0
              && !settled.layout.shifted()
              && !settled.layout.has(Factor.Kind.KEY);
      return plain ? new Grid(row, column, settled.vertical, settled.horizontal) : settled;
    }
  }

  /** Any number may depend on any pixel. */
  record Everything() implements Sees {}
}
