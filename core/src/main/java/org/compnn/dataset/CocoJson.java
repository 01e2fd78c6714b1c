package org.compnn.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A COCO file: instances, stuff or panoptic segments. Read entry by entry, since COCO's own have
 * hundreds of megabytes.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO, data format</a>
 */
final class CocoJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;
  private final SortedMap<Long, String> categories = new TreeMap<>();
  private final Map<String, Picture> pictures = new LinkedHashMap<>();
  private final Map<String, List<Annotation>> annotations = new HashMap<>();
  private final Map<String, Panoptic> panoptics = new HashMap<>();
  private int withoutShape;

  /**
   * A picture.
   *
   * @param name its file's
   */
  record Picture(String key, String name, int height, int width) {}

  /** A shape of a category. */
  record Annotation(long category, boolean crowd, Shape shape) {}

  /**
   * A picture's segments in a PNG, where a pixel's colour is the number of its segment.
   *
   * @param categories the category of each segment
   */
  record Panoptic(String name, Map<Integer, Long> categories) {}

  private CocoJson(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws UserError if it is no COCO file
   */
  static CocoJson read(Path file) {
    CocoJson coco = new CocoJson(file);
    try (JsonParser parser = MAPPER.createParser(file.toFile())) {
      coco.top(parser);
    } catch (JacksonException e) {
      throw new UserError(
          "%s: expected COCO JSON, found: %s".formatted(file, e.getOriginalMessage()), e);
    }
    return coco;
  }

  /** Names of the categories by their ids, ascending. */
  SortedMap<Long, String> categories() {
    return categories;
  }

  /** Its pictures, as the file has them. */
  Iterable<Picture> pictures() {
    return pictures.values();
  }

  List<Annotation> annotations(Picture picture) {
    return annotations.getOrDefault(picture.key(), List.of());
  }

  Map<String, Panoptic> panoptics() {
    return panoptics;
  }

  boolean hasShapes() {
    return !annotations.isEmpty() || !panoptics.isEmpty();
  }

  /** How many annotations have a box or a text and no shape. */
  int withoutShape() {
    return withoutShape;
  }

  private void top(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UserError(file + ": expected COCO JSON, an object, found something else");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean known =
          name.equals("categories") || name.equals("images") || name.equals("annotations");
      if (!known || value != JsonToken.START_ARRAY) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonNode entry = parser.readValueAsTree();
        switch (name) {
          case "categories" ->
              categories.put(number(entry, "id"), entry.path("name").asString("unnamed"));
          case "images" -> picture(entry);
          default -> annotation(entry);
        }
      }
    }
  }

  private void picture(JsonNode entry) {
    String key = key(entry, "id");
    String name = entry.path("file_name").asString("");
    if (name.isEmpty()) {
      throw new UserError(
          "%s: expected a file_name for the image with id %s, found none".formatted(file, key));
    }
    pictures.put(
        key, new Picture(key, name, (int) number(entry, "height"), (int) number(entry, "width")));
  }

  private void annotation(JsonNode entry) {
    String picture = key(entry, "image_id");
    JsonNode segments = entry.path("segments_info");
    if (segments.isArray()) {
      Map<Integer, Long> categoryOf = new HashMap<>();
      for (JsonNode segment : segments) {
        categoryOf.put((int) number(segment, "id"), number(segment, "category_id"));
      }
      panoptics.put(picture, new Panoptic(entry.path("file_name").asString(""), categoryOf));
      return;
    }
    JsonNode segmentation = entry.path("segmentation");
    if (segmentation.isMissingNode() || segmentation.isEmpty()) {
      withoutShape++;
      return;
    }
    Shape shape =
        segmentation.isArray() ? polygons(segmentation, entry) : runs(segmentation, entry);
    annotations
        .computeIfAbsent(picture, p -> new ArrayList<>())
        .add(
            new Annotation(
                number(entry, "category_id"), entry.path("iscrowd").asInt(0) != 0, shape));
  }

  private Shape polygons(JsonNode node, JsonNode entry) {
    List<float[]> rings = new ArrayList<>();
    if (node.path(0).isNumber()) {
      rings.add(ring(node, entry));
    } else {
      for (JsonNode ring : node) {
        rings.add(ring(ring, entry));
      }
    }
    return new Shape.Polygons(rings.toArray(float[][]::new));
  }

  private float[] ring(JsonNode node, JsonNode entry) {
    if (node.size() % 2 != 0) {
      throw new UserError(
          "%s: expected x and y of each corner in annotation %s, found %d numbers"
              .formatted(file, key(entry, "id"), node.size()));
    }
    float[] ring = new float[node.size()];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = (float) node.path(i).asDouble(Double.NaN);
      if (!Float.isFinite(ring[i])) {
        throw new UserError(
            "%s: expected numbers as corners of annotation %s, found %s"
                .formatted(file, key(entry, "id"), node.path(i)));
      }
    }
    return ring;
  }

  private Shape runs(JsonNode node, JsonNode entry) {
    int height = node.path("size").path(0).asInt(0);
    int width = node.path("size").path(1).asInt(0);
    JsonNode counts = node.path("counts");
    int[] runs = counts.isString() ? RunText.parse(counts.asString()) : numbers(counts);
    long sum = 0;
    for (int run : runs) {
      sum = run < 0 ? Long.MAX_VALUE / 2 : sum + run;
    }
    if (height < 1 || width < 1 || sum != (long) height * width) {
      throw new UserError(
          "%s: expected run lengths of annotation %s that make up %d x %d pixels, found %s"
              .formatted(
                  file,
                  key(entry, "id"),
                  width,
                  height,
                  sum > Integer.MAX_VALUE ? "broken ones" : sum + " pixels"));
    }
    return new Shape.Runs(height, width, runs);
  }

  private static int[] numbers(JsonNode list) {
    int[] numbers = new int[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.path(i).asInt(-1);
    }
    return numbers;
  }

  private String key(JsonNode entry, String member) {
    JsonNode value = entry.path(member);
    if (!value.isNumber() && !value.isString()) {
      throw new UserError(
          "%s: expected '%s' in each entry, found %s".formatted(file, member, shortened(entry)));
    }
    return value.asString();
  }

  private long number(JsonNode entry, String member) {
    JsonNode value = entry.path(member);
    if (!value.isIntegralNumber()) {
      throw new UserError(
          "%s: expected a whole number as '%s' in each entry, found %s"
              .formatted(file, member, shortened(entry)));
    }
    return value.asLong();
  }

  private static String shortened(JsonNode entry) {
    String text = entry.toString();
    return text.length() <= 80 ? text : text.substring(0, 79) + "…";
  }
}
