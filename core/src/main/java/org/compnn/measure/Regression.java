package org.compnn.measure;

import org.compnn.image.ValueMap;

/**
 * How near values are to a reference, over the pixels where both have one. The relative metrics are
 * those of depth estimation (Eigen, Puhrsch and Fergus, 2014), over the numbers whose reference is
 * above 0; they are not defined where there is none.
 *
 * @param l1 mean absolute difference over pixels and channels
 * @param rmse root of the mean squared difference
 * @param relative mean of absolute difference / reference
 * @param within share of numbers of which the greater of answer / reference and reference / answer
 *     is below 1.25, 0..1; an answer of 0 or less is never near
 */
public record Regression(double l1, double rmse, double relative, double within) {
  private static final double NEAR = 1.25;

  /**
   * The metrics of one map; {@link Double#NaN} those that no pixel is there for.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public static Regression of(ValueMap reference, ValueMap answer) {
    if (reference.height() != answer.height()
        || reference.width() != answer.width()
        || reference.channels() != answer.channels()) {
      throw new IllegalArgumentException(
          "values of %d x %d x %d cannot be measured against such of %d x %d x %d"
              .formatted(
                  answer.height(),
                  answer.width(),
                  answer.channels(),
                  reference.height(),
                  reference.width(),
                  reference.channels()));
    }
    Mean absolute = new Mean();
    Mean squared = new Mean();
    Mean relative = new Mean();
    Mean within = new Mean();
    for (int i = 0; i < reference.values().length; i++) {
      double right = reference.values()[i];
      double given = answer.values()[i];
      double difference = Math.abs(given - right);
      if (Double.isFinite(difference)) {
        absolute.addDefined(difference);
        squared.addDefined(difference * difference);
        if (right > 0) {
          relative.addDefined(difference / right);
          within.addDefined(given > 0 && Math.max(given / right, right / given) < NEAR ? 1 : 0);
        }
      }
    }
    return new Regression(
        absolute.value(), Math.sqrt(squared.value()), relative.value(), within.value());
  }
}
