package org.compnn.search;

/** How much a {@link FieldSearch} spends on a field. */
public enum Quality {
  /** The nearest list of every cell, one round of propagation. */
  FAST(new Effort(1, 2, 3, 1)),
  /** The default. */
  BALANCED(new Effort(2, 3, 6, 2)),
  /** Eight lists, as many rounds as still change something, up to six. */
  BEST(new Effort(8, 6, 16, 6));

  private final Effort effort;

  Quality(Effort effort) {
    this.effort = effort;
  }

  Effort effort() {
    return effort;
  }
}
