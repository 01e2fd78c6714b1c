package org.compnn.bench.truth;

/**
 * A line of the table.
 *
 * @param metric what is measured
 * @param figure which number of it
 * @param network what was explained
 * @param seed of the pictures and of the training
 * @param method what named training pictures
 * @param value mean and interval over questions
 */
record Row(String metric, String figure, String network, long seed, String method, Interval value) {
  /** The same of another metric. */
  Row of(String other) {
    return new Row(other, figure, network, seed, method, value);
  }
}
