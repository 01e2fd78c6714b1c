package org.compnn.dataset;

/** Which half of a side-by-side pair is the input: A is the left one. */
public enum Direction {
  /** Left half in, right half out. */
  ATOB,
  /** Right half in, left half out. */
  BTOA
}
