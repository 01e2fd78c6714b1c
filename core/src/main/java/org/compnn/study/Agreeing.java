package org.compnn.study;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.Output;
import org.compnn.study.TrainingCheck.Measure;

/**
 * How an answer agrees with the right one, and what is needed to know how a constant answer would.
 *
 * @param sum right pixels, or absolute differences
 * @param measured how many of them there are
 * @param right the right output
 */
record Agreeing(Measure measure, double sum, long measured, Raster right) {
  /**
   * A constant answer.
   *
   * @param words what is answered everywhere
   */
  record Constant(double score, String words) {}

  /** The same size and kind are wanted of both; else nothing is measured. */
  static Agreeing of(Raster right, Raster given) {
    return switch (right) {
      case LabelMap labels when given instanceof LabelMap answer -> labels(labels, answer);
      case Picture picture when given instanceof Picture answer -> pictures(picture, answer);
      case ValueMap values when given instanceof ValueMap answer -> values(values, answer);
      default -> new Agreeing(Measure.DIFFERENCE, 0, 0, right);
    };
  }

  private static Agreeing labels(LabelMap right, LabelMap given) {
    long hits = 0;
    long labelled = 0;
    for (int i = 0; i < right.classes().length; i++) {
      if ((right.classes()[i] & 0xff) != LabelMap.UNLABELLED) {
        labelled++;
        hits += right.classes()[i] == given.classes()[i] ? 1 : 0;
      }
    }
    return new Agreeing(Measure.ACCURACY, hits, labelled, right);
  }

  private static Agreeing pictures(Picture right, Picture given) {
    long sum = 0;
    for (int i = 0; i < right.rgb().length; i++) {
      sum += Math.abs((right.rgb()[i] & 0xff) - (given.rgb()[i] & 0xff));
    }
    return new Agreeing(Measure.DIFFERENCE, sum / 255.0, right.rgb().length, right);
  }

  private static Agreeing values(ValueMap right, ValueMap given) {
    double sum = 0;
    long known = 0;
    int most = Math.min(right.values().length, given.values().length);
    for (int i = 0; i < most; i++) {
      double difference = Math.abs((double) right.values()[i] - given.values()[i]);
      if (!Double.isNaN(difference)) {
        sum += difference;
        known++;
      }
    }
    return new Agreeing(Measure.DIFFERENCE, sum, known, right);
  }

  static Agreeing together(List<Agreeing> several) {
    Agreeing first = several.getFirst();
    return new Agreeing(
        first.measure,
        several.stream().mapToDouble(Agreeing::sum).sum(),
        several.stream().mapToLong(Agreeing::measured).sum(),
        first.right);
  }

  double score() {
    return sum / measured;
  }

  /**
   * What the best constant answer would reach: the most frequent class, the mean colour, the median
   * value.
   */
  static Constant constant(List<Agreeing> several, Output output) {
    return switch (several.getFirst().right) {
      case LabelMap _ -> mostFrequent(several, output);
      case Picture _ -> new Constant(meanColour(several), "one colour");
      case ValueMap _ -> new Constant(median(several), "one value");
    };
  }

  private static Constant mostFrequent(List<Agreeing> several, Output output) {
    long[] counts = new long[256];
    for (Agreeing each : several) {
      for (byte label : ((LabelMap) each.right).classes()) {
        counts[label & 0xff]++;
      }
    }
    counts[LabelMap.UNLABELLED] = 0;
    int best = 0;
    for (int c = 1; c < counts.length; c++) {
      best = counts[c] > counts[best] ? c : best;
    }
    List<String> classes =
        switch (output) {
          case Output.ClassScores scores -> scores.classes();
          case Output.SigmoidScore score -> score.classes();
          case Output.Labels labels -> labels.classes();
          case Output.Image _, Output.Values _ -> List.of();
        };
    String name = best < classes.size() ? classes.get(best) : "class " + best;
    return new Constant((double) counts[best] / Arrays.stream(counts).sum(), "\"" + name + "\"");
  }

  private static double meanColour(List<Agreeing> several) {
    long[][] counts = new long[3][256];
    for (Agreeing each : several) {
      byte[] rgb = ((Picture) each.right).rgb();
      for (int i = 0; i < rgb.length; i++) {
        counts[i % 3][rgb[i] & 0xff]++;
      }
    }
    double sum = 0;
    long all = 0;
    for (long[] channel : counts) {
      long number = Arrays.stream(channel).sum();
      double mean = 0;
      for (int v = 0; v < 256; v++) {
        mean += (double) v * channel[v] / number;
      }
      for (int v = 0; v < 256; v++) {
        sum += channel[v] * Math.abs(v - mean) / 255;
      }
      all += number;
    }
    return sum / all;
  }

  private static double median(List<Agreeing> several) {
    double[] known =
        several.stream()
            .flatMapToDouble(Agreeing::known)
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    double middle = known.length == 0 ? 0 : known[known.length / 2];
    return Arrays.stream(known).map(v -> Math.abs(v - middle)).average().orElse(Double.NaN);
  }

  private static DoubleStream known(Agreeing each) {
    float[] values = ((ValueMap) each.right).values();
    double[] numbers = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = values[i];
    }
    return Arrays.stream(numbers);
  }
}
