package org.compnn.bench.truth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A mean and how far it can be trusted.
 *
 * @param mean of the values
 * @param low end of the 95 % interval of the mean, by drawing values with replacement
 * @param high the other end
 * @param count how many values there were
 */
record Interval(double mean, double low, double high, int count) {
  private static final int DRAWS = 1000;

  /** Of values; those that are no number are left out. */
  static Interval of(List<Double> all) {
    double[] values =
        all.stream().mapToDouble(Double::doubleValue).filter(v -> !Double.isNaN(v)).toArray();
    if (values.length == 0) {
      return new Interval(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    Random random = new Random(1);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[draw] = sum / values.length;
    }
    Arrays.sort(means);
    return new Interval(
        Arrays.stream(values).average().orElseThrow(),
        means[DRAWS * 25 / 1000],
        means[DRAWS * 975 / 1000 - 1],
        values.length);
  }

  @Override
  public String toString() {
    return count == 0 ? "-" : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", mean, low, high);
  }
}
