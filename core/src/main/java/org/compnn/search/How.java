package org.compnn.search;

/** How a field was found. */
public sealed interface How {
  /** What the search took, in seconds. */
  double seconds();

  /** Every cell was compared with every cell: no match is nearer than those of the field. */
  record Exact(double seconds) implements How {}

  /**
   * By inverted lists: that a match is the nearest is likely, not sure.
   *
   * @param probes lists that were searched for a cell, 1 or more
   * @param rounds rounds of propagation
   */
  record Lists(int probes, int rounds, double seconds) implements How {}
}
