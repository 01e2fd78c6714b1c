package org.compnn.report;

import java.util.List;
import java.util.Locale;
import org.compnn.compose.Mask;
import org.compnn.image.HexColour;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.viewer.Address;
import org.compnn.viewer.Markup;

/** Sets a figure as SVG: pictures within the file, overlays and captions as vectors and text. */
final class FigureSvg {
  private static final int GAP = 12;
  private static final int CAPTION = 17;
  private static final int NOTE = 15;
  private static final int LEGEND_SWATCH = 13;
  private static final int LEGEND_LINE = 22;
  private static final double CAPTION_LETTER = 7.1;
  private static final double NOTE_LETTER = 6.0;

  private final Figure figure;
  private final Palette palette;
  private final StringBuilder svg = new StringBuilder();

  FigureSvg(Figure figure, Palette palette) {
    this.figure = figure;
    this.palette = palette;
  }

  String svg() {
    int columns = Math.min(figure.columns(), figure.panels().size());
    int rows = Math.ceilDiv(figure.panels().size(), columns);
    int width = columns * figure.panelWidth() + (columns + 1) * GAP;
    double y = GAP;
    for (int row = 0; row < rows; row++) {
      List<FigurePanel> panels =
          figure
              .panels()
              .subList(row * columns, Math.min(figure.panels().size(), (row + 1) * columns));
      boolean notes = panels.stream().anyMatch(panel -> !panel.note().isEmpty());
      double height = panels.stream().mapToDouble(p -> height(p.raster())).max().orElse(0);
      for (int column = 0; column < panels.size(); column++) {
        panel(panels.get(column), GAP + column * (figure.panelWidth() + GAP), y);
      }
      y += height + CAPTION + (notes ? NOTE : 0) + GAP;
    }
    y = legend(y, width);
    String head =
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                + " viewBox=\"0 0 %d %s\" width=\"%d\" height=\"%s\" role=\"img\""
                + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n")
            .formatted(width, number(y), width, number(y));
    return head + svg + "</svg>\n";
  }

