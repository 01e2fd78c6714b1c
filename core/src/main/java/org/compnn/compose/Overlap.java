package org.compnn.compose;

/** What becomes of the patches around a matched cell, which its neighbours paste over as well. */
public enum Overlap {
  /** A cell pastes its own patch alone, as in the paper; patches do not overlap. */
  NONE,
  /**
   * A cell pastes the patches of its whole hyperpatch. Where they overlap the colours of pictures
   * are averaged and labels are voted on.
   */
  AVERAGE
}
