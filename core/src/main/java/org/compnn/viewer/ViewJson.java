package org.compnn.viewer;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Records as JSON for pages and other programs: members in the order of the components, their names
 * in small letters with underscores. JSON has no infinity and nothing that is no number: null.
 */
public final class ViewJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteNumber())
                  .addSerializer(double.class, new FiniteNumber()))
          .build();

  private ViewJson() {}

  private static final class FiniteNumber extends StdSerializer<Double> {
    FiniteNumber() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializationContext context) {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  /** Escapes what begins or ends markup, and what ends a line of a script. */
  private static final class WithoutMarkup extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final String ESCAPED = "&<>\u2028\u2029";

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      for (char c : new char[] {'&', '<', '>'}) {
        codes[c] = ESCAPE_CUSTOM;
      }
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return ESCAPED.indexOf(c) < 0
          ? null
          : new SerializedString("\\u" + HexFormat.of().toHexDigits((char) c));
    }
  }

  /** As a tree. */
  public static JsonNode tree(Object view) {
    return MAPPER.valueToTree(view);
  }

  /** In one line. */
  public static String text(Object view) {
    return MAPPER.writeValueAsString(view);
  }

  /** In one line that no HTML parser can take for markup. */
  static String inScript(Object view) {
    return MAPPER.writer().with(new WithoutMarkup()).writeValueAsString(view);
  }

  /** In one line, in UTF-8. */
  public static byte[] bytes(Object view) {
    return MAPPER.writeValueAsBytes(view);
  }

  /**
   * What {@link #bytes} wrote of a record.
   *
   * @throws tools.jackson.core.JacksonException if it is something else
   */
  public static <T> T read(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** Indented for people. */
  public static String indented(Object view) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(view);
  }
}
