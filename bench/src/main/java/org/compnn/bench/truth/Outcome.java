package org.compnn.bench.truth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.bench.truth.Regions.Region;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Activations;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;

/**
 * How well a network does in a region.
 *
 * @param score the sum over its pixels of the log of the probability of the given label, or of
 *     minus the difference from the painting that it should be, 0..1; more is better
 * @param wrong the share of its pixels with another label than the given one; 0 for paintings
 */
record Outcome(double score, double wrong) {
  /** A region of a picture that is asked about. */
  record Question(Example example, Region region) {}

  /** What a network makes of every question. */
  static List<Outcome> of(Kind kind, Path model, List<Question> questions) {
    List<Outcome> outcomes = new ArrayList<>();
    try (Network network =
        Network.open(model.resolve("model.onnx"), NetworkOptions.defaults().withThreads(1))) {
      String last = "";
      Activations ran = null;
      for (Question question : questions) {
        if (ran == null || !question.example().id().equals(last)) {
          ran = network.run(kind.input(question.example()), List.of());
          last = question.example().id();
        }
        outcomes.add(
            of(ran.output(), ran.prediction(), question.example(), question.region().mask()));
      }
    }
    return outcomes;
  }

  private static Outcome of(FeatureMap output, Raster prediction, Example example, Mask region) {
    return switch (prediction) {
      case LabelMap map -> labelled(output, map, example.labels(), region);
      case Picture painted -> new Outcome(-difference(painted, example.photo(), region), 0);
      default -> throw new IllegalArgumentException("a network of neither kind");
    };
  }

  static Outcome labelled(FeatureMap scores, LabelMap prediction, LabelMap given, Mask region) {
    double[] log = new double[scores.channels()];
    double sum = 0;
    int wrong = 0;
    for (int p = region.pixels().nextSetBit(0); p >= 0; p = region.pixels().nextSetBit(p + 1)) {
      logSoftmax(scores, p, log);
      sum += log[given.classes()[p] & 0xff];
      wrong += prediction.classes()[p] == given.classes()[p] ? 0 : 1;
    }
    return new Outcome(sum, (double) wrong / region.count());
  }

  static void logSoftmax(FeatureMap scores, int pixel, double[] log) {
    int at = pixel * log.length;
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < log.length; c++) {
      most = Math.max(most, scores.cells()[at + c]);
    }
    double total = 0;
    for (int c = 0; c < log.length; c++) {
      total += Math.exp(scores.cells()[at + c] - most);
    }
    for (int c = 0; c < log.length; c++) {
      log[c] = scores.cells()[at + c] - most - Math.log(total);
    }
  }

  /** Of all pixels, those of a pixel together. */
  static float[] probabilities(FeatureMap scores) {
    float[] probabilities = new float[scores.cells().length];
    double[] log = new double[scores.channels()];
    for (int p = 0; p < scores.rows() * scores.columns(); p++) {
      logSoftmax(scores, p, log);
      for (int c = 0; c < log.length; c++) {
        probabilities[p * log.length + c] = (float) Math.exp(log[c]);
      }
    }
    return probabilities;
  }

  private static double difference(Picture a, Picture b, Mask region) {
    double sum = 0;
    for (int p = region.pixels().nextSetBit(0); p >= 0; p = region.pixels().nextSetBit(p + 1)) {
      for (int c = 0; c < 3; c++) {
        sum += Math.abs((a.rgb()[p * 3 + c] & 0xff) - (b.rgb()[p * 3 + c] & 0xff)) / 255.0 / 3;
      }
    }
    return sum;
  }
}
