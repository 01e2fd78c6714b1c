package org.compnn.report;

import java.util.List;

/**
 * A figure as it is printed: marks on a white ground, those that come first at the bottom.
 *
 * @param width millimetres
 * @param height millimetres
 */
record Plate(double width, double height, List<Mark> marks) {
  Plate {
    marks = List.copyOf(marks);
  }
}
