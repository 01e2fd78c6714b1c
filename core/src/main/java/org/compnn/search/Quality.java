package org.compnn.search;

/** How much the search by lists spends on a field. */
public enum Quality {
  /** The three nearest lists of every cell, one round of propagation. */
  FAST,
  /** The default: six lists, two rounds. */
  BALANCED,
  /** Twenty-four lists, as many rounds as still change something, up to six. */
  BEST
}
