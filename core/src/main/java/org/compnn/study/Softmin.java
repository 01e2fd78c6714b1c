package org.compnn.study;

import org.compnn.image.LabelMap;
import org.compnn.network.FeatureMap;
import org.compnn.network.Output;
import org.compnn.network.Probabilities;

/**
 * The label quality score of a whole picture that cleanlab publishes for segmentation (Lad and
 * Mueller, "Estimating label quality and errors in semantic segmentation data via any model",
 * 2023): the softmin, at temperature 0.1, over pixels of the network's probability of the given
 * label. 0..1, low where a label is doubtful. Pixels without a label count for nothing.
 */
public final class Softmin {
  private static final double TEMPERATURE = 0.1;

  private Softmin() {}

  /**
   * The score of a picture.
   *
   * @param scores the network's raw output, of the size of the labels
   * @param output what that means: class scores go through a softmax, a single score through a
   *     sigmoid
   * @param given the labels to be judged
   * @return 1 for a picture without labels
   */
  public static double of(FeatureMap scores, Output output, LabelMap given) {
    return of(probabilities(scores, output, given));
  }

  /** The network's probability of the label of each pixel, 0..1; NaN where there is none. */
  static float[] probabilities(FeatureMap scores, Output output, LabelMap given) {
    float[] probabilities = new float[given.classes().length];
    for (int pixel = 0; pixel < probabilities.length; pixel++) {
      int label = given.classes()[pixel] & 0xff;
      probabilities[pixel] =
          label == LabelMap.UNLABELLED
              ? Float.NaN
              : (float) Probabilities.of(scores, output, pixel, label);
    }
    return probabilities;
  }

  /** The softmin of qualities of 0..1, NaN left out; 1 without any. */
  static double of(float[] qualities) {
    double weights = 0;
    double sum = 0;
    for (float quality : qualities) {
      if (!Float.isNaN(quality)) {
        // At most exp(10): nothing overflows.
        double weight = Math.exp((1 - quality) / TEMPERATURE);
        weights += weight;
        sum += weight * quality;
      }
    }
    return weights == 0 ? 1 : sum / weights;
  }
}