  /** Swatches and names in as many lines as they need; answers where the next thing begins. */
  private double legend(double top, int width) {
    double x = GAP;
    double y = top;
    for (LegendEntry entry : figure.legend()) {
      double room = LEGEND_SWATCH + 6 + entry.name().length() * CAPTION_LETTER + 2 * GAP;
      if (x > GAP && x + room > width) {
        x = GAP;
        y += LEGEND_LINE;
      }
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%s\" y=\"%s\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#444444\""
                  + " stroke-width=\"0.7\"/>",
              number(x),
              number(y),
              LEGEND_SWATCH,
              LEGEND_SWATCH,
              hex(entry.colour())));
      svg.append(
          "<text x=\"%s\" y=\"%s\" font-size=\"13\" fill=\"#111111\">%s</text>\n"
              .formatted(
                  number(x + LEGEND_SWATCH + 6),
                  number(y + LEGEND_SWATCH - 2),
                  Markup.escape(entry.name())));
      x += room;
    }
    return figure.legend().isEmpty() ? y : y + LEGEND_LINE + GAP;
  }

  private double height(Raster raster) {
    return (double) raster.height() * figure.panelWidth() / raster.width();
  }

  private void panel(FigurePanel panel, int x, double y) {
    Raster raster = panel.raster();
    double height = height(raster);
    boolean coarse = raster instanceof LabelMap || raster.width() * 2 < figure.panelWidth();
    svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%d %s)\">", x, number(y)));
    // An inner svg clips what is drawn, and needs no name that another figure may have as well.
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg width=\"%d\" height=\"%s\" overflow=\"hidden\">",
            figure.panelWidth(),
            number(height)));
    svg.append(
        String.format(
            Locale.ROOT,
            "<image width=\"%d\" height=\"%s\" preserveAspectRatio=\"none\"%s xlink:href=\"%s\"/>",
            figure.panelWidth(),
            number(height),
            coarse ? " image-rendering=\"pixelated\"" : "",
            Address.seen(raster, palette)));
    double scale = (double) figure.panelWidth() / raster.width();
    panel.overlays().forEach(overlay -> draw(overlay, scale));
    svg.append("</svg>");
    int left = 0;
    double line = height + CAPTION - 4;
    if (panel.key() >= 0) {
      svg.append(
          "<rect y=\"%s\" width=\"11\" height=\"11\" fill=\"%s\" stroke=\"#444444\" stroke-width=\"0.7\"/>"
              .formatted(number(line - 10), HexColour.of(panel.key())));
      left = 16;
    }
    text(panel.caption(), left, line, 13, true, CAPTION_LETTER);
    text(panel.note(), 0, line + NOTE, 11.5, false, NOTE_LETTER);
    svg.append("</g>\n");
  }

  private void text(String text, int x, double y, double size, boolean strong, double letter) {
    if (text.isEmpty()) {
      return;
    }
    int most = Math.max(4, (int) ((figure.panelWidth() - x) / letter));
    String shown = text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%s\" font-size=\"%s\"%s fill=\"%s\">%s</text>",
            x,
            number(y),
            number(size),
            strong ? " font-weight=\"600\"" : "",
            strong ? "#111111" : "#444444",
            Markup.escape(shown)));
  }

  private void draw(Overlay overlay, double scale) {
    switch (overlay) {
      case Overlay.Region(Mask mask, int colour) ->
          outline(mask, scale, colour, "fill=\"%s\" fill-opacity=\"0.5\"".formatted(hex(colour)));
      case Overlay.Border(Mask mask, int colour) -> outline(mask, scale, colour, "fill=\"none\"");
      case Overlay.Box box -> box(box, scale);
      case Overlay.Dot(double row, double column, int colour) ->
          svg.append(
              "<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\" stroke=\"#000000\" stroke-width=\"1.2\"/>"
                  .formatted(number(column * scale), number(row * scale), hex(colour)));
    }
  }

  private void outline(Mask mask, double scale, int colour, String fill) {
    if (mask.pixels().isEmpty()) {
      return;
    }
    String way = way(mask, scale);
    path(way, fill + " stroke=\"#000000\" stroke-opacity=\"0.7\" stroke-width=\"2.6\"");
    path(way, "fill=\"none\" stroke=\"%s\" stroke-width=\"1.3\"".formatted(hex(colour)));
  }

  private void path(String way, String look) {
    svg.append("<path ")
        .append(look)
        .append(" fill-rule=\"evenodd\" d=\"")
        .append(way)
        .append("\"/>");
  }

  /** Rings go down and across by turns, so each side has one new number. */
  private static String way(Mask mask, double scale) {
    StringBuilder way = new StringBuilder();
    for (List<Mask.Corner> ring : mask.rings()) {
      Mask.Corner before = ring.getFirst();
      append(way.append('M'), before.column() * scale);
      append(way.append(' '), before.row() * scale);
      for (Mask.Corner corner : ring.subList(1, ring.size())) {
        if (corner.row() == before.row()) {
          append(way.append('H'), corner.column() * scale);
        } else {
          append(way.append('V'), corner.row() * scale);
        }
        before = corner;
      }
      way.append('Z');
    }
    return way.toString();
  }

  private void box(Overlay.Box box, double scale) {
    String place =
        "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\""
            .formatted(
                number(box.left() * scale),
                number(box.top() * scale),
                number((box.right() - box.left()) * scale),
                number((box.bottom() - box.top()) * scale));
    svg.append(
        "<rect %s stroke=\"#000000\" stroke-opacity=\"0.75\" stroke-width=\"3.4\"/>"
            .formatted(place));
    svg.append(
        "<rect %s stroke=\"%s\" stroke-width=\"1.6\"%s/>"
            .formatted(place, hex(box.colour()), box.dashed() ? " stroke-dasharray=\"6 3\"" : ""));
  }

  private static String hex(int colour) {
    return HexColour.of(colour);
  }

  private static String number(double value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  /** To hundredths, without zeros at the end. */
  private static void append(StringBuilder text, double value) {
    long hundredths = Math.round(Math.abs(value) * 100);
    if (value < 0 && hundredths > 0) {
      text.append('-');
    }
    text.append(hundredths / 100);
    long rest = hundredths % 100;
    if (rest > 0) {
      text.append('.').append(rest / 10);
      if (rest % 10 > 0) {
        text.append(rest % 10);
      }
    }
  }
}
