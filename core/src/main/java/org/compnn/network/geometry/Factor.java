package org.compnn.network.geometry;

/**
 * A part of a tensor's axis: one digit of what is counted along it.
 *
 * @param kind what is counted
 * @param step for rows and columns, how many of them one step of this digit is
 * @param size how many values it takes
 */
record Factor(Kind kind, long step, long size) {
  enum Kind {
    /** Rows of cells. */
    ROW,
    /** Columns of cells. */
    COLUMN,
    /** Cells that are looked at from others, as the keys of attention are. */
    KEY,
    /** Pictures that run together. */
    BATCH,
    /** Channels, heads and whatever else is no place. */
    OTHER
  }

  boolean spatial() {
    return kind == Kind.ROW || kind == Kind.COLUMN;
  }

  /** The digits that this one splits into, if it does: the outer of so many values, the inner. */
  boolean splits(long outer) {
    return size % outer == 0;
  }

  Factor outer(long values) {
    return new Factor(kind, step * (size / values), values);
  }

  Factor inner(long values) {
    return new Factor(kind, step, size / values);
  }

  /** Whether this and a digit that follows it count on as one. */
  boolean joins(Factor next) {
    return kind == next.kind && (!spatial() || step == next.step * next.size);
  }

  Factor joined(Factor next) {
    return new Factor(kind, next.step, size * next.size);
  }
}
