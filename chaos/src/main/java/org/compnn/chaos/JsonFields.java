package org.compnn.chaos;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Where the names and values of a JSON text lie. */
final class JsonFields {
  /**
   * A name or a value.
   *
   * @param from its first byte
   * @param to the byte after its last
   */
  record Place(int from, int to) {}

  private JsonFields() {}

  /** Every name and every value that is no object or list, in order. */
  static List<Place> of(byte[] json) {
    List<Place> places = new ArrayList<>();
    try (JsonParser parser =
        JsonFactory.builder().build().createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue() || token == JsonToken.PROPERTY_NAME) {
          int from = (int) parser.currentTokenLocation().getByteOffset();
          int quotes = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME ? 2 : 0;
          int length = parser.getString().getBytes(StandardCharsets.UTF_8).length + quotes;
          places.add(new Place(from, Math.min(json.length, from + length)));
        }
      }
    }
    return List.copyOf(places);
  }
}
