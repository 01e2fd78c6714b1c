package org.compnn.measure;

/**
 * A metric over several pictures with its confidence interval over pictures.
 *
 * @param value the metric; NaN where undefined, infinite for the PSNR of identical pictures
 * @param low lower end of the 95 % interval; NaN where there is none, as for a single picture
 * @param high upper end
 */
public record Estimate(double value, double low, double high) {
  /** Whether there is an interval. */
  public boolean hasInterval() {
    return Double.isFinite(low) && Double.isFinite(high);
  }
}
