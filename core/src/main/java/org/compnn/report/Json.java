package org.compnn.report;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Records as JSON: names in snake case, and null for what is not finite, which JSON has no sign for. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(new SimpleModule().addSerializer(double.class, new Finite()).addSerializer(Double.class, new Finite()))
          .build();

  private Json() {}

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A file's content, indented. */
  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  private static final class Finite extends StdSerializer<Double> {
    Finite() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializationContext context) {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }
}
