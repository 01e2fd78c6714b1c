package org.compnn.report;

import java.util.Locale;
import org.compnn.compose.Contribution;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.explain.Options;
import org.compnn.explain.Settings;
import org.compnn.measure.Synthesis;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Explanations as JSON for other programs. */
final class ExplanationJson {
  /** Of {@code explanation.json}; raised when a reader of the old form would be misled. */
  private static final int FORMAT = 1;

  private ExplanationJson() {}

  /** Everything that is no picture and no array. */
  static ObjectNode of(Chapter chapter) {
    Explanation explanation = chapter.why();
    Gallery gallery = explanation.gallery();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.put("name", explanation.name());
    root.set("settings", settings(explanation));
    root.putObject("size")
        .put("height", explanation.network().height())
        .put("width", explanation.network().width())
        .put("rows", explanation.field().rows())
        .put("columns", explanation.field().columns());
    root.set("timings_ms", timings(explanation));
    root.set("agreement", AgreementTable.of(explanation).json());
    root.set("reconstruction", synthesis(explanation.reconstructed()));
    ArrayNode exemplars = root.putArray("exemplars");
    for (Contribution contribution : explanation.contributions()) {
      ObjectNode node = contribution(contribution, explanation);
      node.put("id", gallery.id(contribution.exemplar()));
      gallery.tags(contribution.exemplar()).forEach(node.putArray("tags")::add);
      exemplars.add(node);
    }
    for (Section section : chapter.sections()) {
      section.json().ifPresent(json -> root.set(section.key(), Json.tree(json)));
    }
    return root;
  }

  static ObjectNode settings(Explanation explanation) {
    Settings settings = explanation.settings();
    Options options = settings.options();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("network", settings.network());
    node.put("database", settings.database());
    node.set("layer", layer(settings.layer()));
    node.put("hyperpatch", options.hyperpatch());
    node.put("distance", options.distance().name().toLowerCase(Locale.ROOT));
    node.put("top_k", options.topK());
    node.put("search", Words.search(explanation));
    node.put("labels", options.labels().name().toLowerCase(Locale.ROOT));
    node.put("overlap", options.overlap().name().toLowerCase(Locale.ROOT));
    node.put("selected", settings.selected());
    node.put("exemplars", settings.exemplars());
    ObjectNode further = node.putObject("further");
    Words.further(explanation).forEach(further::put);
    return node;
  }

  static ObjectNode timings(Explanation explanation) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("network", explanation.timings().network())
        .put("search", explanation.timings().search())
        .put("compose", explanation.timings().compose());
  }

  static ObjectNode contribution(Contribution contribution, Explanation explanation) {
    int colour =
        CorrespondenceMap.of(explanation.contributions()).colour(contribution.exemplar());
    return JsonNodeFactory.instance
        .objectNode()
        .put("exemplar", contribution.exemplar())
        .put("cells", contribution.cells())
        .put("share", contribution.share())
        .put("colour", hex(colour));
  }

  static ObjectNode synthesis(Synthesis metrics) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, "l1", metrics.l1());
    put(node, "psnr", metrics.psnr());
    put(node, "ssim", metrics.ssim());
    return node;
  }

  static String hex(int colour) {
    return "#%06x".formatted(colour);
  }

  private static ObjectNode layer(Layer layer) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", layer.name());
    layer.aliases().forEach(node.putArray("aliases")::add);
    node.put("operator", layer.operator());
    node.put("channels", layer.channels());
    node.set("vertical", geometry(layer.vertical()));
    node.set("horizontal", geometry(layer.horizontal()));
    return node;
  }

  private static ObjectNode geometry(Geometry geometry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("cells", geometry.cells());
    put(node, "stride", geometry.stride());
    put(node, "origin", geometry.origin());
    put(node, "before", geometry.before());
    put(node, "after", geometry.after());
    return node;
  }

  /** JSON has no infinity: null. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
