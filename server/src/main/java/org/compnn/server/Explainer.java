package org.compnn.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.compnn.files.Sha256;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.report.Explanation;

/**
 * Explains pictures, and remembers explanations and what the network made of the pictures, so that
 * a changed selection needs a search only.
 */
final class Explainer implements AutoCloseable {
  private final WorkQueue queue;
  private final Uploads uploads;
  private final Cache<Answer> answers;
  private final Cache<Seen> seen;

  /** Ids of another run of the program must not be taken for ours, which may answer otherwise. */
  private final String salt = UUID.randomUUID().toString();

  /**
   * An explanation that can be asked for again.
   *
   * @param id what addresses call it
   */
  record Answer(String id, ServedDatabase database, Explanation explanation) {}

  /**
   * What the network made of a picture.
   *
   * @param layers by their names; all that the database has, so that another costs no further run
   */
  private record Seen(
      Activations activations,
      Map<String, FeatureMap> layers,
      Optional<Raster> truth,
      double milliseconds) {}

  private record Content(Picture input, Optional<Raster> truth) {}

  Explainer(WorkQueue queue, Uploads uploads, long mostBytes) {
    this.queue = queue;
    this.uploads = uploads;
    this.answers = new Cache<>(mostBytes / 2, answer -> bytes(answer.explanation()));
    this.seen = new Cache<>(mostBytes / 2, Explainer::bytes);
  }

  WorkQueue queue() {
    return queue;
  }

  /** Answers a question, from memory where it was asked before. */
  Answer explain(ServedDatabase database, Question question, String client) {
    String id = id(database, question);
    Optional<Answer> known = answers.get(id);
    if (known.isPresent()) {
      queue.cancel(client);
      return known.get();
    }
    return queue.run(
        client,
        () -> {
          // Another client may have asked the same while this waited.
          Optional<Answer> meanwhile = answers.get(id);
          if (meanwhile.isPresent()) {
            return meanwhile.get();
          }
          Answer answer = new Answer(id, database, explain(database, question));
          answers.put(id, answer);
          return answer;
        });
  }

  /**
   * An explanation made before.
   *
   * @throws Refusal 404 if there is none of that id, or no longer
   */
  Answer answer(String id) {
    return answers
        .get(id)
        .orElseThrow(
            () -> Refusal.notFound("this explanation is no longer here; ask for it again"));
  }

  private Explanation explain(ServedDatabase database, Question question) {
    Layer layer = database.compnn().cells(question.options()).layer();
    // Terms and layer are checked before the network runs for nothing.
    database.compnn().selection(question.options());
    Seen picture = seen(database, question.query());
    return database
        .compnn()
        .explain(
            question.query() instanceof Query.Uploaded ? "picture" : question.query().id(),
            picture.activations(),
            Objects.requireNonNull(picture.layers().get(layer.name())),
            picture.truth(),
            question.options(),
            picture.milliseconds());
  }

  private Seen seen(ServedDatabase database, Query query) {
    String key = database.id() + " " + query.key();
    Optional<Seen> known = seen.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    Content content = content(database, query);
    long begin = System.nanoTime();
    var network = database.compnn().network();
    List<String> names =
        database.database().layers().stream().map(store -> store.layer().name()).toList();
    Activations activations =
        network.run(content.input(), names.stream().map(network::layer).toList());
    double milliseconds = (System.nanoTime() - begin) / 1e6;
    Map<String, FeatureMap> layers = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      layers.put(names.get(i), activations.layers().get(i));
    }
    Seen made = new Seen(activations, layers, content.truth(), milliseconds);
    seen.put(key, made);
    return made;
  }

  private Content content(ServedDatabase database, Query query) {
    return switch (query) {
      case Query.FromData(int index, _) -> {
        var content = database.pairs().get(index).read();
        yield new Content(content.input(), content.target());
      }
      case Query.Training(int index, _) ->
          new Content(
              database.database().input(index),
              database.database().hasTarget(index)
                  ? Optional.of(database.database().target(index))
                  : Optional.empty());
      case Query.Uploaded(String id) -> new Content(uploads.picture(id), Optional.empty());
    };
  }

  private String id(ServedDatabase database, Question question) {
    return Sha256.of(salt + " " + database.id() + " " + question.key()).hex(12);
  }

  private static long bytes(Seen seen) {
    long bytes = bytes(seen.activations().input()) + bytes(seen.activations().prediction());
    for (FeatureMap map : seen.activations().layers()) {
      bytes += 4L * map.cells().length;
    }
    return bytes
        + 4L * seen.activations().output().cells().length
        + seen.truth().map(Explainer::bytes).orElse(0L);
  }

  private static long bytes(Explanation explanation) {
    return 16L * explanation.field().exemplar().length
        + bytes(explanation.input())
        + bytes(explanation.network())
        + bytes(explanation.composition())
        + bytes(explanation.reconstruction())
        + explanation.other().map(Explainer::bytes).orElse(0L)
        + explanation.truth().map(Explainer::bytes).orElse(0L);
  }

  private static long bytes(Raster raster) {
    return switch (raster) {
      case Picture picture -> picture.rgb().length;
      case LabelMap labels -> labels.classes().length;
    };
  }

  @Override
  public void close() {
    queue.close();
  }
}
