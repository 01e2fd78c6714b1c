package org.compnn.search;

/** How a field was found. */
public sealed interface How {
  /** Seconds that it took. */
  double seconds();

  /** Every cell was compared with every cell. */
  record Exact(double seconds) implements How {}

  /**
   * Near matches by the inverted lists, passed on between neighbours.
   *
   * @param probes lists that were searched for a cell, 1 or more
   * @param rounds rounds of propagation, 0 or more
   * @param seconds what it took
   */
  record Lists(int probes, int rounds, double seconds) implements How {}
}
