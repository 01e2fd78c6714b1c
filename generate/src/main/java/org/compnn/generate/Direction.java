package org.compnn.generate;

import java.util.Locale;

/** What is a data set's input and what its target. */
public enum Direction {
  /** Inputs are photos, targets are label maps. */
  PHOTOS,
  /** Inputs are label pictures in the classes' colours, targets are photos. */
  LABELS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
