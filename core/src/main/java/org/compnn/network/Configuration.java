package org.compnn.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One of the JSON files beside a model, or an object within, read with suspicion. */
final class Configuration {
  static final String PREPROCESSOR = "preprocessor_config.json";
  static final String CONFIG = "config.json";

  /** Of this program alone: what the network is run at, where it is not the picture's size. */
  static final String WINDOW = "window";

  /** Of this program alone: numbers that inputs hold for all pictures. */
  static final String INPUTS = "input_numbers";

  private static final long MOST_BYTES = 16L << 20;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path path;
  private final ObjectNode root;

  private Configuration(Path path, ObjectNode root) {
    this.path = path;
    this.root = root;
  }

  /** Reads a file; one that is not there says nothing. */
  static Configuration read(Path path) {
    if (!Files.exists(path)) {
      return new Configuration(path, MAPPER.createObjectNode());
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new UserError(
            path + ": expected a configuration of at most 16 MiB, found a larger file");
      }
      if (MAPPER.readTree(Files.readAllBytes(path)) instanceof ObjectNode root) {
        return new Configuration(path, root);
      }
      throw new UserError(path + ": expected a JSON object, found other JSON");
    } catch (JacksonException e) {
      throw new UserError(path + ": expected JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UserError(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Settings that were found elsewhere, in the words of such a file. */
  static Configuration of(Path path, ObjectNode root) {
    return new Configuration(path, root);
  }

  /** Other settings with the same origin. */
  Configuration instead(ObjectNode other) {
    return new Configuration(path, other);
  }

  /** These settings, and defaults for what they leave out. */
  Configuration over(Optional<ObjectNode> defaults) {
    if (defaults.isEmpty()) {
      return this;
    }
    ObjectNode all = defaults.get();
    root.properties().stream()
        .filter(entry -> !entry.getValue().isNull())
        .forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    return new Configuration(path, all);
  }

  boolean isEmpty() {
    return root.isEmpty();
  }

  /** The file's name, as messages begin. */
  Path path() {
    return path;
  }

  List<String> keys() {
    return List.copyOf(root.propertyNames());
  }

  /** An object within. */
  Optional<Configuration> object(String key) {
    return root.path(key) instanceof ObjectNode within
        ? Optional.of(new Configuration(path, within))
        : Optional.empty();
  }

  /** Whether something is there and true. */
  boolean isTrue(String key) {
    return root.path(key).isBoolean() && root.path(key).booleanValue();
  }

  /** The class that preprocesses, by the new key or the old one. */
  Optional<String> type() {
    return text("image_processor_type").or(() -> text("feature_extractor_type"));
  }

  boolean has(String key) {
    return !root.path(key).isMissingNode() && !root.path(key).isNull();
  }

  boolean flag(String key, boolean otherwise) {
    JsonNode node = root.path(key);
    if (!has(key)) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw wrong(key, "true or false", node);
    }
    return node.booleanValue();
  }

  OptionalDouble number(String key) {
    return has(key) ? OptionalDouble.of(number(key, root.path(key))) : OptionalDouble.empty();
  }

  OptionalInt whole(String key) {
    if (!has(key)) {
      return OptionalInt.empty();
    }
    JsonNode node = root.path(key);
    if (!node.isInt()) {
      throw wrong(key, "a whole number", node);
    }
    return OptionalInt.of(node.intValue());
  }

  /** Whether something is there and a whole number. */
  boolean isWhole(String key) {
    return root.path(key).isInt();
  }

  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (!root.path(key).isString()) {
      throw wrong(key, "a text", root.path(key));
    }
    return Optional.of(root.path(key).stringValue());
  }

  /** A list of texts; none where it is not there. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : root.path(key)) {
      if (!node.isString()) {
        throw wrong(key, "a list of texts", root.path(key));
      }
      texts.add(node.stringValue());
    }
    return texts;
  }

  /** A list of numbers; a single number is a list of one. */
  Optional<List<Double>> numbers(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode node = root.path(key);
    if (!node.isArray()) {
      return Optional.of(List.of(number(key, node)));
    }
    List<Double> numbers = new ArrayList<>();
    node.forEach(n -> numbers.add(number(key, n)));
    return Optional.of(numbers);
  }

