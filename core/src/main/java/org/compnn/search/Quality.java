package org.compnn.search;

/** How much a {@link FieldSearch} spends on a field. */
public enum Quality {
  /** The nearest list of every cell, one round of propagation. */
  FAST(1, 2, 3, 1),
  /** The default. */
  BALANCED(2, 3, 6, 2),
  /** Eight lists, as many rounds as still change something, up to six. */
  BEST(8, 6, 16, 6);

  private final int probes;
  private final int within;
  private final int candidates;
  private final int rounds;

  Quality(int probes, int within, int candidates, int rounds) {
    this.probes = probes;
    this.within = within;
    this.candidates = candidates;
    this.rounds = rounds;
  }

  /** Lists searched for a cell. */
  int probes() {
    return probes;
  }

  /** Groups whose lists are looked at to choose them. */
  int within() {
    return within;
  }

  /** Matches by code whose full distance is calculated. */
  int candidates() {
    return candidates;
  }

  /** Rounds of propagation at the most. */
  int rounds() {
    return rounds;
  }
}
