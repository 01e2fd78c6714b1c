package org.compnn.search.field;

import org.compnn.database.Selection;
import org.compnn.search.Quality;

/**
 * What a {@link FieldSearch} spends on a field.
 *
 * @param probes lists searched for a cell on average, 1 or more; cells whose nearest lists hold
 *     nothing near get more of them, the others fewer
 * @param candidates matches by code whose full distance is calculated, 1 or more
 * @param rounds rounds of propagation at the most, 0 or more
 * @param usual mean distance by code, after the nearest list, of pictures that so many probes are
 *     right for: harder ones get more, easier ones fewer; 0 if all get the same
 */
record Effort(double probes, int candidates, int rounds, double usual) {
  Effort(double probes, int candidates, int rounds) {
    this(probes, candidates, rounds, 0);
  }

  /** What a search with a time budget spends at the most. */
  static final Effort WITHIN = new Effort(24, 6, 6);

  /** Lists for a cell on average at the most, however few exemplars are selected. */
  private static final int MOST_PROBES = 256;

  /** A cell may get so many times the lists of the average. */
  private static final int SPREAD = 4;

  /** A picture may get so many times the lists of usual ones. */
  private static final int HARDER = 4;

  /** How many levels there are. */
  static final int LEVELS = 27;

  /**
   * What calibration tries: more and more, in steps of less than a fifth.
   *
   * @param number 0 to {@link #LEVELS} - 1
   */
  static Effort level(int number) {
    double probes = Math.pow(2, number / 4.0);
    return new Effort(
        probes,
        (int) Math.round(Math.clamp(1.5 + probes / 2, 3, MOST_CANDIDATES)),
        (int) Math.round(Math.clamp(probes / 3, 1, MOST_ROUNDS)));
  }

  private static final int MOST_CANDIDATES = 24;
  private static final int MOST_ROUNDS = 6;

  Effort withUsual(double other) {
    return new Effort(probes, candidates, rounds, other);
  }

  /** A selection leaves fewer entries in a list, so more lists are searched. */
  Effort among(Selection selection) {
    double share = (double) selection.size() / selection.exemplars();
    return share == 1
        ? this
        : new Effort(
            Math.min(Math.max(MOST_PROBES, probes), probes / Math.max(share, 1e-9)),
            candidates,
            rounds,
            usual);
  }

  /** How many times the probes a picture gets whose cells are so far from what is found first. */
  double times(double mean) {
    return usual > 0 ? Math.clamp(mean / usual, 1, HARDER) : 1;
  }

  /** How many times the lists of the average a cell may get. */
  int spread() {
    return SPREAD;
  }

  /** What is spent where the lists do not know what a layer needs. */
  static Effort of(Quality quality) {
    return switch (quality) {
      case FAST -> new Effort(3, 3, 1);
      case BALANCED -> new Effort(6, 6, 2);
      case BEST -> new Effort(24, 16, 6);
    };
  }
}