  /** Rows and columns by name; a single number, or two equal ones, is both. */
  Optional<Size> size(String key) {
    JsonNode node = root.path(key);
    if (!has(key)) {
      return Optional.empty();
    }
    if (node.isInt()) {
      return Optional.of(new Size(node.intValue(), node.intValue()));
    }
    if (node.path("height").isInt() && node.path("width").isInt()) {
      return Optional.of(new Size(node.path("height").intValue(), node.path("width").intValue()));
    }
    if (node.isArray()
        && node.size() == 2
        && node.get(0).isInt()
        && node.get(0).equals(node.get(1))) {
      return Optional.of(new Size(node.get(0).intValue(), node.get(1).intValue()));
    }
    throw wrong(key, "a number, or an object with height and width");
  }

  /** Numbers by name; none where the key is missing. */
  Map<String, Double> numbersByName(String key) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (has(key)) {
      if (!root.path(key).isObject()) {
        throw wrong(key, "numbers by name", root.path(key));
      }
      root.path(key)
          .properties()
          .forEach(entry -> numbers.put(entry.getKey(), number(key, entry.getValue())));
    }
    return numbers;
  }

  /** The size and overlap of windows. */
  Optional<Tiling> tiling() {
    JsonNode node = root.path(WINDOW);
    if (!has(WINDOW) || (node.isObject() && !node.has("height") && !node.has("width"))) {
      return Optional.empty();
    }
    if (!node.path("height").isInt()
        || !node.path("width").isInt()
        || (node.has("overlap") && !node.path("overlap").isInt())) {
      throw wrong(WINDOW, "whole numbers for height, width and overlap", node);
    }
    return Optional.of(
        new Tiling(
            new Size(node.path("height").intValue(), node.path("width").intValue()),
            node.path("overlap").asInt(0)));
  }

  /** What lies beyond a picture. */
  Optional<Padding> padding() {
    JsonNode node = root.path(WINDOW).path("padding");
    for (Padding padding : Padding.values()) {
      if (node.isString() && padding.toString().equals(node.stringValue())) {
        return Optional.of(padding);
      }
    }
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    throw wrong(WINDOW + ".padding", "\"edge\" or \"zero\"", node);
  }

  /** A filter by Pillow's number or by its name. */
  Optional<Resample> resample() {
    if (!has("resample")) {
      return Optional.empty();
    }
    JsonNode node = root.path("resample");
    if (node.isInt()) {
      try {
        return Optional.of(Resample.fromCode(node.intValue()));
      } catch (IllegalArgumentException e) {
        throw new UserError(path + ": " + e.getMessage(), e);
      }
    }
    if (node.isString()) {
      String name = node.stringValue().toUpperCase(Locale.ROOT);
      String last = name.substring(name.lastIndexOf('.') + 1);
      for (Resample filter : Resample.values()) {
        if (filter.name().equals(last)) {
          return Optional.of(filter);
        }
      }
    }
    throw wrong("resample", "0 to 5, or one of nearest, lanczos, bilinear, bicubic, box, hamming");
  }

  /** The classes' names by their numbers, which must go from 0 without a gap. */
  Optional<List<String>> classes() {
    if (!has("id2label")) {
      return Optional.empty();
    }
    JsonNode node = root.path("id2label");
    List<String> names = new ArrayList<>();
    while (node.path(Integer.toString(names.size())).isString()) {
      names.add(node.path(Integer.toString(names.size())).stringValue());
    }
    if (names.isEmpty() || names.size() != node.size()) {
      throw wrong("id2label", "names for the keys \"0\", \"1\" and so on", node);
    }
    return Optional.of(names);
  }

  /** A copy to write more into. */
  ObjectNode copy() {
    return root.deepCopy();
  }

  static byte[] bytes(ObjectNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
  }

  UserError wrong(String key, String expected) {
    return wrong(key, expected, root.path(key));
  }

  UserError wrong(String key, String expected, JsonNode found) {
    String text = found.toString();
    return new UserError(
        "%s: expected \"%s\" to be %s, found %s"
            .formatted(
                path, key, expected, text.length() > 60 ? text.substring(0, 60) + "…" : text));
  }

  private double number(String key, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong(key, "a number", node);
    }
    return node.doubleValue();
  }
}
