package org.compnn.demo;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.CompNN;
import org.compnn.files.Resource;
import org.compnn.files.Sha256;
import org.compnn.generate.FacadeClass;
import org.compnn.image.HexColour;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo's page: one file that works from disk and asks nothing of a network, which its content
 * security policy forbids.
 */
final class DemoPage {
  private static final List<String> SCRIPTS = List.of("views.js", "stage.js", "swap.js", "demo.js");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

  private final ObjectNode data = JsonNodeFactory.instance.objectNode();
  private final Buildings buildings;

  DemoPage(DemoSettings settings) {
    buildings = new Buildings(settings.exemplars());
    data.put("size", ShippedModel.SIZE);
    ArrayNode classes = data.putArray("classes");
    for (FacadeClass c : FacadeClass.values()) {
      classes.addObject().put("name", c.label()).put("colour", HexColour.of(c.colour()));
    }
    data.putArray("stages");
  }

  /** Adds a direction, and what its database has of the training buildings. */
  void add(Stage stage, CompNN compnn) {
    ((ArrayNode) data.get("stages")).add(StageJson.of(stage));
    buildings.show(stage, compnn);
  }

  /** The whole page. */
  String html() {
    data.set("buildings", buildings.json());
    String style = resource("demo.css");
    StringBuilder script = new StringBuilder();
    SCRIPTS.forEach(name -> script.append(resource(name)));
    Map<String, String> parts =
        Map.of(
            "style", style,
            "style-hash", Sha256.of(style).policy(),
            "script", script.toString(),
            "script-hash", Sha256.of(script.toString()).policy(),
            // No HTML parser can take this for markup.
            "data", data.toString().replace("&", "\\u0026").replace("<", "\\u003c"));
    return PLACEHOLDER
        .matcher(resource("demo.html"))
        .replaceAll(found -> Matcher.quoteReplacement(parts.get(found.group(1))));
  }

  private static String resource(String name) {
    return Resource.text(DemoPage.class, name);
  }
}
