package org.compnn.report;

import java.util.IdentityHashMap;
import org.compnn.image.Palette;

/** The figures of a report as SVG, each drawn once: they lie beside the page and within it. */
final class Drawings {
  private record Drawn(Palette palette, String svg) {}

  private final IdentityHashMap<Figure, Drawn> drawn = new IdentityHashMap<>();

  /** A figure as SVG; with another palette than before it is drawn again. */
  @SuppressWarnings("ReferenceEquality") // Palettes have no equality of their own.
  synchronized String svg(Figure figure, Palette palette) {
    Drawn known = drawn.get(figure);
    if (known == null || known.palette() != palette) {
      known = new Drawn(palette, figure.svg(palette));
      drawn.put(figure, known);
    }
    return known.svg();
  }
}
