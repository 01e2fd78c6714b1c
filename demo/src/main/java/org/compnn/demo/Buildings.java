package org.compnn.demo;

import org.compnn.CompNN;
import org.compnn.database.Exemplar;
import org.compnn.image.Raster;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The training buildings as the page shows them: photo, labels, and what either network made of
 * them. Both databases hold the same buildings in the same order.
 */
final class Buildings {
  private static final float QUALITY = 0.75f;

  private final ArrayNode list = JsonNodeFactory.instance.arrayNode();
  private final int count;

  Buildings(int count) {
    this.count = count;
    for (int i = 0; i < count; i++) {
      list.addObject();
    }
  }

  /** Adds what a direction's database has. */
  void show(Stage stage, CompNN compnn) {
    if (compnn.database().exemplars().size() != count) {
      throw new IllegalStateException("a database of other buildings");
    }
    for (Exemplar exemplar : compnn.database().exemplars()) {
      int i = exemplar.index();
      ObjectNode node = (ObjectNode) list.get(i);
      if (stage.direction() == Direction.PAINT) {
        node.put("id", exemplar.id());
        exemplar.tags().stream()
            .filter(tag -> tag.startsWith("style="))
            .forEach(tag -> node.put("style", tag.substring("style=".length())));
        node.put("photo", picture(compnn.database().target(i)));
        node.put("painted", picture(compnn.database().prediction(i)));
      } else {
        node.put("labels", picture(compnn.database().target(i)));
        node.put("labelled", picture(compnn.database().prediction(i)));
      }
    }
  }

  ArrayNode json() {
    return list;
  }

  private static String picture(Raster raster) {
    return StageJson.picture(raster, QUALITY);
  }
}
