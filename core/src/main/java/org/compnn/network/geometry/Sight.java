package org.compnn.network.geometry;

import java.util.Arrays;

/**
 * The input pixels that each cell of a tensor sees, along one axis: a half-open interval of pixel
 * coordinates per cell, edges left aside. Cells that upsampling made differ by their phase, so the
 * pattern repeats every {@code period} cells. Immutable.
 *
 * <p>Follows the recurrence of Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional
 * Neural Networks" (Distill, 2019), with phases added.
 */
final class Sight {
  /** Patterns longer than this are bounded by one interval for all cells. */
  private static final int LONGEST_PERIOD = 1 << 14;

  private static final double SAME = 1e-9;

  private final double stride;
  private final double origin;
  private final double[] from;
  private final double[] to;

  private Sight(double stride, double origin, double[] from, double[] to) {
    this.stride = stride;
    this.origin = origin;
    this.from = from;
    this.to = to;
  }

  /** The pixels themselves. */
  static Sight pixels() {
    return new Sight(1, 0.5, new double[] {0}, new double[] {1});
  }

  /** Cells that lie over the picture evenly and see all of it. */
  static Sight everything(double stride, double origin) {
    return new Sight(
        stride,
        origin,
        new double[] {Double.NEGATIVE_INFINITY},
        new double[] {Double.POSITIVE_INFINITY});
  }

  /** {@code cells} cells over {@code pixels} pixels that see everything. */
  static Sight spread(long pixels, long cells) {
    double stride = (double) pixels / cells;
    return everything(stride, stride / 2);
  }

  double stride() {
    return stride;
  }

  /** The same cells, seeing everything. */
  Sight blurred() {
    return everything(stride, origin);
  }

  private int period() {
    return from.length;
  }

  private double from(long cell) {
    return from[(int) Math.floorMod(cell, (long) period())]
        + Math.floorDiv(cell, (long) period()) * (stride * period());
  }

  private double to(long cell) {
    return to[(int) Math.floorMod(cell, (long) period())]
        + Math.floorDiv(cell, (long) period()) * (stride * period());
  }

  /** What the cells see that an operator makes of these. */
  Sight through(Reach reach) {
    long period = (long) reach.outPeriod() * (period() / gcd(period(), Math.abs(reach.inPeriod())));
    if (period > LONGEST_PERIOD) {
      return period() == 1 ? bounded(reach) : flat().through(reach);
    }
    double[] newFrom = new double[(int) period];
    double[] newTo = new double[(int) period];
    for (int j = 0; j < period; j++) {
      newFrom[j] = Double.POSITIVE_INFINITY;
      newTo[j] = Double.NEGATIVE_INFINITY;
      long last = reach.last(j);
      // Beyond one period the interval only moves on: its ends are enough.
      for (long i = reach.first(j); i <= last; i++) {
        newFrom[j] = Math.min(newFrom[j], from(i));
        newTo[j] = Math.max(newTo[j], to(i));
        if (i - reach.first(j) == period() && last - period() > i) {
          i = last - period();
        }
      }
    }
    return new Sight(stride * reach.step(), origin + stride * reach.centre(), newFrom, newTo);
  }

  private Sight bounded(Reach reach) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < reach.outPeriod(); j++) {
      low = Math.min(low, reach.first(j) - j * reach.step());
      high = Math.max(high, reach.last(j) - j * reach.step());
    }
    return new Sight(
        stride * reach.step(),
        origin + stride * reach.centre(),
        new double[] {from[0] + low * stride},
        new double[] {to[0] + high * stride});
  }

  private Sight flat() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < period(); j++) {
      low = Math.min(low, from[j] - j * stride);
      high = Math.max(high, to[j] - j * stride);
    }
    return new Sight(stride, origin, new double[] {low}, new double[] {high});
  }

  /** What cells see that are made of these and of others at the same places. */
  Sight and(Sight other) {
    if (Math.abs(stride - other.stride) > SAME * stride) {
      return blurred();
    }
    long period = (long) period() / gcd(period(), other.period()) * other.period();
    if (period > LONGEST_PERIOD) {
      return flat().and(other.flat());
    }
    double[] newFrom = new double[(int) period];
    double[] newTo = new double[(int) period];
    Arrays.setAll(newFrom, j -> Math.min(from(j), other.from(j)));
    Arrays.setAll(newTo, j -> Math.max(to(j), other.to(j)));
    return new Sight(stride, (origin + other.origin) / 2, newFrom, newTo);
  }

  /** The one interval around its centre that holds what any of so many cells sees. */
  Geometry geometry(int cells) {
    double before = 0.5;
    double after = 0.5;
    for (int j = 0; j < Math.min(cells, period()); j++) {
      double centre = origin + j * stride;
      before = Math.max(before, centre - from[j]);
      after = Math.max(after, to[j] - centre);
    }
    return new Geometry(cells, stride, origin, before, after);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
