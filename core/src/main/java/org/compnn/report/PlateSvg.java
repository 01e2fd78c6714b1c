package org.compnn.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.List;
import org.compnn.compose.Mask;
import org.compnn.image.HexColour;
import org.compnn.image.PictureFile;
import org.compnn.viewer.Markup;

/** Writes a plate as SVG of its size in millimetres; text stays text. */
final class PlateSvg {
  private final StringBuilder svg = new StringBuilder();

  private PlateSvg() {}

  static String of(Plate plate) {
    PlateSvg writer = new PlateSvg();
    writer.svg.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                + " width=\"%1$smm\" height=\"%2$smm\" viewBox=\"0 0 %1$s %2$s\""
                + " font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n")
            .formatted(number(plate.width()), number(plate.height())));
    plate.marks().forEach(writer::write);
    return writer.svg.append("</svg>\n").toString();
  }

  private void write(Mark mark) {
    switch (mark) {
      case Mark.Image image -> image(image);
      case Mark.Region region -> region(region);
      case Mark.Swatch swatch ->
          svg.append("<rect")
              .append(place(swatch.x(), swatch.y(), swatch.width(), swatch.height()))
              .append(" fill=\"")
              .append(HexColour.of(swatch.colour()))
              .append("\" stroke=\"#444444\" stroke-width=\"0.1\"/>\n");
      case Mark.Text text ->
          svg.append(
              "<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s%s fill=\"#111111\">%s</text>\n"
                  .formatted(
                      number(text.x()),
                      number(text.y()),
                      number(text.size()),
                      text.strong() ? " font-weight=\"bold\"" : "",
                      text.anchor() == 0
                          ? ""
                          : " text-anchor=\"" + (text.anchor() < 1 ? "middle" : "end") + "\"",
                      Markup.escape(text.text())));
    }
  }

  private void image(Mark.Image image) {
    byte[] png =
        PictureFile.fewColours(image.picture()).orElseGet(() -> PictureFile.png(image.picture()));
    svg.append("<image")
        .append(place(image.x(), image.y(), image.width(), image.height()))
        .append(" preserveAspectRatio=\"none\"")
        .append(image.coarse() ? " style=\"image-rendering:pixelated\"" : "")
        .append(" xlink:href=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(png))
        .append("\"/>\n");
  }

  private void region(Mark.Region region) {
    double down = region.height() / region.mask().height();
    double across = region.width() / region.mask().width();
    StringBuilder way = new StringBuilder();
    for (List<Mask.Corner> ring : region.mask().rings()) {
      char step = 'M';
      for (Mask.Corner corner : ring) {
        way.append(step)
            .append(number(region.x() + corner.column() * across))
            .append(' ')
            .append(number(region.y() + corner.row() * down));
        step = 'L';
      }
      way.append('Z');
    }
    String colour = HexColour.of(region.colour());
    svg.append(
        "<path d=\"%s\" fill=\"%s\" fill-opacity=\"%s\" fill-rule=\"evenodd\"%s/>\n"
            .formatted(
                way,
                colour,
                number(region.tint()),
                region.line() > 0
                    ? " stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\""
                        .formatted(colour, number(region.line()))
                    : ""));
  }

  private static String place(double x, double y, double width, double height) {
    return " x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
        .formatted(number(x), number(y), number(width), number(height));
  }

  /** To thousandths, without zeros at the end. */
  static String number(double value) {
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }
}
