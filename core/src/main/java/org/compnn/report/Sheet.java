package org.compnn.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.compnn.files.WholeFile;
import org.compnn.image.Palette;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report to read from top to bottom, without scripts: one HTML file that works from disk, its
 * figures once more as SVG, and its numbers as JSON.
 *
 * @param title the first line
 * @param facts a line under it: what was asked, of what
 * @param sections the parts
 * @param palette the colours of label maps
 */
public record Sheet(String title, String facts, List<Section> sections, Palette palette) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public Sheet {
    sections = List.copyOf(sections);
  }

  /**
   * Writes {@code report.html}, {@code numbers.json}, an SVG for every figure, and the sections'
   * pictures and values; files that are there already are replaced.
   *
   * @param out the folder, made if it is missing
   * @return the report
   * @throws UserError if the folder cannot be written
   */
  public Path write(Path out) {
    try {
      Files.createDirectories(out);
      Path report = out.resolve("report.html");
      Files.deleteIfExists(report);
      ObjectNode numbers = JsonNodeFactory.instance.objectNode();
      for (Section section : sections) {
        writeFigures(out, section, palette);
        section.json().ifPresent(json -> numbers.set(section.key(), Json.tree(json)));
      }
      WholeFile.write(out.resolve("numbers.json"), JSON.writeValueAsBytes(numbers));
      WholeFile.write(report, html().getBytes(StandardCharsets.UTF_8));
      return report;
    } catch (IOException e) {
      throw new UserError(
          out + ": cannot be written (" + e + "); is the disk full or the folder read-only?", e);
    }
  }

  static void writeFigures(Path out, Section section, Palette palette) throws IOException {
    for (int i = 0; i < section.figures().size(); i++) {
      String name = section.figures().size() == 1 ? section.key() : section.key() + "-" + (i + 1);
      Files.writeString(out.resolve(name + ".svg"), section.figures().get(i).svg(palette));
    }
    for (Map.Entry<String, Raster> picture : section.pictures().entrySet()) {
      PictureFile.write(out.resolve(picture.getKey() + ".png"), picture.getValue(), palette);
    }
    for (Map.Entry<String, Table> values : section.csv().entrySet()) {
      byte[] bytes = values.getValue().csv().getBytes(StandardCharsets.UTF_8);
      WholeFile.write(out.resolve(values.getKey() + ".csv"), bytes);
    }
  }

  /** The page. */
  String html() {
    StringBuilder body = new StringBuilder();
    body.append("<div class=\"head\"><h1>").append(ReportPage.escape(title)).append("</h1></div>");
    body.append("<p class=\"facts number\">").append(ReportPage.escape(facts)).append("</p>\n");
    for (Section section : sections) {
      body.append("<section id=\"").append(ReportPage.escape(section.key())).append("\"><h2>");
      body.append(ReportPage.escape(section.title())).append("</h2><p class=\"lead\">");
      body.append(ReportPage.escape(section.lead())).append("</p>\n");
      for (Figure figure : section.figures()) {
        body.append("<div class=\"figure\">").append(figure.svg(palette)).append("</div>\n");
      }
      section.table().ifPresent(table -> append(body, table));
      body.append("</section>\n");
    }
    return ReportPage.plain(title, body.toString());
  }

  private static void append(StringBuilder body, Table table) {
    body.append("<div class=\"card scroll\"><table><thead><tr>");
    for (int i = 0; i < table.columns().size(); i++) {
      cell(body, "th", i > 0, table.columns().get(i));
    }
    body.append("</tr></thead><tbody>\n");
    for (List<String> row : table.rows()) {
      body.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell(body, "td", i > 0, row.get(i));
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
  }

  private static void cell(StringBuilder body, String tag, boolean number, String text) {
    body.append('<').append(tag).append(number ? " class=\"number\">" : ">");
    body.append(ReportPage.escape(text)).append("</").append(tag).append('>');
  }
}
