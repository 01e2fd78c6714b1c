package org.compnn.study;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.database.Database;
import org.compnn.database.Learned;
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
  private final double[] confidence;

  private Labelling(IntFunction<Raster> labels, double[][] given, double[] confidence) {
    this.labels = labels;
    this.given = given;
    this.confidence = confidence;
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
    List<Integer> counted = EvenSample.of(labelled, COUNTED);
    for (int exemplar : counted) {
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
    return new Labelling(labels, given, confidence(compnn.database(), labels, counted, classes));
  }

  /**
   * The mean over the pixels of each class of the network's probability of it, half of the mean
   * over all pixels at least: what is given a class that is always wrong shall not be usual. It is
   * 1 where nothing is known. Pixels whose labels were changed are left out, since what is kept is
   * of their own.
   */
  private static double[] confidence(
      Database database, IntFunction<Raster> labels, List<Integer> counted, int classes) {
    double[] sums = new double[classes];
    long[] counts = new long[classes];
    for (int exemplar : database.hasLearned() ? counted : List.<Integer>of()) {
      Learned learned = database.learned(exemplar).orElseThrow();
      byte[] own = ((LabelMap) database.target(exemplar)).classes();
      byte[] right = ((LabelMap) labels.apply(exemplar)).classes();
      for (int pixel = 0; pixel < own.length; pixel++) {
        int label = own[pixel] & 0xff;
        if (label < classes && own[pixel] == right[pixel]) {
          sums[label] += learned.probability(pixel);
          counts[label]++;
        }
      }
    }
    double least = Arrays.stream(sums).sum() / Math.max(1, Arrays.stream(counts).sum()) / 2;
    double[] means = new double[classes];
    for (int label = 0; label < classes; label++) {
      means[label] = counts[label] == 0 ? 1 : Math.max(least, sums[label] / counts[label]);
    }
    return means;
  }

  /** A probability of a label over what is usual for it, 1 at the most. */
  float confident(int label, float probability) {
    return label < confidence.length
        ? (float) Math.min(1, probability / confidence[label])
        : probability;
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
