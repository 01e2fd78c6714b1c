package org.compnn.report;

import org.compnn.compose.Mask;
import org.compnn.image.Picture;

/** Something on a {@link Plate}; lengths are millimetres from its upper left corner. */
sealed interface Mark {
  /**
   * A picture, pixel by pixel.
   *
   * @param coarse whether its pixels are to stay squares where it is enlarged
   */
  record Image(double x, double y, double width, double height, Picture picture, boolean coarse)
      implements Mark {}

  /**
   * The pixels of a mask that lies over a rectangle, tinted and outlined.
   *
   * @param tint how much of the colour lies over what is below, 0..1
   * @param line width of the outline; 0 for none
   */
  record Region(
      double x,
      double y,
      double width,
      double height,
      Mask mask,
      int colour,
      double tint,
      double line)
      implements Mark {}

  /** A filled rectangle with a thin dark line around it. */
  record Swatch(double x, double y, double width, double height, int colour) implements Mark {}

  /**
   * A line of text.
   *
   * @param y of its base line
   * @param size height of its letters' em
   * @param anchor where x is: 0 at its beginning, 0.5 in its middle, 1 at its end
   */
  record Text(double x, double y, double size, boolean strong, double anchor, String text)
      implements Mark {}
}
