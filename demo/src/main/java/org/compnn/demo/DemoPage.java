package org.compnn.demo;

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
import org.compnn.CompNN;
import org.compnn.generate.FacadeClass;
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
      classes.addObject().put("name", c.label()).put("colour", StageJson.hex(c.colour()));
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
            "style-hash", hash(style),
            "script", script.toString(),
            "script-hash", hash(script.toString()),
            // No HTML parser can take this for markup.
            "data", data.toString().replace("&", "\\u0026").replace("<", "\\u003c"));
    return PLACEHOLDER
        .matcher(resource("demo.html"))
        .replaceAll(found -> Matcher.quoteReplacement(parts.get(found.group(1))));
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
    try (InputStream in = DemoPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
