package org.compnn.search;

/**
 * How near the matches of the search by lists are to come to the nearest: the mean distance of the
 * matches over that of the nearest ones.
 */
public enum Quality {
  /** 1.05. */
  FAST(1.05),
  /** The default: 1.02. */
  BALANCED(1.02),
  /** 1.002. */
  BEST(1.002);

  private final double promised;

  Quality(double promised) {
    this.promised = promised;
  }

  /** The ratio of distances that is promised where the lists were calibrated. */
  public double promised() {
    return promised;
  }
}
