package org.compnn.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.explain.Explanation;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.search.Field;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page that shows explanations: one file that works from disk and asks nothing of a network,
 * which its content security policy forbids.
 */
final class ReportPage {
  /**
   * Characters that training pictures may take, so that the page stays one that people can send.
   */
  static final long GALLERY_BUDGET = 12L << 20;

  /** Larger pictures are embedded with a little loss. */
  private static final int MOST_PIXELS_WITHOUT_LOSS = 512 * 512;

  private static final float QUALITY = 0.92f;
  private static final List<String> SCRIPTS =
      List.of("field.js", "panels.js", "inspector.js", "sections.js", "page.js");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

  private ReportPage() {}

  /**
   * The whole page.
   *
   * @param chapters one or more
   * @param folders the folder of each beside the page
   */
  static String html(List<Chapter> chapters, List<String> folders) {
    String style = resource("report.css");
    StringBuilder script = new StringBuilder();
    SCRIPTS.forEach(name -> script.append(resource(name)));
    String title = title(chapters);
    Map<String, String> parts =
        Map.of(
            "title", escape(title),
            "style", style,
            "style-hash", hash(style),
            "script", script.toString(),
            "script-hash", hash(script.toString()),
            "data", inScript(data(chapters, folders).toString()));
    return filled("report.html", parts);
  }

  /**
   * A page without scripts.
   *
   * @param body what stands in it, as HTML
   */
  static String plain(String title, String body) {
    String style = resource("report.css");
    Map<String, String> parts =
        Map.of("title", escape(title), "style", style, "style-hash", hash(style), "body", body);
    return filled("sheet.html", parts);
  }

  private static String filled(String template, Map<String, String> parts) {
    // In one pass, so that nothing within a part is taken for a placeholder.
    return PLACEHOLDER
        .matcher(resource(template))
        .replaceAll(found -> Matcher.quoteReplacement(parts.get(found.group(1))));
  }

  /** JSON that no HTML parser can take for markup. */
  static String inScript(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String title(List<Chapter> chapters) {
    String first = chapters.getFirst().why().name();
    int others = chapters.size() - 1;
    return others == 0 ? first : first + " and " + others + (others == 1 ? " other" : " others");
  }

  private static ObjectNode data(List<Chapter> chapters, List<String> folders) {
    CitedExemplars cited = new CitedExemplars(chapters.stream().map(Chapter::why).toList());
    Explanation first = chapters.getFirst().why();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode pictures = root.putArray("pictures");
    for (int i = 0; i < chapters.size(); i++) {
      pictures.add(picture(chapters.get(i), folders.get(i), cited));
    }
    root.set("gallery", cited.json(first.settings().labels(), first.palette(), GALLERY_BUDGET));
    return root;
  }

  private static ObjectNode picture(Chapter chapter, String folder, CitedExemplars cited) {
    Explanation explanation = chapter.why();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", explanation.name());
    node.put("folder", folder);
    node.set("settings", ExplanationJson.settings(explanation));
    node.set("timings", ExplanationJson.timings(explanation));
    node.set("agreement", AgreementTable.of(explanation).json());
    node.set("reconstructed", ExplanationJson.synthesis(explanation.reconstructed()));
    Palette palette = explanation.palette();
    if (explanation.network() instanceof LabelMap) {
      ArrayNode classes = node.putArray("classes");
      for (int i = 0; i < palette.size(); i++) {
        classes
            .addObject()
            .put("name", palette.name(i))
            .put("colour", ExplanationJson.hex(palette.colour(i)));
      }
    }
    node.set("input", raster(explanation.input(), palette));
    node.set("network", raster(explanation.network(), palette));
    node.set("composition", raster(explanation.composition(), palette));
    node.set("reconstruction", raster(explanation.reconstruction(), palette));
    explanation.truth().ifPresent(truth -> node.set("truth", raster(truth, palette)));
    explanation.other().ifPresent(other -> node.set("other", raster(other, palette)));
    explanation
        .other()
        .map(other -> DifferenceMap.of(explanation.composition(), other, palette))
        .ifPresent(difference -> node.set("difference", raster(difference, palette)));
    ArrayNode sections = node.putArray("sections");
    chapter.sections().forEach(section -> sections.add(section(section, palette)));
    node.set("field", field(explanation.field(), cited));
    ArrayNode ranked = node.putArray("ranked");
    explanation
        .contributions()
        .forEach(
            each ->
                ranked.add(
                    ExplanationJson.contribution(each, explanation)
                        .put("place", cited.place(each.exemplar()))));
    return node;
  }

  private static ObjectNode section(Section section, Palette palette) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", section.title()).put("lead", section.lead());
    ArrayNode figures = node.putArray("figures");
    section.figures().forEach(figure -> figures.add(figure.svg(palette)));
    section
        .table()
        .ifPresent(
            table -> {
              ObjectNode shown = node.putObject("table");
              table.columns().forEach(shown.putArray("columns")::add);
              ArrayNode rows = shown.putArray("rows");
              table.rows().forEach(row -> row.forEach(rows.addArray()::add));
            });
    return node;
  }

  private static ObjectNode field(Field field, CitedExemplars cited) {
    int count = field.exemplar().length;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rows", field.rows()).put("columns", field.columns()).put("topK", field.topK());
    node.set("place", Numbers.whole(count, i -> cited.place(field.exemplar()[i])));
    node.set("row", Numbers.whole(count, i -> Math.max(0, field.row()[i])));
    node.set("column", Numbers.whole(count, i -> Math.max(0, field.column()[i])));
    node.set("distance", Numbers.floats(field.distance()));
    return node;
  }

  private static ObjectNode raster(Raster raster, Palette palette) {
    boolean large = (long) raster.height() * raster.width() > MOST_PIXELS_WITHOUT_LOSS;
    return JsonNodeFactory.instance
        .objectNode()
        .put("height", raster.height())
        .put("width", raster.width())
        .put(
            "source",
            large ? Address.small(raster, palette, QUALITY) : Address.exact(raster, palette));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
