package org.compnn.search;

/** How much a {@link FieldSearch} spends on a field. */
public enum Quality {
  /** The two nearest lists of every cell, one round of propagation. */
  FAST(new Effort(2, 3, 3, 1)),
  /** The default. */
  BALANCED(new Effort(6, 4, 6, 1)),
  /** Twenty-four lists, as many rounds as still change something, up to six. */
  BEST(new Effort(24, 8, 16, 6));

  private final Effort effort;

  Quality(Effort effort) {
    this.effort = effort;
  }

  Effort effort() {
    return effort;
  }
}
