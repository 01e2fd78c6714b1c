package org.compnn.database;

import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;

/**
 * The cells of one layer for all exemplars, mapped from disk. Safe for use by many threads.
 *
 * <p>Numbers come standardised: minus the mean of their channel, over its standard deviation, both
 * taken over the training set (a channel that never changes has deviation 1). Those of {@link
 * ElementType#CODED coded} cells come as coordinates along the layer's principal axes besides, as
 * many as there are channels: distances and angles are the same.
 */
public interface CellStore {
  Layer layer();

  /** Number of exemplars. */
  int exemplars();

  ElementType type();

  /** Per channel, over the training set. */
  float[] mean();

  /** Per channel, over the training set; never 0. */
  float[] deviation();

  /**
   * Reads cells of one exemplar, standardised.
   *
   * @param exemplar index of the exemplar
   * @param from first cell, row x columns + column
   * @param count number of cells
   * @param into receives count x channels numbers, the channels of a cell together
   * @param at where in {@code into} the first number goes
   */
  void read(int exemplar, int from, int count, float[] into, int at);

  /**
   * A query in the terms of this store: rounded to the stored type as the exemplars' cells were,
   * then standardised. So a picture of the training set matches itself at distance 0.
   */
  FeatureMap standardise(FeatureMap activations);

  /** Turns numbers of whole cells, as {@link #read} gives them, into the network's, in place. */
  default void restore(float[] numbers) {
    float[] mean = mean();
    float[] deviation = deviation();
    for (int i = 0; i < numbers.length; i++) {
      int channel = i % mean.length;
      numbers[i] = numbers[i] * deviation[channel] + mean[channel];
    }
  }
}
