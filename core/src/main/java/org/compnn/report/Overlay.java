package org.compnn.report;

import org.compnn.compose.Mask;

/** What is drawn over a picture of a figure; coordinates are pixels of that picture. */
public sealed interface Overlay {
  /** Everything a mask holds is tinted and outlined. */
  record Region(Mask mask, int colour) implements Overlay {}

  /** The border of what a mask holds, without a tint. */
  record Border(Mask mask, int colour) implements Overlay {}

  /** A rectangle; its sides may lie beyond the picture and are clipped then. */
  record Box(double top, double left, double bottom, double right, int colour, boolean dashed)
      implements Overlay {}

  /** A dot at a point. */
  record Dot(double row, double column, int colour) implements Overlay {}
}
