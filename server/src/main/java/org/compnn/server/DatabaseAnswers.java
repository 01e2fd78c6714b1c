package org.compnn.server;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.database.CellStore;
import org.compnn.database.Exemplar;
import org.compnn.dataset.Pair;
import org.compnn.image.HexColour;
import org.compnn.image.Palette;
import org.compnn.network.Layer;
import org.compnn.network.Task;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the interface says of databases. */
final class DatabaseAnswers {
  private DatabaseAnswers() {}

  /** All databases in a few words each. */
  static ArrayNode list(Collection<ServedDatabase> databases) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    databases.forEach(database -> list.add(summary(database)));
    return list;
  }

  /** One database with its layers, exemplars and pictures to choose from. */
  static ObjectNode whole(ServedDatabase served) {
    ObjectNode node = summary(served);
    var network = served.compnn().network();
    node.put("network", network.file().getFileName().toString());
    node.put("task", network.output().task().tag());
    node.putObject("input").put("height", network.inputHeight()).put("width", network.inputWidth());
    node.putObject("output")
        .put("height", network.outputHeight())
        .put("width", network.outputWidth());
    node.put("targets", served.database().hasTargets());
    if (network.output().task() == Task.SEGMENTATION) {
      ArrayNode classes = node.putArray("classes");
      Palette palette = served.compnn().palette();
      for (int i = 0; i < palette.size(); i++) {
        classes
            .addObject()
            .put("name", palette.name(i))
            .put("colour", HexColour.of(palette.colour(i)));
      }
    }
    ArrayNode layers = node.putArray("layers");
    served.database().layers().stream().map(CellStore::layer).forEach(l -> layers.add(layer(l)));
    Map<String, Integer> tags = new TreeMap<>();
    ArrayNode exemplars = node.putArray("exemplars");
    for (Exemplar exemplar : served.database().exemplars()) {
      ObjectNode each = exemplars.addObject().put("id", exemplar.id());
      exemplar.tags().forEach(each.putArray("tags")::add);
      exemplar.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum));
      each.put("target", served.database().hasTarget(exemplar.index()));
    }
    ObjectNode counts = node.putObject("tags");
    tags.forEach(counts::put);
    ArrayNode pictures = node.putArray("pictures");
    for (Pair pair : served.pairs()) {
      ObjectNode each = pictures.addObject().put("id", pair.id());
      pair.tags().forEach(each.putArray("tags")::add);
    }
    node.putObject("upload").put("bytes", Uploads.MOST_BYTES).put("pixels", Uploads.MOST_PIXELS);
    return node;
  }

  private static ObjectNode summary(ServedDatabase served) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", served.id())
        .put("version", served.version())
        .put("exemplar_count", served.database().exemplars().size());
  }

  private static ObjectNode layer(Layer layer) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", layer.name());
    layer.aliases().forEach(node.putArray("aliases")::add);
    return node.put("operator", layer.operator())
        .put("channels", layer.channels())
        .put("rows", layer.rows())
        .put("columns", layer.columns());
  }
}
