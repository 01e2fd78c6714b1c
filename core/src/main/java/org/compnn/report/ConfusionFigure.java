package org.compnn.report;

import java.util.List;
import java.util.Locale;
import org.compnn.image.HexColour;
import org.compnn.image.Palette;
import org.compnn.measure.ClassCounts;
import org.compnn.study.Judgement;
import org.compnn.viewer.Markup;

/** Which class is taken for which: a table of shares, the darker the more, as SVG. */
final class ConfusionFigure {
  private static final int CELL = 44;
  private static final int LINE = 26;
  private static final int NAMES = 150;
  private static final int TOP = 110;
  private static final int EDGE = 12;

  private ConfusionFigure() {}

  /** Rows are right classes, columns what the network gives; each row adds up to 100 %. */
  static String svg(ClassCounts counts, List<Judgement.Confusion> confusions, Palette palette) {
    int classes = counts.classes();
    int width = NAMES + classes * CELL + 60 + EDGE;
    int height = TOP + classes * LINE + EDGE;
    StringBuilder svg = new StringBuilder();
    svg.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"Confusion matrix\""
                + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n")
            .formatted(width, height, width, height));
    text(svg, EDGE, TOP - 8, "start", "#444444", "should be");
    text(svg, NAMES + classes * CELL / 2, 14, "middle", "#444444", "network gives");
    long[][] pixels = new long[classes][classes];
    for (int label = 0; label < classes; label++) {
      pixels[label][label] = counts.hit(label);
    }
    for (Judgement.Confusion confusion : confusions) {
      if (confusion.truth() < classes && confusion.given() < classes) {
        pixels[confusion.truth()][confusion.given()] += confusion.pixels();
      }
    }
    for (int label = 0; label < classes; label++) {
      int x = NAMES + label * CELL + CELL / 2;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text transform=\"translate(%d %d) rotate(-45)\" fill=\"#111111\">%s</text>\n",
              x - 4,
              TOP - 10,
              Markup.escape(brief(palette.name(label), 14))));
      int y = TOP + label * LINE;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"11\" height=\"11\" fill=\"%s\" stroke=\"#444444\""
                  + " stroke-width=\"0.7\"/>",
              EDGE,
              y + 8,
              HexColour.of(palette.colour(label))));
      text(svg, EDGE + 17, y + 18, "start", "#111111", brief(palette.name(label), 18));
      row(svg, pixels[label], counts.reference(label), label, y);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(StringBuilder svg, long[] pixels, long all, int right, int y) {
    for (int given = 0; given < pixels.length; given++) {
      double share = all == 0 ? 0 : (double) pixels[given] / all;
      int x = NAMES + given * CELL;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
              x,
              y,
              CELL - 1,
              LINE - 1,
              HexColour.of(shade(share, given == right))));
      if (share >= 0.0005) {
        String number = String.format(Locale.ROOT, share >= 0.095 ? "%.0f" : "%.1f", 100 * share);
        text(svg, x + CELL / 2, y + 17, "middle", share > 0.6 ? "#ffffff" : "#111111", number);
      }
    }
    text(svg, NAMES + pixels.length * CELL + 6, y + 17, "start", "#444444", all == 0 ? "none" : "");
    svg.append('\n');
  }

  /** White to blue where it is right, white to orange where it is wrong. */
  private static int shade(double share, boolean right) {
    int full = right ? 0x0072B2 : 0xD55E00;
    // The eye sees the root rather than the share, and small confusions matter.
    double strength = Math.sqrt(Math.min(1, share));
    int shade = 0;
    for (int channel = 16; channel >= 0; channel -= 8) {
      int value = 0xf4 + (int) Math.round(((full >> channel & 0xff) - 0xf4) * strength);
      shade |= value << channel;
    }
    return shade;
  }

  private static String brief(String name, int most) {
    return name.length() <= most ? name : name.substring(0, most - 1) + "\u2026";
  }

  private static void text(
      StringBuilder svg, int x, int y, String anchor, String colour, String text) {
    if (!text.isEmpty()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
              x,
              y,
              anchor,
              colour,
              Markup.escape(text)));
    }
  }
}
