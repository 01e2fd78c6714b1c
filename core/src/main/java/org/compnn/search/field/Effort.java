package org.compnn.search.field;

import org.compnn.search.Quality;

/**
 * What a {@link FieldSearch} spends on a field.
 *
 * @param probes lists searched for a cell, 1 or more
 * @param within groups whose lists are looked at to choose them, 1 or more
 * @param candidates matches by code whose full distance is calculated, 1 or more
 * @param rounds rounds of propagation at the most, 0 or more
 */
record Effort(int probes, int within, int candidates, int rounds) {
  /** What a search with a time budget spends at the most. */
  static final Effort WITHIN = new Effort(24, 6, 6, 6);

  static Effort of(Quality quality) {
    return switch (quality) {
      case FAST -> new Effort(3, 2, 3, 1);
      case BALANCED -> new Effort(6, 3, 6, 2);
      case BEST -> new Effort(24, 8, 16, 6);
    };
  }
}
