package org.compnn.search.field;

import org.compnn.search.Quality;

/**
 * What a {@link FieldSearch} spends on a field.
 *
 * @param probes lists searched for a cell on average, 1 or more; cells whose nearest lists hold
 *     nothing near get more of them, the others fewer
 * @param candidates matches by code whose full distance is calculated, 1 or more
 * @param rounds rounds of propagation at the most, 0 or more
 * @param usual mean distance by code, after the {@link #least} lists, of pictures that so many
 *     probes are right for: harder ones get more, easier ones fewer; 0 if all get the same
 */
record Effort(int probes, int candidates, int rounds, double usual) {
  Effort(int probes, int candidates, int rounds) {
    this(probes, candidates, rounds, 0);
  }

  /** What a search with a time budget spends at the most. */
  static final Effort WITHIN = new Effort(24, 6, 6);

  /** A cell may get so many times the lists of the average. */
  private static final int SPREAD = 4;

  Effort withProbes(int other) {
    return new Effort(other, candidates, rounds, usual);
  }

  Effort withUsual(double other) {
    return new Effort(probes, candidates, rounds, other);
  }

  /** How many times the probes a picture gets whose cells are so far from what is found first. */
  double times(double mean) {
    return usual > 0 ? Math.clamp(mean / usual, 1.0 / HARDER, HARDER) : 1;
  }

  /** A picture may get so many times the lists of usual ones, or so many times fewer. */
  private static final int HARDER = 4;

  /** Lists that every cell gets. */
  int least() {
    return Math.min(probes, 2);
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
