package org.compnn.database.build;

import org.compnn.network.FeatureMap;

/**
 * Mean, squared deviations and peak of every channel over an exemplar's cells; {@link ChannelSums}
 * brings those of many exemplars together.
 *
 * <p>The sums are taken relative to the first cell, so a channel that never changes has squared
 * deviations of exactly 0.
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

  static ChannelStatistics of(FeatureMap map) {
    Sums sums = new Sums(map.channels());
    float[] numbers = map.cells();
    for (int from = 0; from < numbers.length; from += sums.run()) {
      sums.add(numbers, from, Math.min(sums.run(), numbers.length - from));
    }
    return sums.statistics();
  }

  /** Of no cells. */
  static ChannelStatistics none(int channels) {
    return new ChannelStatistics(
        0, new double[channels], new double[channels], new float[channels]);
  }

  /** Statistics under way, of cells that come run after run. */
  static final class Sums {
    private final int channels;
    private final float[] origin;
    private final double[] sums;
    private final double[] squares;
    private final int[] peaks;
    private long numbers;

    Sums(int channels) {
      this.channels = channels;
      int run = Math.ceilDiv(RUN, channels) * channels;
      this.origin = new float[run];
      this.sums = new double[run];
      this.squares = new double[run];
      this.peaks = new int[run];
    }

    /** How many numbers come at once, all but the last time: those of whole cells. */
    int run() {
      return origin.length;
    }

    /** The next numbers, those of whole cells from index {@code from}. */
    void add(float[] cells, int from, int count) {
      for (int i = 0; numbers == 0 && i < origin.length; i++) {
        origin[i] = cells[from + i % channels];
      }
      ChannelStatistics.add(cells, from, count, origin, sums, squares);
      Magnitude.raise(cells, from, count, peaks);
      numbers += count;
    }

    ChannelStatistics statistics() {
      long cells = numbers / channels;
      double[] mean = folded(sums, channels);
      double[] differences = folded(squares, channels);
      float[] peak = new float[channels];
      for (int i = 0; i < peaks.length; i++) {
        peak[i % channels] = Math.max(peak[i % channels], Float.intBitsToFloat(peaks[i]));
      }
      for (int c = 0; c < channels; c++) {
        differences[c] = Math.max(0, differences[c] - mean[c] * mean[c] / cells);
        mean[c] = origin[c] + mean[c] / cells;
      }
      return new ChannelStatistics(cells, mean, differences, peak);
    }
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
}
