package org.compnn.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Percentile bootstrap over pictures (Efron 1979): the pictures are drawn anew with replacement,
 * the metrics taken of each draw, and the middle 95 % of them is the interval. Seeded, so that the
 * same pictures give the same interval.
 */
final class Bootstrap {
  private static final int DRAWS = 1000;
  private static final long SEED = 171110683L;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * Estimates of several metrics.
   *
   * @param pictures how many there are
   * @param metrics the metrics of the pictures of these indices, which may repeat
   */
  static List<Estimate> estimates(int pictures, Function<int[], double[]> metrics) {
    int[] all = new int[pictures];
    Arrays.setAll(all, i -> i);
    double[] values = metrics.apply(all);
    double[][] draws = new double[values.length][DRAWS];
    if (pictures > 1) {
      SplittableRandom random = new SplittableRandom(SEED);
      int[] drawn = new int[pictures];
      for (int draw = 0; draw < DRAWS; draw++) {
        Arrays.setAll(drawn, _ -> random.nextInt(pictures));
        double[] metric = metrics.apply(drawn);
        for (int m = 0; m < metric.length; m++) {
          draws[m][draw] = metric[m];
        }
      }
    }
    List<Estimate> estimates = new ArrayList<>(values.length);
    for (int m = 0; m < values.length; m++) {
      estimates.add(
          pictures > 1
              ? interval(values[m], draws[m])
              : new Estimate(values[m], Double.NaN, Double.NaN));
    }
    return estimates;
  }

  private static Estimate interval(double value, double[] draws) {
    // A draw without a rare class leaves that class undefined; it says nothing about its spread.
    double[] sorted = Arrays.stream(draws).filter(d -> !Double.isNaN(d)).sorted().toArray();
    if (sorted.length == 0) {
      return new Estimate(value, Double.NaN, Double.NaN);
    }
    return new Estimate(value, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Linear between the two nearest ranks. */
  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    double weight = position - below;
    return weight == 0 ? sorted[below] : sorted[below] * (1 - weight) + sorted[above] * weight;
  }
}
