package org.compnn.network;

import org.compnn.problem.UserError;

/**
 * The numbers that stand for black and for full brightness in an output image.
 *
 * @param low black
 * @param high full brightness, greater than {@code low}
 */
public record Range(double low, double high) {
  public Range {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw new UserError(
          "an output range goes from a lower to a higher number, not " + low + " to " + high);
    }
  }
}
