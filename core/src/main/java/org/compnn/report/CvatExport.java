package org.compnn.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.compnn.compose.Mask;
import org.compnn.files.FileNames;
import org.compnn.image.HexColour;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.viewer.Markup;

/**
 * Regions as masks in the form "CVAT for images 1.1": {@code annotations.xml}, and the pictures in
 * {@code images/}.
 *
 * @see <a href="https://docs.cvat.ai/docs/other/xml_format">CVAT, XML annotation format</a>
 */
final class CvatExport {
  private final ExportFiles files;
  private final Palette palette;
  private final FileNames names = new FileNames();
  private final StringBuilder images = new StringBuilder();
  private int count;

  CvatExport(ExportFiles files, Palette palette) {
    this.files = files;
    this.palette = palette;
  }

  /** Adds a picture with its regions, each of the picture's size. */
  void add(String id, Picture picture, List<LabelledRegion> regions) throws IOException {
    String file = names.unique(id) + ".png";
    files.write("images/" + file, PictureFile.png(picture));
    images.append(
        String.format(
            Locale.ROOT,
            "  <image id=\"%d\" name=\"%s\" width=\"%d\" height=\"%d\">\n",
            count++,
            Markup.escape(file),
            picture.width(),
            picture.height()));
    for (LabelledRegion region : regions) {
      Mask.Box box = region.mask().bounds();
      images.append(
          String.format(
              Locale.ROOT,
              "    <mask label=\"%s\" source=\"manual\" occluded=\"0\" rle=\"%s\" left=\"%d\""
                  + " top=\"%d\" width=\"%d\" height=\"%d\" z_order=\"0\"></mask>\n",
              Markup.escape(palette.name(region.label())),
              runs(region.mask(), box),
              box.left(),
              box.top(),
              box.right() - box.left(),
              box.bottom() - box.top()));
    }
    images.append("  </image>\n");
  }

  /** Run lengths of pixels outside and inside by turns, row by row of the box. */
  private static String runs(Mask mask, Mask.Box box) {
    int width = box.right() - box.left();
    int pixels = (box.bottom() - box.top()) * width;
    BitSet inside = new BitSet(pixels);
    for (int row = box.top(); row < box.bottom(); row++) {
      for (int column = box.left(); column < box.right(); column++) {
        inside.set((row - box.top()) * width + column - box.left(), mask.contains(row, column));
      }
    }
    StringJoiner runs = new StringJoiner(", ");
    boolean set = false;
    for (int from = 0; from < pixels; set = !set) {
      int next = set ? inside.nextClearBit(from) : inside.nextSetBit(from);
      int end = next < 0 ? pixels : Math.min(next, pixels);
      runs.add(Integer.toString(end - from));
      from = end;
    }
    return runs.toString();
  }

  Path finish() throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.append("<annotations>\n  <version>1.1</version>\n  <meta>\n    <task>\n");
    xml.append("      <name>compnn</name>\n      <size>").append(count).append("</size>\n");
    xml.append("      <mode>annotation</mode>\n      <labels>\n");
    for (int i = 0; i < palette.size(); i++) {
      xml.append(
          "        <label>\n          <name>%s</name>\n          <color>%s</color>\n          <type>mask</type>\n          <attributes></attributes>\n        </label>\n"
              .formatted(Markup.escape(palette.name(i)), HexColour.of(palette.colours().get(i))));
    }
    xml.append("      </labels>\n    </task>\n  </meta>\n").append(images);
    xml.append("</annotations>\n");
    return files.write("annotations.xml", xml.toString().getBytes(StandardCharsets.UTF_8));
  }
}
