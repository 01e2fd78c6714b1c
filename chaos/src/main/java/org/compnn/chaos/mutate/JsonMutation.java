package org.compnn.chaos.mutate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes a value somewhere in a JSON text: its number, its type, its name, or whether it is. */
final class JsonMutation {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private JsonMutation() {}

  /** The text with some changes. */
  static byte[] of(String text, Choices choices) {
    JsonNode tree = JSON.readTree(text);
    for (int i = choices.below(3); i >= 0; i--) {
      change(tree, choices);
    }
    byte[] bytes = JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
    return choices.onceIn(8) ? choices.bytes(bytes) : bytes;
  }

  private static void change(JsonNode tree, Choices choices) {
    List<JsonNode> holders = new ArrayList<>();
    collect(tree, holders);
    if (holders.isEmpty()) {
      return;
    }
    switch (choices.of(holders)) {
      case ObjectNode object when !object.isEmpty() -> {
        String name = choices.of(List.copyOf(object.propertyNames()));
        JsonNode value = object.get(name);
        if (choices.onceIn(5)) {
          object.remove(name);
        } else if (choices.onceIn(5)) {
          object.set(choices.text(name), value);
        } else {
          object.set(name, other(value, choices));
        }
      }
      case ArrayNode array when !array.isEmpty() -> {
        int place = choices.below(array.size());
        if (choices.onceIn(5)) {
          array.remove(place);
        } else if (choices.onceIn(5)) {
          array.add(array.get(place).deepCopy());
        } else {
          array.set(place, other(array.get(place), choices));
        }
      }
      default -> {}
    }
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isObject() || node.isArray()) {
      holders.add(node);
      node.values().forEach(inner -> collect(inner, holders));
    }
  }

  private static JsonNode other(JsonNode value, Choices choices) {
    return switch (choices.below(9)) {
      case 0 -> MAKE.nullNode();
      case 1 -> MAKE.objectNode();
      case 2 -> MAKE.arrayNode().add(value);
      case 3 -> MAKE.booleanNode(value.isNull());
      case 4 -> MAKE.numberNode(choices.number(value.asLong(0)) + 0.5);
      case 5 -> MAKE.stringNode(choices.text(value.asString("")));
      case 6 -> MAKE.arrayNode();
      default -> MAKE.numberNode(choices.number(value.asLong(0)));
    };
  }
}
