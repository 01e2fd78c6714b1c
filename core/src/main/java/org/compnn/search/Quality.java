package org.compnn.search;

/** How much a {@link FieldSearch} spends on a field. */
public enum Quality {
  /** The three nearest lists of every cell, one round of propagation. */
  FAST,
  /** The default: six lists, two rounds. */
  BALANCED,
  /** Twenty-four lists, as many rounds as still change something, up to six. */
  BEST;

  Effort effort() {
    return switch (this) {
      case FAST -> new Effort(3, 2, 3, 1);
      case BALANCED -> new Effort(6, 3, 6, 2);
      case BEST -> new Effort(24, 8, 16, 6);
    };
  }
}
