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
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1);
    return ratio(values, ones);
  }

  /**
   * Of how much larger some values are than others, all together; values that belong together are
   * drawn together. No number where the others do not add up to more than 0, and draws in which
   * they do not are left out.
   */
  static Interval ratio(List<Double> over, List<Double> under) {
    return ratio(
        over.stream().mapToDouble(Double::doubleValue).toArray(),
        under.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Interval ratio(double[] over, double[] under) {
    double below = Arrays.stream(under).sum();
    if (!(below > 0)) {
      return new Interval(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    Random random = new Random(1);
    double[] ratios = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      double divisor = 0;
      for (int i = 0; i < over.length; i++) {
        int drawn = random.nextInt(over.length);
        sum += over[drawn];
        divisor += under[drawn];
      }
      ratios[draw] = divisor > 0 ? sum / divisor : Double.NaN;
    }
    double[] sorted = Arrays.stream(ratios).filter(r -> !Double.isNaN(r)).sorted().toArray();
    return new Interval(
        Arrays.stream(over).sum() / below,
        sorted[sorted.length * 25 / 1000],
        sorted[Math.max(0, sorted.length * 975 / 1000 - 1)],
        over.length);
  }

  @Override
  public String toString() {
    return count == 0 ? "-" : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", mean, low, high);
  }
}
