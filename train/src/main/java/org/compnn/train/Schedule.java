package org.compnn.train;

/**
 * How long and how fast to learn.
 *
 * @param rows of the network's input
 * @param columns of the network's input
 * @param epochs how often the data set is gone through
 * @param batch pairs in one step
 * @param rate Adam's learning rate; held for the first half, then falling evenly to 0
 * @param jitter pixels by which pairs are enlarged before a window is cut out of them
 * @param mirror whether half of the pairs are mirrored
 * @param sheetEvery epochs between two sheets of samples
 * @param seed of the first weights, the order, the windows and dropout
 */
record Schedule(
    int rows,
    int columns,
    int epochs,
    int batch,
    double rate,
    int jitter,
    boolean mirror,
    int sheetEvery,
    long seed) {
  /** The learning rate of an epoch, counted from 1. */
  double rate(int epoch) {
    int held = epochs / 2;
    return epoch <= held ? rate : rate * (epochs + 1 - epoch) / (epochs + 1.0 - held);
  }

  int enlargedRows() {
    return rows + jitter;
  }

  int enlargedColumns() {
    return columns + (int) Math.round((double) jitter * columns / rows);
  }
}
