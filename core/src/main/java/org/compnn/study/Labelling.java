package org.compnn.study;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.problem.UserError;

/**
 * The labels of a training set, and how often each is given where the network says a class: a label
 * that is hardly ever given there is probably wrong, while bicyclists among what the network takes
 * for pedestrians are its usual mistake.
 */
public final class Labelling {
  /** So many pictures, spread evenly, tell how labels are given. */
  private static final int COUNTED = 1000;

  private final IntFunction<Raster> labels;
  private final double[][] given;

  private Labelling(IntFunction<Raster> labels, double[][] given) {
    this.labels = labels;
    this.given = given;
  }

  /** The database's own labels. */
  public static Labelling original(CompNN compnn) {
    return of(compnn, compnn.database()::target);
  }

  /**
   * Counts labels over the predictions that the database holds.
   *
   * @param labels by exemplar: those of the database, or changed ones; asked by several threads at
   *     once
   * @throws UserError if the network gives no label maps or no scores, or there are no labels
   */
  public static Labelling of(CompNN compnn, IntFunction<Raster> labels) {
    Suspects.expectLabels(compnn);
    int classes = Math.max(2, compnn.palette().size());
    // One more of each pair: nothing is impossible.
    double[][] given = new double[classes][classes];
    for (double[] counts : given) {
      Arrays.fill(counts, 1);
    }
    List<Integer> labelled =
        IntStream.range(0, compnn.database().exemplars().size())
            .filter(compnn.database()::hasTarget)
            .boxed()
            .toList();
    for (int exemplar : EvenSample.of(labelled, COUNTED)) {
      byte[] said = ((LabelMap) compnn.database().prediction(exemplar)).classes();
      byte[] right = ((LabelMap) labels.apply(exemplar)).classes();
      for (int pixel = 0; pixel < said.length; pixel++) {
        int by = said[pixel] & 0xff;
        int label = right[pixel] & 0xff;
        if (by < classes && label < classes) {
          given[by][label]++;
        }
      }
    }
    for (double[] counts : given) {
      double total = Arrays.stream(counts).sum();
      for (int label = 0; label < classes; label++) {
        counts[label] /= total;
      }
    }
    return new Labelling(labels, given);
  }

  /** The labels of an exemplar. */
  LabelMap of(int exemplar) {
    return (LabelMap) labels.apply(exemplar);
  }

  /** How often a label is given where the network says a class, 0..1. */
  double given(int label, int said) {
    return said < given.length && label < given.length ? given[said][label] : 0;
  }

  /** The same, where it gives probabilities of classes. */
  double given(int label, double[] probabilities) {
    double sum = 0;
    for (int said = 0; said < probabilities.length; said++) {
      sum += probabilities[said] * given(label, said);
    }
    return sum;
  }
}
