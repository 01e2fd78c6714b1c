package org.compnn.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.compnn.compose.Mask;
import org.compnn.image.Picture;

/**
 * Writes a plate as PDF 1.4 of one page of its size: pictures without loss at their own resolution,
 * regions as paths, text in Helvetica. The same plate is the same file to the byte.
 */
final class PlatePdf {
  private static final double POINTS = 72 / 25.4;

  /** The letters that the standard fonts have. */
  private static final Charset LETTERS = Charset.forName("windows-1252");

  private final Plate plate;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();
  private final StringBuilder content = new StringBuilder();
  private final List<Picture> pictures = new ArrayList<>();
  private final Map<String, String> states = new LinkedHashMap<>();

  private PlatePdf(Plate plate) {
    this.plate = plate;
  }

  static byte[] of(Plate plate) {
    return new PlatePdf(plate).bytes();
  }

  private byte[] bytes() {
    plate.marks().forEach(this::write);
    int first = 6;
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < pictures.size(); i++) {
      names.append(String.format(Locale.ROOT, "/I%d %d 0 R ", i, first + i));
    }
    StringBuilder looks = new StringBuilder();
    states.forEach((name, look) -> looks.append("/%s << %s >> ".formatted(name, look)));
    text("%PDF-1.4\n");
    out.writeBytes(new byte[] {'%', (byte) 0xe2, (byte) 0xe3, (byte) 0xcf, (byte) 0xd3, '\n'});
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    object(
        ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Contents 4 0 R /Resources <<"
                + " /Font << /F0 %s /F1 %s >> /XObject << %s>> /ExtGState << %s>> >> >>")
            .formatted(
                points(plate.width()),
                points(plate.height()),
                font("Helvetica"),
                font("Helvetica-Bold"),
                names,
                looks));
    stream("", content.toString().getBytes(LETTERS));
    object("<< /Producer (CompNN) >>");
    for (Picture picture : pictures) {
      stream(
          String.format(
              Locale.ROOT,
              "/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB"
                  + " /BitsPerComponent 8 ",
              picture.width(),
              picture.height()),
          picture.rgb());
    }
    int table = out.size();
    text(String.format(Locale.ROOT, "xref\n0 %d\n0000000000 65535 f \n", offsets.size() + 1));
    offsets.forEach(offset -> text(String.format(Locale.ROOT, "%010d 00000 n \n", offset)));
    text(
        String.format(
            Locale.ROOT,
            "trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n",
            offsets.size() + 1,
            table));
    return out.toByteArray();
  }

  private static String font(String name) {
    return "<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
        .formatted(name);
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void object(String body) {
    offsets.add(out.size());
    text(String.format(Locale.ROOT, "%d 0 obj\n%s\nendobj\n", offsets.size(), body));
  }

  private void stream(String entries, byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(packed, deflater)) {
      deflating.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    offsets.add(out.size());
    text(
        String.format(
            Locale.ROOT,
            "%d 0 obj\n<< %s/Filter /FlateDecode /Length %d >>\nstream\n",
            offsets.size(),
            entries,
            packed.size()));
    out.writeBytes(packed.toByteArray());
    text("\nendstream\nendobj\n");
  }

  private void write(Mark mark) {
    switch (mark) {
      case Mark.Image image -> {
        content.append(
            String.format(
                Locale.ROOT,
                "q %s 0 0 %s %s %s cm /I%d Do Q\n",
                points(image.width()),
                points(image.height()),
                points(image.x()),
                up(image.y() + image.height()),
                pictures.size()));
        pictures.add(image.picture());
      }
      case Mark.Region region -> region(region);
      case Mark.Swatch swatch ->
          content.append(
              "q %s rg 0.267 0.267 0.267 RG 0.3 w %s %s %s %s re B Q\n"
                  .formatted(
                      colour(swatch.colour()),
                      points(swatch.x()),
                      up(swatch.y() + swatch.height()),
                      points(swatch.width()),
                      points(swatch.height())));
      case Mark.Text text -> {
        double shift = text.anchor() * Helvetica.width(text.text(), text.size(), text.strong());
        content.append(
            String.format(
                Locale.ROOT,
                "BT /F%d %s Tf 0.067 0.067 0.067 rg %s %s Td <%s> Tj ET\n",
                text.strong() ? 1 : 0,
                points(text.size()),
                points(text.x() - shift),
                up(text.y()),
                HexFormat.of().formatHex(text.text().getBytes(LETTERS))));
      }
    }
  }

  private void region(Mark.Region region) {
    if (region.mask().pixels().isEmpty()) {
      return;
    }
    double down = region.height() / region.mask().height();
    double across = region.width() / region.mask().width();
    StringBuilder way = new StringBuilder();
    for (List<Mask.Corner> ring : region.mask().rings()) {
      String step = "m";
      for (Mask.Corner corner : ring) {
        way.append(points(region.x() + corner.column() * across))
            .append(' ')
            .append(up(region.y() + corner.row() * down))
            .append(' ')
            .append(step)
            .append('\n');
        step = "l";
      }
      way.append("h\n");
    }
    String look = "G" + Math.round(region.tint() * 100);
    states.putIfAbsent(look, "/ca " + PlateSvg.number(region.tint()));
    content.append("q /%s gs %s rg\n%sf* Q\n".formatted(look, colour(region.colour()), way));
    if (region.line() > 0) {
      content.append(
          "q %s RG %s w 1 j\n%sS Q\n"
              .formatted(colour(region.colour()), PlateSvg.number(region.line() * POINTS), way));
    }
  }

  private static String colour(int rgb) {
    return "%s %s %s"
        .formatted(
            PlateSvg.number((rgb >> 16 & 0xff) / 255.0),
            PlateSvg.number((rgb >> 8 & 0xff) / 255.0),
            PlateSvg.number((rgb & 0xff) / 255.0));
  }

  private static String points(double millimetres) {
    return PlateSvg.number(millimetres * POINTS);
  }

  /** PDF counts from the bottom. */
  private String up(double y) {
    return points(plate.height() - y);
  }
}
