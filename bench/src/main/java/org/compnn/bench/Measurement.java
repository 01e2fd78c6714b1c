package org.compnn.bench;

/**
 * The best of a contender's runs.
 *
 * @param name of the contender
 * @param threads that it used
 * @param index whether it found the best match
 * @param own whether it is ours
 * @param cells cells of the query searched for
 * @param seconds the shortest run
 * @param gflops operations of the plain product a second, in 10^9, whatever the hyperpatch
 */
record Measurement(
    String name,
    int threads,
    boolean index,
    boolean own,
    int cells,
    double seconds,
    double gflops) {}
