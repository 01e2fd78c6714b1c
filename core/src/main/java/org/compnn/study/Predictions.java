package org.compnn.study;

import java.util.List;
import java.util.function.Consumer;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Resize;
import org.compnn.measure.EvenSample;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/** What a network says of the pictures of a data set, at their own size. */
public final class Predictions {
  private Predictions() {}

  /**
   * One picture's.
   *
   * @param labels the network's classes, of the picture's size
   */
  public record Prediction(String id, Picture picture, LabelMap labels) {}

  /**
   * Runs the network over a data set.
   *
   * @param limit at most so many pictures, spread evenly over the data set
   * @param consumer takes one after the other
   * @throws UserError if the network gives no classes
   */
  public static void of(
      CompNN compnn, Dataset dataset, int limit, Progress progress, Consumer<Prediction> consumer) {
    List<Pair> pairs = EvenSample.of(dataset.pairs(), limit);
    try (Progress.Task task = progress.begin("predicting", "pictures", pairs.size())) {
      for (Pair pair : pairs) {
        try {
          consumer.accept(prediction(compnn, pair));
        } catch (UserError e) {
          // An evaluation of the same pictures names those that it leaves out.
          if (!dataset.skipsBroken()) {
            throw e;
          }
        }
        task.advance(1);
      }
    }
  }

  private static Prediction prediction(CompNN compnn, Pair pair) {
    Picture picture = pair.input();
    if (compnn.network().run(picture, List.of()).prediction() instanceof LabelMap labels) {
      return new Prediction(
          pair.id(), picture, Resize.labels(labels, picture.height(), picture.width()));
    }
    throw new UserError(
        compnn.network().file()
            + ": expected a network that gives classes, since other programs take no pictures as"
            + " annotations; found one that gives something else");
  }
}
