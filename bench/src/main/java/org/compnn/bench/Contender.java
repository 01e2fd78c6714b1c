package org.compnn.bench;

/**
 * One of the things compared. A run does the whole work once.
 *
 * @param name for the table
 * @param threads how many it may use
 * @param index whether it finds the best match, or only multiplies
 * @param own whether it is ours
 * @param cells cells of the query that a run searches for
 * @param run does the work; returns the seconds it took
 */
record Contender(String name, int threads, boolean index, boolean own, int cells, Run run) {
  /** One run. */
  @FunctionalInterface
  interface Run {
    double seconds();
  }
}
