package org.compnn.report;

import java.util.List;
import org.compnn.image.Palette;

/**
 * Pictures in rows with captions, for a report and, as SVG, for a paper.
 *
 * @param panels the pictures, row by row
 * @param columns pictures a row, 1 or more
 * @param panelWidth width of a picture in the figure's units, about pixels
 * @param legend what its colours mean, shown under the pictures; may be empty
 */
public record Figure(
    List<FigurePanel> panels, int columns, int panelWidth, List<LegendEntry> legend) {
  public Figure {
    panels = List.copyOf(panels);
    legend = List.copyOf(legend);
    if (panels.isEmpty() || columns < 1 || panelWidth < 1) {
      throw new IllegalArgumentException("a figure has panels and columns");
    }
  }

  /** A figure without a legend. */
  public Figure(List<FigurePanel> panels, int columns, int panelWidth) {
    this(panels, columns, panelWidth, List.of());
  }

  /** The same with what its colours mean. */
  public Figure withLegend(List<LegendEntry> entries) {
    return new Figure(panels, columns, panelWidth, entries);
  }

  /** A figure of panels of 256 units. */
  public static Figure of(List<FigurePanel> panels, int columns) {
    return new Figure(panels, columns, 256);
  }

  /** The figure as an SVG file that holds its pictures. */
  public String svg(Palette palette) {
    return new FigureSvg(this, palette).svg();
  }
}
