package org.compnn.golden;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as it is kept: every number as it was written, long runs in short, and a word in place of
 * what is another one each time or is written for people alone.
 */
final class PinnedJson {
  /** Sentences for people; that there is one is kept, what it says is not. */
  private static final Set<String> SENTENCES = Set.of("title", "lead", "message", "text");

  /** Members whose own members are all sentences: {@code settings.further}. */
  private static final Set<String> OF_SENTENCES = Set.of("further");

  /** Members whose own members are all times. */
  private static final Set<String> OF_TIMES = Set.of("timings_ms");

  /** Digests of files: as long each time, but another one for each form of the files. */
  private static final Set<String> HASHES = Set.of("version");

  /** What a single other match may change altogether; compared only to the last digit. */
  private static final Set<String> STRICT_ONLY =
      Set.of("sha256", "runs", "bbox", "colour", "regions");

  /** Lists in the order of a ranking that a single match may change, by what names an element. */
  private static final Map<String, String> RANKINGS =
      Map.of(
          "exemplars",
          "id",
          "images",
          "id",
          "annotations",
          "image_id",
          "blame",
          "id",
          "suspects",
          "id");

  /** Numbers that count cells or pixels, each of which may go to another match. */
  private static final Pattern COUNTS =
      Pattern.compile(
          ".*/(exemplars/[^/]+/cells|annotations/[^/]+/area|causes/[^/]+|blame/[^/]+/[^/]+"
              + "|suspects/[^/]+/pixels)");

  private static final Pattern SHARES =
      Pattern.compile(".*/(share|changed)|.*/suspects/[^/]+/(score|softmin)");

  /** Half a percent of the pixels of the pictures here. */
  private static final double COUNT = 82;

  private static final double SHARE = 0.005;
  private static final int BLOCKS = 8;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private PinnedJson() {}

  /** An empty object. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Reads JSON. */
  static JsonNode read(byte[] json) {
    return JSON.readTree(json);
  }

