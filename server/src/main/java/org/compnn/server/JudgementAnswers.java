package org.compnn.server;

import java.util.Map;
import java.util.Optional;

/** What the interface says of judgements. */
final class JudgementAnswers {
  private JudgementAnswers() {}

  /** A set as far as it is judged, after a version. */
  static Reply standing(Judgements judgements, Request request, Map<String, String> parts) {
    JudgedSet set = judgements.set(parts.getOrDefault("set", ""));
    return Reply.json(set.since(since(request)));
  }

  private static long since(Request request) {
    String text = request.query("since").orElse("0");
    try {
      long since = Long.parseLong(text);
      if (since >= 0) {
        return since;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw Refusal.malformed("since: expected the version of an answer, found '" + text + "'");
  }

  /** The pictures judged so far, or their wrong regions, as points in a plane. */
  static Reply layout(Judgements judgements, Request request, Map<String, String> parts) {
    JudgedSet set = judgements.set(parts.getOrDefault("set", ""));
    boolean regions = request.query("points").filter("regions"::equals).isPresent();
    return Reply.json(Layout.of(set.all(), regions));
  }

  /** One picture with its regions and their sources. */
  static Reply whole(Judgements judgements, Map<String, String> parts) {
    JudgedSet set = judgements.set(parts.getOrDefault("set", ""));
    int number = ServedDatabase.index(parts.getOrDefault("number", ""), set.total());
    return judgements
        .files()
        .judgement(set, number)
        .map(Reply::json)
        .orElseThrow(() -> Refusal.notFound("this picture is not judged yet; ask again soon"));
  }

  /** One picture in small, its error drawn on it once it is judged. */
  static Reply small(
      Judgements judgements,
      TrainingPictures pictures,
      Request request,
      Map<String, String> parts) {
    JudgedSet set = judgements.set(parts.getOrDefault("set", ""));
    int number = ServedDatabase.index(parts.getOrDefault("number", ""), set.total());
    boolean plain = request.query("error").filter("0"::equals).isPresent();
    Optional<byte[]> drawn = plain ? Optional.empty() : judgements.files().small(set, number);
    return drawn
        .map(jpeg -> Reply.of("image/jpeg", jpeg).with("Cache-Control", "private, no-cache"))
        .orElseGet(
            () ->
                switch (set.source()) {
                  case JudgedSource.DataSet _ ->
                      pictures.medium(request, judgements.served(), number);
                  case JudgedSource.Training _ ->
                      pictures.mediumExemplar(request, judgements.served(), number);
                  case JudgedSource.Dropped(Uploads uploads) ->
                      TrainingPictures.medium(uploads.picture(uploads.id(number)))
                          .with("Cache-Control", "private, no-cache");
                });
  }
}
