package org.compnn.report;

import static org.compnn.viewer.Markup.element;
import static org.compnn.viewer.Markup.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.database.OutputKind;
import org.compnn.explain.Options;
import org.compnn.files.WholeFile;
import org.compnn.image.Palette;
import org.compnn.image.PictureFile;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;
import org.compnn.viewer.Markup;
import org.compnn.viewer.Page;
import org.compnn.viewer.ViewJson;

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
  private static final String FOOTER =
      "<p>CompNN, Compositional Nearest Neighbors (<span class=\"nobreak\">arXiv"
          + " 1711.10683</span>). This page is a single file and works offline. Its figures are"
          + " beside it as SVG.</p>";

  public Sheet {
    sections = List.copyOf(sections);
  }

  /** The same, with how its matches were found and how far that was judged, see the documents. */
  public Sheet matched(CompNN compnn, Options options) {
    boolean labels = compnn.database().outputKind() == OutputKind.LABELS;
    String card = ModelCard.of(compnn.cells(options).layer(), options, labels);
    return new Sheet(title, facts + " \u00b7 " + card, sections, palette);
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
      Map<String, Object> numbers = new LinkedHashMap<>();
      Drawings drawings = new Drawings();
      for (Section section : sections) {
        writeFigures(out, section, palette, drawings);
        section.json().ifPresent(json -> numbers.put(section.key(), json));
      }
      WholeFile.write(out.resolve("numbers.json"), ViewJson.indented(numbers));
      WholeFile.write(report, html(drawings));
      return report;
    } catch (IOException e) {
      throw new UserError(
          out + ": cannot be written (" + e + "); is the disk full or the folder read-only?", e);
    }
  }

  static void writeFigures(Path out, Section section, Palette palette, Drawings drawings)
      throws IOException {
    for (int i = 0; i < section.figures().size(); i++) {
      String name = section.figures().size() == 1 ? section.key() : section.key() + "-" + (i + 1);
      Files.writeString(
          out.resolve(name + ".svg"), drawings.svg(section.figures().get(i), palette));
    }
    for (Map.Entry<String, String> drawing : section.drawings().entrySet()) {
      Files.writeString(out.resolve(drawing.getKey() + ".svg"), drawing.getValue());
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
    return html(new Drawings());
  }

  private String html(Drawings drawings) {
    List<Markup> main = new ArrayList<>();
    main.add(element("div", "head", element("h1", "", text(title))));
    main.add(element("p", "facts number", text(facts)));
    sections.forEach(section -> main.add(section(section, drawings)));
    return new Page(
            title,
            Page.sharedStyle(),
            List.of(),
            main,
            List.of(Markup.raw(FOOTER)),
            List.of(),
            Optional.empty())
        .html();
  }

  private Markup section(Section section, Drawings drawings) {
    List<Markup> parts = new ArrayList<>();
    parts.add(element("h2", "", text(section.title())));
    parts.add(element("p", "lead", text(section.lead())));
    for (Figure figure : section.figures()) {
      parts.add(element("div", "figure", Markup.raw(drawings.svg(figure, palette))));
    }
    for (String svg : section.drawings().values()) {
      parts.add(element("div", "figure", Markup.raw(svg)));
    }
    section.table().ifPresent(numbers -> parts.add(element("div", "card scroll", table(numbers))));
    return Markup.element("section", Map.of("id", section.key()), parts);
  }

  private static Markup table(Table table) {
    List<Markup> rows = table.rows().stream().map(row -> row("td", row)).toList();
    return element(
        "table",
        "",
        element("thead", "", row("th", table.columns())),
        Markup.element("tbody", Map.of(), rows));
  }

  private static Markup row(String tag, List<String> texts) {
    List<Markup> cells = new ArrayList<>();
    for (String each : texts) {
      cells.add(element(tag, cells.isEmpty() ? "" : "number", text(each)));
    }
    return Markup.element("tr", Map.of(), cells);
  }
}