  static String text(JsonNode node) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return JSON.writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(lines))
            .writeValueAsString(node)
        + "\n";
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether two numbers are the same for every processor. */
  static boolean near(double one, double other) {
    return one == other
        || (Double.isNaN(one) && Double.isNaN(other))
        || Math.abs(one - other) <= Math.max(1e-5, 1e-3 * Math.abs(one));
  }

  /** A tree as it is kept. */
  static JsonNode pinned(JsonNode node) {
    if (node.isArray()) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> kept.add(pinned(each)));
      return kept;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.has("counts") && node.has("size")) {
      return mask(node);
    }
    ObjectNode kept = object();
    node.forEachEntry(
        (name, value) -> {
          if (SENTENCES.contains(name) && value.isString()) {
            kept.put(name, value.stringValue().isBlank() ? "" : "(a sentence)");
          } else if (OF_SENTENCES.contains(name)) {
            kept.set(name, instead(value, "(a sentence)"));
          } else if (OF_TIMES.contains(name)) {
            kept.set(name, instead(value, "(a time)"));
          } else if (HASHES.contains(name)) {
            kept.put(name, "(%d signs)".formatted(value.asString().length()));
          } else {
            kept.set(name, pinned(value));
          }
        });
    return kept;
  }

  private static JsonNode instead(JsonNode members, String word) {
    ObjectNode kept = object();
    members.propertyNames().forEach(name -> kept.put(name, word));
    return kept;
  }

  /** A mask as run lengths down its columns, in short: how many pixels of each block are in it. */
  private static ObjectNode mask(JsonNode segmentation) {
    int height = segmentation.get("size").get(0).asInt();
    int width = segmentation.get("size").get(1).asInt();
    JsonNode counts = segmentation.get("counts");
    int[] blocks = new int[BLOCKS * BLOCKS];
    int at = 0;
    for (int run = 0; run < counts.size(); run++) {
      for (int i = 0; i < counts.get(run).asInt(); i++, at++) {
        if (run % 2 == 1) {
          blocks[at % height * BLOCKS / height * BLOCKS + at / height * BLOCKS / width]++;
        }
      }
    }
    ObjectNode kept = object();
    kept.set("size", segmentation.get("size"));
    ArrayNode inside = kept.putArray("blocks");
    for (int block : blocks) {
      inside.add(block);
    }
    return kept.put("pixels_in_all", at)
        .put("runs", counts.size())
        .put("sha256", digest(counts.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** What is unlike, a line for each, by its path. */
  static List<String> differences(JsonNode expected, JsonNode actual, boolean strict, String name) {
    List<String> found = new ArrayList<>();
    compare(name, "", expected, actual, strict, found);
    return found;
  }

  private static void compare(
      String path,
      String name,
      JsonNode expected,
      JsonNode actual,
      boolean strict,
      List<String> found) {
    if (!strict && STRICT_ONLY.contains(name)) {
      return;
    }
    if (expected.isObject() && actual.isObject()) {
      members(path, expected, actual, strict, found);
    } else if (expected.isArray() && actual.isArray()) {
      if (!strict && name.equals("blocks")) {
        blocks(path, expected, actual, found);
      } else if (!strict && ranking(name, expected)) {
        String key = RANKINGS.getOrDefault(name, "");
        members(path, byKey(expected, key), byKey(actual, key), false, found);
      } else {
        elements(path, expected, actual, strict, found);
      }
    } else if (!same(path, expected, actual, strict)) {
      found.add("%s: expected %s, found %s".formatted(path, brief(expected), brief(actual)));
    }
  }

  private static void members(
      String path, JsonNode expected, JsonNode actual, boolean strict, List<String> found) {
    Set<String> names = new TreeSet<>(expected.propertyNames());
    names.addAll(actual.propertyNames());
    for (String name : names) {
      String at = path + "/" + name;
      if (!expected.has(name) || !actual.has(name)) {
        found.add(at + (expected.has(name) ? ": is no longer there" : ": was not there"));
      } else if (strict || !name.equals("id") || !expected.has("image_id")) {
        compare(at, name, expected.get(name), actual.get(name), strict, found);
      }
    }
  }

  private static void elements(
      String path, JsonNode expected, JsonNode actual, boolean strict, List<String> found) {
    if (expected.size() != actual.size()) {
      found.add(
          "%s: expected %d elements, found %d".formatted(path, expected.size(), actual.size()));
    }
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      compare(path + "/" + i, "", expected.get(i), actual.get(i), strict, found);
    }
  }

  private static boolean ranking(String name, JsonNode list) {
    String key = RANKINGS.getOrDefault(name, "");
    return !key.isEmpty() && !list.isEmpty() && list.get(0).has(key);
  }

  private static ObjectNode byKey(JsonNode list, String key) {
    Map<String, JsonNode> elements = new LinkedHashMap<>();
    list.forEach(each -> elements.put(each.path(key).asString(), each));
    ObjectNode node = object();
    elements.forEach(node::set);
    return node;
  }

  private static void blocks(String path, JsonNode expected, JsonNode actual, List<String> found) {
    double apart = expected.size() == actual.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      apart += Math.abs(expected.get(i).asDouble() - actual.get(i).asDouble());
    }
    if (apart > 2 * COUNT) {
      found.add("%s: %s apart in all".formatted(path, apart));
    }
  }

  private static boolean same(String path, JsonNode expected, JsonNode actual, boolean strict) {
    if (strict || !expected.isNumber() || !actual.isNumber()) {
      return expected.getNodeType() == actual.getNodeType()
          && expected.toString().equals(actual.toString());
    }
    double was = expected.asDouble();
    double is = actual.asDouble();
    if (COUNTS.matcher(path).matches()) {
      return Math.abs(was - is) <= Math.max(COUNT, 0.01 * Math.abs(was));
    }
    if (SHARES.matcher(path).matches()) {
      return Math.abs(was - is) <= SHARE;
    }
    return near(was, is);
  }

  private static String brief(JsonNode node) {
    String text = node.toString();
    return text.length() > 120 ? text.substring(0, 120) + "..." : text;
  }
}
