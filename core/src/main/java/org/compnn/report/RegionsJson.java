package org.compnn.report;

import java.util.BitSet;
import java.util.Map;
import org.compnn.compose.Contribution;
import org.compnn.compose.Mask;
import org.compnn.compose.UsedRegions;
import org.compnn.explain.Explanation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The regions of the training pictures that a composition used, as COCO's annotations with run
 * lengths (uncompressed: {@code size}, {@code counts}), which its own tools read. A picture's id is
 * the exemplar's index; all are of the size of the network's output.
 */
final class RegionsJson {
  private RegionsJson() {}

  static ObjectNode of(Explanation explanation) {
    int height = explanation.network().height();
    int width = explanation.network().width();
    Map<Integer, Mask> used =
        UsedRegions.of(explanation.field(), explanation.settings().layer(), height, width);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode images = root.putArray("images");
    ArrayNode annotations = root.putArray("annotations");
    root.putArray("categories").addObject().put("id", 1).put("name", "used");
    int id = 1;
    for (Contribution contribution : explanation.contributions()) {
      int exemplar = contribution.exemplar();
      images
          .addObject()
          .put("id", exemplar)
          .put("file_name", explanation.gallery().id(exemplar))
          .put("height", height)
          .put("width", width);
      Mask mask = used.getOrDefault(exemplar, new Mask(height, width, new BitSet()));
      annotations.add(annotation(mask).put("id", id++).put("image_id", exemplar));
    }
    return root;
  }

  /** A mask as an annotation of category 1, without id and picture. */
  static ObjectNode annotation(Mask mask) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("category_id", 1).put("iscrowd", 1).put("area", mask.count());
    Mask.Box box = mask.bounds();
    node.putArray("bbox")
        .add(box.left())
        .add(box.top())
        .add(box.right() - box.left())
        .add(box.bottom() - box.top());
    ObjectNode runs = node.putObject("segmentation");
    runs.putArray("size").add(mask.height()).add(mask.width());
    ArrayNode counts = runs.putArray("counts");
    mask.runs().forEach(counts::add);
    return node;
  }
}
