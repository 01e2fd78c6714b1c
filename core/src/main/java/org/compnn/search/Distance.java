package org.compnn.search;

/** How far two hyperpatches of standardised cells are from each other. */
public enum Distance {
  /** The sum of squared differences over all cells and channels of the hyperpatch. */
  L2,
  /**
   * 1 minus the cosine of the angle between the two hyperpatches, each taken as one vector; 0..2.
   */
  COSINE
}
