package org.compnn.database.build;

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
  /** Numbers a pass of the inner loops, so that layers of few channels run in long loops too. */
  private static final int RUN = 1024;

  static ChannelStatistics none(int channels) {
    return new ChannelStatistics(
        0, new double[channels], new double[channels], new float[channels]);
  }

  static ChannelStatistics of(FeatureMap map) {
    int channels = map.channels();
    float[] numbers = map.cells();
    int cells = map.rows() * map.columns();
    int run = Math.ceilDiv(RUN, channels) * channels;
    float[] origin = new float[run];
    for (int i = 0; i < run; i++) {
      origin[i] = numbers[i % channels];
    }
    double[] runSums = new double[run];
    double[] runSquares = new double[run];
    int[] runPeaks = new int[run];
    for (int from = 0; from < numbers.length; from += run) {
      int count = Math.min(run, numbers.length - from);
      add(numbers, from, count, origin, runSums, runSquares);
      Magnitude.raise(numbers, from, count, runPeaks);
    }
    double[] mean = folded(runSums, channels);
    double[] squares = folded(runSquares, channels);
    float[] peak = new float[channels];
    for (int i = 0; i < run; i++) {
      peak[i % channels] = Math.max(peak[i % channels], Float.intBitsToFloat(runPeaks[i]));
    }
    for (int c = 0; c < channels; c++) {
      squares[c] = Math.max(0, squares[c] - mean[c] * mean[c] / cells);
      mean[c] = numbers[c] + mean[c] / cells;
    }
    return new ChannelStatistics(cells, mean, squares, peak);
  }

  private static void add(
      float[] numbers, int from, int count, float[] origin, double[] sums, double[] squares) {
    for (int i = 0; i < count; i++) {
      double difference = (double) numbers[from + i] - (double) origin[i];
      sums[i] += difference;
      squares[i] += difference * difference;
    }
  }

  private static double[] folded(double[] run, int channels) {
    double[] folded = new double[channels];
    for (int i = 0; i < run.length; i++) {
      folded[i % channels] += run[i];
    }
    return folded;
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
}
