package org.compnn.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.compnn.image.LabelMap;

/**
 * An annotated part of a picture.
 *
 * @param category its place in the data set's list of categories
 * @param crowd whether it covers many things at once, and so lies under all others
 * @param shape what it covers
 */
record Region(int category, boolean crowd, Shape shape) {
  /** Which of two regions is seen where they overlap. */
  enum Overlap {
    /** The smaller one; the later of equals. A cup is seen on its table whatever the order. */
    SMALLER_ON_TOP,
    /** The later one, as in a drawing program. */
    LATER_ON_TOP
  }

  /** The label map of a picture's regions. */
  static LabelMap paint(
      List<Region> regions, int height, int width, ClassMapping mapping, Overlap overlap) {
    byte[] classes = new byte[Math.multiplyExact(height, width)];
    Arrays.fill(classes, (byte) mapping.background());
    List<Region> ordered = new ArrayList<>(regions);
    if (overlap == Overlap.SMALLER_ON_TOP) {
      ordered.sort(
          Comparator.comparing(Region::crowd, Comparator.reverseOrder())
              .thenComparing(region -> region.shape().area(), Comparator.reverseOrder()));
    }
    for (Region region : ordered) {
      region.shape().fill(classes, height, width, mapping.of(region.category()));
    }
    return new LabelMap(height, width, classes);
  }
}
