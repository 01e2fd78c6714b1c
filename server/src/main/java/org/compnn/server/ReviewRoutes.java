package org.compnn.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What is judged and decided about the databases, and the addresses that it is asked for by. */
final class ReviewRoutes implements AutoCloseable {
  private static final String DATABASE = "/api/databases/{database}/";

  private final Map<String, Reviewed> databases = new LinkedHashMap<>();
  private final WorkQueue queue;

  private ReviewRoutes(WorkQueue queue) {
    this.queue = queue;
  }

  /** What belongs to one database. */
  private record Reviewed(
      ServedDatabase served,
      Judgements judgements,
      Reviews reviews,
      SettingReferences references,
      Queues queues) {}

  /**
   * Prepares to judge databases; nothing is judged before it is asked for.
   *
   * @param uploads pictures that people drop on the page
   * @param queue of people's questions, which go first
   * @param log hears of faults
   */
  static ReviewRoutes of(
      List<ServedDatabase> served, Uploads uploads, WorkQueue queue, Consumer<String> log) {
    ReviewRoutes routes = new ReviewRoutes(queue);
    long memory = Runtime.getRuntime().maxMemory() / Math.max(1, served.size());
    for (ServedDatabase database : served) {
      ReviewFolder folder =
          new ReviewFolder(
              database.review(),
              database.version(),
              Judgements.FORMAT + " " + Judgements.OPTIONS,
              memory / 16,
              log);
      Judgements judgements =
          new Judgements(database, folder, uploads, memory / 8, queue::isBusy, log);
      Queues queues = new Queues(judgements, folder, memory / 16, log);
      judgements.add(queues);
      routes.databases.put(
          database.id(),
          new Reviewed(
              database,
              judgements,
              new Reviews(database),
              new SettingReferences(judgements, folder, queue),
              queues));
    }
    return routes;
  }

  /** The sets of pictures of a database that are judged. */
  List<JudgedSet.Brief> sets(ServedDatabase database) {
    return of(Map.of("database", database.id())).judgements().sets();
  }

  /** The one that an address names. */
  private Reviewed of(Map<String, String> parts) {
    String id = parts.getOrDefault("database", "");
    return Optional.ofNullable(databases.get(id))
        .orElseThrow(() -> Refusal.notFound("no database '" + id + "'"));
  }

  /** Adds the addresses. */
  void add(Routes routes, TrainingPictures pictures) {
    routes
        .add(
            "GET",
            DATABASE + "judgements/{set}",
            (request, parts) -> JudgementAnswers.standing(of(parts).judgements(), request, parts))
        .add(
            "GET",
            DATABASE + "judgements/{set}/layout",
            (request, parts) ->
                queue.run(
                    UUID.randomUUID().toString(),
                    () -> JudgementAnswers.layout(of(parts).judgements(), request, parts)))
        .add(
            "GET",
            DATABASE + "judgements/{set}/{number}",
            (_, parts) -> JudgementAnswers.whole(of(parts).judgements(), parts))
        .add(
            "GET",
            DATABASE + "judgements/{set}/{number}/small.jpg",
            (request, parts) ->
                JudgementAnswers.small(of(parts).judgements(), pictures, request, parts))
        .add(
            "GET",
            DATABASE + "references",
            (request, parts) -> Reply.json(of(parts).references().of(request)))
        .add("GET", DATABASE + "suspects", (_, parts) -> Reply.json(of(parts).queues().suspects()))
        .add("GET", DATABASE + "culprits", (_, parts) -> Reply.json(of(parts).queues().culprits()))
        .add("GET", DATABASE + "review", (_, parts) -> Reply.json(of(parts).reviews().whole()))
        .add(
            "POST",
            DATABASE + "review",
            (request, parts) -> Reply.json(of(parts).reviews().add(request.json())))
        .add("GET", DATABASE + "review/export/{name}", (_, parts) -> export(of(parts), parts));
  }

  private Reply export(Reviewed reviewed, Map<String, String> parts) {
    int most = (int) Math.min(Runtime.getRuntime().maxMemory() / 16, 1 << 29);
    return queue.run(
        UUID.randomUUID().toString(),
        () ->
            ReviewAnswers.export(
                reviewed.served(),
                reviewed.reviews().current(),
                parts.getOrDefault("name", ""),
                most));
  }

  @Override
  public void close() {
    databases.values().forEach(reviewed -> reviewed.judgements().close());
  }
}
