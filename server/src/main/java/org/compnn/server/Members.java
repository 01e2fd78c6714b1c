package org.compnn.server;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the members of a request's JSON; what is not as it should be is refused by name. */
final class Members {
  private static final int SHOWN = 60;

  private Members() {}

  static String text(String name, JsonNode value) {
    if (!value.isString()) {
      throw Refusal.malformed(name + ": expected a text, found " + shown(value));
    }
    return value.stringValue();
  }

  static int whole(String name, JsonNode value, int least, int most) {
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw Refusal.malformed(
          "%s: expected a whole number from %d to %d, found %s"
              .formatted(name, least, most, shown(value)));
    }
    return value.intValue();
  }

  static String choice(String name, JsonNode value, List<String> choices) {
    String text = text(name, value);
    if (!choices.contains(text)) {
      throw Refusal.malformed(
          name + ": expected one of " + String.join(", ", choices) + ", found '" + text + "'");
    }
    return text;
  }

  static List<String> terms(String name, JsonNode value) {
    if (!value.isArray()) {
      throw Refusal.malformed(name + ": expected a list of texts, found " + shown(value));
    }
    List<String> terms = new ArrayList<>();
    for (JsonNode term : value) {
      if (!term.isString() || term.stringValue().isBlank()) {
        throw Refusal.malformed(name + ": expected a list of texts, found " + shown(term));
      }
      // On the command line this names a file; nobody on the web may.
      if (term.stringValue().startsWith("@")) {
        throw Refusal.malformed(name + ": lists from files are for the command line only");
      }
      terms.add(term.stringValue());
    }
    return terms;
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
