package org.compnn.server;

import java.util.Optional;
import java.util.UUID;
import org.compnn.database.CellStore;
import org.compnn.dataset.Pair;
import org.compnn.explain.Explanation;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.files.Sha256;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.FeatureMap;

/**
 * Explains pictures, and remembers explanations and what the network made of the pictures, so that
 * a changed selection needs a search only.
 */
final class Explainer implements AutoCloseable {
  /** Rows or columns of a photograph on the page: more than most screens show of it. */
  private static final int MOST_PHOTO = 2048;

  private final WorkQueue queue;
  private final Uploads uploads;
  private final Cache<Answer> answers;
  private final Cache<Run> runs;

  /** Ids of another run of the program must not be taken for ours, which may answer otherwise. */
  private final String salt = UUID.randomUUID().toString();

  /**
   * An explanation that can be asked for again.
   *
   * @param id what addresses call it
   * @param subject the picture that was asked about
   */
  record Answer(String id, ServedDatabase database, Subject subject, Explanation explanation) {}

  Explainer(WorkQueue queue, Uploads uploads, long mostBytes) {
    this.queue = queue;
    this.uploads = uploads;
    this.answers = new Cache<>(mostBytes / 2, answer -> bytes(answer.explanation()));
    this.runs = new Cache<>(mostBytes / 2, Run::bytes);
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
          Answer answer = new Answer(id, database, question.query(), explain(database, question));
          answers.put(id, answer);
          return answer;
        });
  }

  /** The activations of the layer that a question names, of a run kept for further questions. */
  FeatureMap activations(ServedDatabase database, Question question, String client) {
    CellStore cells = database.compnn().cells(question.options());
    return queue.run(client, () -> run(database, question.query()).layer(cells));
  }

  /**
   * An explanation made before.
   *
   * @throws Refusal 404 if there is none of that id, or no longer
   */
  Answer answer(String id) {
    return answers
        .get(id)
        .orElseThrow(() -> Refusal.notFound("this explanation has expired; ask for it again"));
  }

  /**
   * The picture of an explanation as finely as its file has it, cut as the network saw it.
   *
   * @return nothing where the network saw all of it, or where the picture is forgotten
   */
  Optional<Picture> photo(Answer answer) {
    return own(answer).flatMap(picture -> answer.explanation().frame().fine(picture, MOST_PHOTO));
  }

  /** The picture of an explanation as it was given, where it is at hand. */
  Optional<Picture> own(Answer answer) {
    return switch (answer.subject()) {
      case Subject.FromData(int index, String _) ->
          Optional.of(answer.database().pairs().get(index).input());
      case Subject.Training _ -> Optional.empty();
      case Subject.Uploaded(String id, String _) -> uploads.find(id);
    };
  }

  private Explanation explain(ServedDatabase database, Question question) {
    // Terms and layer are checked before the network runs for nothing.
    database.compnn().cells(question.options());
    database.compnn().selection(question.options());
    return run(database, question.query()).explain(question.options());
  }

  /** A run of all the layers that the database has, so that another one costs no further run. */
  private Run run(ServedDatabase database, Subject query) {
    String key = database.id() + " " + query.key();
    Optional<Run> known = runs.get(key);
    if (known.isPresent()) {
      return known.get();
    }
    Run made =
        query instanceof Subject.Training(int index, String _)
            ? database.compnn().run(index, database.compnn().database().layers())
            : database.compnn().run(read(database, query));
    runs.put(key, made);
    return made;
  }

  private Query read(ServedDatabase database, Subject query) {
    return switch (query) {
      case Subject.FromData(int index, String id) -> {
        Pair.Content content = database.pairs().get(index).read();
        yield new Query(id, content.sample(), content.target());
      }
      case Subject.Training(int index, String id) ->
          new Query(
              id,
              database.database().input(index),
              database.database().hasTarget(index)
                  ? Optional.of(database.database().target(index))
                  : Optional.empty());
      case Subject.Uploaded(String id, String name) -> Query.of(name, uploads.picture(id));
    };
  }

  private String id(ServedDatabase database, Question question) {
    return Sha256.of(salt + " " + database.id() + " " + question.key()).hex(12);
  }

  private static long bytes(Explanation why) {
    return 16L * why.field().exemplar().length
        + why.input().bytes()
        + why.network().bytes()
        + why.composition().bytes()
        + why.reconstruction().bytes()
        + why.other().map(Raster::bytes).orElse(0L)
        + why.truth().map(Raster::bytes).orElse(0L);
  }

  @Override
  public void close() {
    queue.close();
  }
}
