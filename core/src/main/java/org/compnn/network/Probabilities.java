package org.compnn.network;

import java.util.Arrays;

/**
 * What a network's scores say in probabilities: class scores through a softmax, or as parts of
 * their sum where they are shares already; a single score through a sigmoid, or as it is where its
 * threshold says that it went through one.
 */
public final class Probabilities {
  /** What is smaller than the largest by so much adds less than a ten-millionth. */
  private static final double NOTHING = -17;

  private Probabilities() {}

  /** Whether an output has any: not that of a network that paints, or gives classes alone. */
  public static boolean has(Output output) {
    return output instanceof Output.ClassScores || output instanceof Output.SigmoidScore;
  }

  /**
   * Those of all classes at a pixel.
   *
   * @param scores the network's raw output
   * @param output what that means
   * @throws IllegalArgumentException if it has none
   */
  public static double[] of(FeatureMap scores, Output output, int pixel) {
    return switch (output) {
      case Output.ClassScores classes -> classes(scores, classes, pixel);
      case Output.SigmoidScore score -> {
        double one = sigmoid(scores.cells()[pixel], score);
        yield new double[] {1 - one, one};
      }
      case Output.Labels _, Output.Image _, Output.Values _ ->
          throw new IllegalArgumentException("a network without scores has no probabilities");
    };
  }

  /**
   * That of one class at a pixel, 0..1; 0 for a class that the network does not know.
   *
   * @throws IllegalArgumentException as {@link #of(FeatureMap, Output, int)}
   */
  public static double of(FeatureMap scores, Output output, int pixel, int label) {
    if (output instanceof Output.ClassScores(var _, var _, boolean _, boolean shares) && !shares) {
      return label < scores.channels() ? softmax(scores, pixel, label) : 0;
    }
    double[] all = of(scores, output, pixel);
    return label < all.length ? all[label] : 0;
  }

  private static double[] classes(FeatureMap scores, Output.ClassScores output, int pixel) {
    double[] all = new double[scores.channels()];
    int at = pixel * all.length;
    double largest = output.shares() ? 0 : largest(scores, at);
    double total = 0;
    for (int c = 0; c < all.length; c++) {
      float score = scores.cells()[at + c];
      all[c] = output.shares() ? Math.max(0, score) : Math.exp(score - largest);
      total += all[c];
    }
    if (total == 0) {
      Arrays.fill(all, 1.0 / all.length);
      return all;
    }
    for (int c = 0; c < all.length; c++) {
      all[c] /= total;
    }
    return all;
  }

  private static double softmax(FeatureMap scores, int pixel, int label) {
    float[] cells = scores.cells();
    int at = pixel * scores.channels();
    double largest = largest(scores, at);
    double total = 0;
    for (int i = at; i < at + scores.channels(); i++) {
      double below = cells[i] - largest;
      total += below > NOTHING ? Math.exp(below) : 0;
    }
    return Math.exp(cells[at + label] - largest) / total;
  }

  private static double largest(FeatureMap scores, int at) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = at; i < at + scores.channels(); i++) {
      largest = Math.max(largest, scores.cells()[i]);
    }
    return largest;
  }

  private static double sigmoid(double score, Output.SigmoidScore output) {
    // A threshold within 0..1 other than 0 says that the sigmoid was taken already.
    return output.threshold() > 0 ? score : 1 / (1 + Math.exp(-score));
  }
}
