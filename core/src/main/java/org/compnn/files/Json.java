package org.compnn.files;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

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
   * JSON as a record.
   *
   * @throws tools.jackson.core.JacksonException if it does not fit
   */
  public static <T> T read(JsonNode tree, Class<T> type) {
    return MAPPER.treeToValue(tree, type);
  }
}
