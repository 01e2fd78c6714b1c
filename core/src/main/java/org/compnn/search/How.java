package org.compnn.search;

import java.util.Optional;

/** How a field was found. */
public sealed interface How {
  /** Seconds that it took. */
  double seconds();

  /** Every cell was compared with every cell. */
  record Exact(double seconds) implements How {}

  /**
   * Near matches by the inverted lists, passed on between neighbours.
   *
   * @param probes lists that were searched for a cell on average, 1 or more
   * @param rounds rounds of propagation, 0 or more
   * @param promise what the quality promises, where the lists were calibrated for what was asked
   * @param seconds what it took
   */
  record Lists(int probes, int rounds, Optional<Promise> promise, double seconds) implements How {}
}
