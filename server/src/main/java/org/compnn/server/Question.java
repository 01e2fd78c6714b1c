package org.compnn.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.explain.Options;
import org.compnn.search.Distance;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import tools.jackson.databind.JsonNode;

/**
 * What a page asks to have explained, and how.
 *
 * @param query the picture
 * @param options how to explain it
 */
record Question(Query query, Options options) {
  private static final int MOST_MATCHES = 16;
  private static final int LARGEST_HYPERPATCH = 9;
  private static final Set<String> MEMBERS =
      Set.of(
          "query",
          "layer",
          "hyperpatch",
          "distance",
          "labels",
          "overlap",
          "top_k",
          "only",
          "without",
          "search",
          "leave_out",
          "neighbours");

  /**
   * Reads a question.
   *
   * @throws Refusal 400 where a member is unknown or holds something else than it should
   */
  static Question of(JsonNode json, ServedDatabase database) {
    if (!json.isObject()) {
      throw Refusal.malformed("expected a JSON object");
    }
    for (String name : json.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        throw Refusal.malformed("'" + name + "' is none of " + MEMBERS.stream().sorted().toList());
      }
    }
    JsonNode query = json.path("query");
    Query picture = database.query(text(query, "kind", ""), text(query, "id", ""));
    Options options =
        Options.defaults()
            .hyperpatch(whole(json, "hyperpatch", 1, 1, LARGEST_HYPERPATCH))
            .topK(whole(json, "top_k", 1, 1, MOST_MATCHES))
            .distance(choice(json, "distance", Distance.L2))
            .labels(choice(json, "labels", Labels.SELF))
            .overlap(choice(json, "overlap", Overlap.NONE))
            .method(method(json))
            .only(terms(json, "only"))
            .without(terms(json, "without"));
    String layer = text(json, "layer", "");
    if (!layer.isEmpty()) {
      options = options.layer(layer);
    }
    int neighbours = whole(json, "neighbours", 0, 0, Integer.MAX_VALUE);
    if (json.path("leave_out").asBoolean(picture instanceof Query.Training)) {
      options = options.leaveOneOut(neighbours);
    }
    return new Question(picture, options);
  }

  /** A quality of the field search, or the exact search. */
  private static Method method(JsonNode json) {
    if (text(json, "search", "").equals("exact")) {
      return new Method.Exact();
    }
    return new Method.Near(choice(json, "search", Quality.BALANCED));
  }

  private static String text(JsonNode json, String name, String otherwise) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isString()) {
      throw Refusal.malformed(name + ": expected a text, found " + shown(value));
    }
    return value.stringValue();
  }

  private static int whole(JsonNode json, String name, int otherwise, int least, int most) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
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

  private static <E extends Enum<E>> E choice(JsonNode json, String name, E otherwise) {
    String text = text(json, name, otherwise.name().toLowerCase(Locale.ROOT));
    E[] all = otherwise.getDeclaringClass().getEnumConstants();
    List<String> names = new ArrayList<>();
    for (E each : all) {
      String known = each.name().toLowerCase(Locale.ROOT);
      if (known.equals(text)) {
        return each;
      }
      names.add(known);
    }
    throw Refusal.malformed(
        name + ": expected one of " + String.join(", ", names) + ", found '" + text + "'");
  }

  private static List<String> terms(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
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
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  /** Tells questions apart that have different answers. */
  String key() {
    return query.key() + " " + options;
  }

  /** The layer's name, for what depends on nothing else. */
  Optional<String> layer() {
    return options.layer();
  }
}
