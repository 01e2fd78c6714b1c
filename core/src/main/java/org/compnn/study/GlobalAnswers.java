package org.compnn.study;

import java.util.ArrayList;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.explain.Options;
import org.compnn.explain.Run;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Layer;
import org.compnn.search.GlobalMatch;

/**
 * The one training picture whose whole layer is nearest, as the answer: the paper's global nearest
 * neighbours (figure 12), by every indexed layer, with original and self-supervised labels.
 */
public final class GlobalAnswers {
  private GlobalAnswers() {}

  /**
   * One answer.
   *
   * @param layer the layer whose activations were compared
   * @param labels what of the exemplar is the answer
   * @param match the exemplar and its distance
   * @param output its label
   * @param input its input: the reconstruction by global nearest neighbour
   */
  public record Answer(
      Layer layer, Labels labels, GlobalMatch match, Raster output, Picture input) {}

  /**
   * The answers to a picture: two for each indexed layer, or one without original labels.
   *
   * @param run of every indexed layer
   */
  public static List<Answer> of(CompNN compnn, Run run, Options options) {
    List<Answer> answers = new ArrayList<>();
    for (CellStore cells : compnn.database().layers()) {
      GlobalMatch match = run.nearest(cells, options, 1).getFirst();
      for (Labels labels : Labels.values()) {
        if (labels == Labels.SELF || compnn.database().hasTarget(match.exemplar())) {
          answers.add(
              new Answer(
                  cells.layer(),
                  labels,
                  match,
                  compnn.source(labels).apply(match.exemplar()),
                  compnn.database().input(match.exemplar())));
        }
      }
    }
    return answers;
  }
}
