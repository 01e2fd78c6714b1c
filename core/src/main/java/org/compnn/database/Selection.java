package org.compnn.database;

import java.util.BitSet;

/** Which exemplars of a database a search may use. Immutable. */
public final class Selection {
  private final BitSet chosen;
  private final int exemplars;

  private Selection(BitSet chosen, int exemplars) {
    this.chosen = chosen;
    this.exemplars = exemplars;
  }

  /** All exemplars of a database of so many. */
  public static Selection all(int exemplars) {
    BitSet chosen = new BitSet(exemplars);
    chosen.set(0, exemplars);
    return new Selection(chosen, exemplars);
  }

  /** Those whose bit is set. */
  public static Selection of(BitSet chosen, int exemplars) {
    BitSet own = (BitSet) chosen.clone();
    own.clear(exemplars, Math.max(exemplars, own.length()));
    return new Selection(own, exemplars);
  }

  public boolean contains(int exemplar) {
    return chosen.get(exemplar);
  }

  /** How many are chosen. */
  public int size() {
    return chosen.cardinality();
  }

  /** How many there are to choose from. */
  public int exemplars() {
    return exemplars;
  }

  /** The chosen indices, ascending. */
  public int[] indices() {
    return chosen.stream().toArray();
  }

  /**
   * This selection without the exemplars from {@code first} to {@code last}, both included; bounds
   * may lie outside.
   */
  public Selection without(int first, int last) {
    BitSet less = (BitSet) chosen.clone();
    int from = Math.max(0, first);
    int to = Math.min(exemplars, last + 1);
    if (from < to) {
      less.clear(from, to);
    }
    return new Selection(less, exemplars);
  }
}
