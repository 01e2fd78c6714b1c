package org.compnn.database;

import org.compnn.network.FeatureMap;

/**
 * Mean, squared deviations and peak of every channel over some cells; merged in a fixed order they
 * come out the same however many threads worked.
 *
 * <p>The sums are taken relative to the first cell, so a channel that never changes has squared
 * deviations of exactly 0. Merging follows Chan, Golub and LeVeque (1979), <i>Updating formulae and
 * a pairwise algorithm for computing sample variances</i>.
 *
 * @param cells how many cells
 * @param mean per channel
 * @param squares per channel, the sum of squared differences from the mean
 * @param peak per channel, the largest magnitude
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record ChannelStatistics(long cells, double[] mean, double[] squares, float[] peak) {

  static ChannelStatistics none(int channels) {
    return new ChannelStatistics(
        0, new double[channels], new double[channels], new float[channels]);
  }

  static ChannelStatistics of(FeatureMap map) {
    int channels = map.channels();
    float[] numbers = map.cells();
    int cells = map.rows() * map.columns();
    double[] mean = new double[channels];
    float[] peak = new float[channels];
    for (int from = 0; from < numbers.length; from += channels) {
      for (int c = 0; c < channels; c++) {
        mean[c] += (double) numbers[from + c] - (double) numbers[c];
      }
      for (int c = 0; c < channels; c++) {
        peak[c] = Math.max(peak[c], Math.abs(numbers[from + c]));
      }
    }
    for (int c = 0; c < channels; c++) {
      mean[c] = numbers[c] + mean[c] / cells;
    }
    double[] squares = new double[channels];
    for (int from = 0; from < numbers.length; from += channels) {
      for (int c = 0; c < channels; c++) {
        double difference = numbers[from + c] - mean[c];
        squares[c] += difference * difference;
      }
    }
    return new ChannelStatistics(cells, mean, squares, peak);
  }

  /** Of these cells and those together. */
  ChannelStatistics and(ChannelStatistics that) {
    if (cells == 0) {
      return that;
    }
    if (that.cells == 0) {
      return this;
    }
    int channels = mean.length;
    long all = cells + that.cells;
    double[] means = new double[channels];
    double[] sums = new double[channels];
    float[] peaks = new float[channels];
    for (int c = 0; c < channels; c++) {
      double apart = that.mean[c] - mean[c];
      means[c] = mean[c] + apart * that.cells / all;
      sums[c] = squares[c] + that.squares[c] + apart * apart * cells / all * that.cells;
      peaks[c] = Math.max(peak[c], that.peak[c]);
    }
    return new ChannelStatistics(all, means, sums, peaks);
  }

  float[] means() {
    float[] means = new float[mean.length];
    for (int c = 0; c < means.length; c++) {
      means[c] = (float) mean[c];
    }
    return means;
  }

  /** Standard deviation per channel; 1 for a channel that never changes. */
  float[] deviations() {
    float[] deviations = new float[mean.length];
    for (int c = 0; c < deviations.length; c++) {
      float deviation = (float) Math.sqrt(squares[c] / Math.max(1, cells));
      deviations[c] = deviation < Float.MIN_NORMAL ? 1 : deviation;
    }
    return deviations;
  }

  /** Steps of signed bytes that just reach the peak of every channel; 1 for a channel of zeros. */
  float[] scales() {
    float[] scales = new float[mean.length];
    for (int c = 0; c < scales.length; c++) {
      float scale = peak[c] / 127;
      scales[c] = scale < Float.MIN_NORMAL ? 1 : scale;
    }
    return scales;
  }

  /** Whether every number was finite. */
  boolean finite() {
    for (double sum : squares) {
      if (!Double.isFinite(sum)) {
        return false;
      }
    }
    return true;
  }

  /** The largest magnitude of all channels. */
  float highest() {
    float highest = 0;
    for (float p : peak) {
      highest = Math.max(highest, p);
    }
    return highest;
  }
}
