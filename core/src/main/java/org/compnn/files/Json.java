package org.compnn.files;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as records: every component must be there, and nothing else is looked at. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /** A record as indented text. */
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** A value in one line. */
  public static String line(Object value) {
    return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
  }

  /**
   * Reads any JSON.
   *
   * @throws tools.jackson.core.JacksonException if it is none
   */
  public static JsonNode tree(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * Reads an object: texts, numbers, truth values, lists and such maps by name; members that are
   * null are left out.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Map<String, Object> members(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        Map<String, Object> members = new LinkedHashMap<>();
        Map<?, ?> read = MAPPER.convertValue(object, Map.class);
        for (Map.Entry<?, ?> member : read.entrySet()) {
          if (member.getValue() != null) {
            members.put(String.valueOf(member.getKey()), member.getValue());
          }
        }
        return members;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("expected a JSON object, found something else", e);
    }
    throw new IllegalArgumentException("expected a JSON object, found other JSON");
  }

  /**
   * JSON as a record.
   *
   * @throws tools.jackson.core.JacksonException if it does not fit
   */
  public static <T> T read(JsonNode tree, Class<T> type) {
    return MAPPER.treeToValue(tree, type);
  }
}
