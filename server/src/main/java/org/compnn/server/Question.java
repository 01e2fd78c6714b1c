package org.compnn.server;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.compnn.explain.Options;
import tools.jackson.databind.JsonNode;

/**
 * What a page asks to have explained, and how.
 *
 * @param query the picture
 * @param options how to explain it
 */
record Question(Subject query, Options options) {
  private static final Set<String> MEMBERS = members();
  private static final int LONGEST_NAME = 200;

  private static Set<String> members() {
    Set<String> members = new TreeSet<>(Form.members());
    members.addAll(List.of("query", "leave_out", "neighbours"));
    return members;
  }

  /**
   * Reads a question.
   *
   * @throws Refusal 400 where a member is unknown or holds something else than it should
   */
  static Question of(JsonNode json, ServedDatabase database) {
    check(json, MEMBERS);
    JsonNode query = json.path("query");
    Subject picture =
        named(database.query(text(query, "kind"), text(query, "id")), text(query, "name"));
    Options options = Form.options(json);
    JsonNode neighbours = json.path("neighbours");
    int around =
        neighbours.isMissingNode() || neighbours.isNull()
            ? 0
            : Members.whole("neighbours", neighbours, 0, Integer.MAX_VALUE);
    boolean leaveOut = json.path("leave_out").asBoolean(picture instanceof Subject.Training);
    return new Question(picture, leaveOut ? options.leaveOneOut(around) : options);
  }

  /**
   * The settings alone, of a question without a picture.
   *
   * @throws Refusal 400 where a member is unknown or holds something else than it should
   */
  static Options settings(JsonNode json) {
    check(json, new TreeSet<>(Form.members()));
    return Form.options(json);
  }

  private static void check(JsonNode json, Set<String> members) {
    if (!json.isObject()) {
      throw Refusal.malformed("expected a JSON object, found other JSON");
    }
    for (String name : json.propertyNames()) {
      if (!members.contains(name)) {
        throw Refusal.malformed("expected members of " + members + ", found '" + name + "'");
      }
    }
  }

  /** An uploaded picture has the name that the question gives it, if it gives one. */
  private static Subject named(Subject picture, String name) {
    if (name.length() > LONGEST_NAME) {
      throw Refusal.malformed(
          "query.name: expected at most %d letters, found %d"
              .formatted(LONGEST_NAME, name.length()));
    }
    return picture instanceof Subject.Uploaded(String id, String _) && !name.isBlank()
        ? new Subject.Uploaded(id, name)
        : picture;
  }

  private static String text(JsonNode query, String name) {
    JsonNode value = query.path(name);
    return value.isMissingNode() || value.isNull() ? "" : Members.text(name, value);
  }

  /** Tells questions apart that have different answers. */
  String key() {
    return query.key() + " " + options;
  }
}
