package org.compnn.database.build;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sums over the cells of many exemplars from which mean and deviation of every channel follow.
 *
 * <p>They are whole numbers, so adding them is exact: what comes out is the same to the last bit in
 * whatever order, and from whatever parts, the exemplars came together. An exemplar's own part is
 * always worked out in the same way, by {@link ChannelStatistics}.
 *
 * @param cells how many cells
 * @param sums per channel, in units of 2^-{@value #FRACTION}
 * @param squares per channel, in units of that squared
 * @param peak per channel, the largest magnitude
 */
record ChannelSums(long cells, List<BigInteger> sums, List<BigInteger> squares, List<Float> peak) {
  /** Binary places: the smallest float has 149, and its mean over many cells some more. */
  static final int FRACTION = 200;

  ChannelSums {
    sums = List.copyOf(sums);
    squares = List.copyOf(squares);
    peak = List.copyOf(peak);
  }

  static ChannelSums none(int channels) {
    List<BigInteger> zeros = Collections.nCopies(channels, BigInteger.ZERO);
    return new ChannelSums(0, zeros, zeros, Collections.nCopies(channels, 0f));
  }

  /** Of an exemplar's cells. */
  static ChannelSums of(ChannelStatistics exemplar) {
    int channels = exemplar.mean().length;
    BigInteger cells = BigInteger.valueOf(exemplar.cells());
    List<BigInteger> sums = new ArrayList<>(channels);
    List<BigInteger> squares = new ArrayList<>(channels);
    List<Float> peak = new ArrayList<>(channels);
    for (int c = 0; c < channels; c++) {
      BigInteger mean = whole(exemplar.mean()[c], FRACTION);
      sums.add(mean.multiply(cells));
      squares.add(
          mean.multiply(mean).multiply(cells).add(whole(exemplar.squares()[c], 2 * FRACTION)));
      peak.add(exemplar.peak()[c]);
    }
    return new ChannelSums(exemplar.cells(), sums, squares, peak);
  }

  /** A number in units of 2^-{@code places}; what is smaller than that is cut off. */
  private static BigInteger whole(double number, int places) {
    if (number == 0) {
      return BigInteger.ZERO;
    }
    int exponent = Math.max(Math.getExponent(number), Double.MIN_EXPONENT);
    // With so many binary places the number is whole.
    int own = 52 - exponent;
    long digits = (long) Math.scalb(number, own);
    return BigInteger.valueOf(digits).shiftLeft(places - own);
  }

  /** Of these cells and those together. */
  ChannelSums and(ChannelSums that) {
    int channels = sums.size();
    List<BigInteger> allSums = new ArrayList<>(channels);
    List<BigInteger> allSquares = new ArrayList<>(channels);
    List<Float> peaks = new ArrayList<>(channels);
    for (int c = 0; c < channels; c++) {
      allSums.add(sums.get(c).add(that.sums.get(c)));
      allSquares.add(squares.get(c).add(that.squares.get(c)));
      peaks.add(Math.max(peak.get(c), that.peak.get(c)));
    }
    return new ChannelSums(cells + that.cells, allSums, allSquares, peaks);
  }

  /** Mean per channel. */
  float[] means() {
    float[] means = new float[sums.size()];
    BigDecimal all = unit(FRACTION).multiply(BigDecimal.valueOf(Math.max(1, cells)));
    for (int c = 0; c < means.length; c++) {
      means[c] = quotient(sums.get(c), all).floatValue();
    }
    return means;
  }

  /** Standard deviation per channel; 1 for a channel that never changes. */
  float[] deviations() {
    float[] deviations = new float[sums.size()];
    BigInteger all = BigInteger.valueOf(Math.max(1, cells));
    BigDecimal below = unit(2 * FRACTION).multiply(new BigDecimal(all.multiply(all)));
    for (int c = 0; c < deviations.length; c++) {
      BigInteger spread = all.multiply(squares.get(c)).subtract(sums.get(c).multiply(sums.get(c)));
      float deviation = (float) Math.sqrt(Math.max(0, quotient(spread, below).doubleValue()));
      deviations[c] = deviation < Float.MIN_NORMAL ? 1 : deviation;
    }
    return deviations;
  }

  private static BigDecimal unit(int places) {
    return new BigDecimal(BigInteger.ONE.shiftLeft(places));
  }

  private static BigDecimal quotient(BigInteger above, BigDecimal below) {
    return new BigDecimal(above).divide(below, new MathContext(40, RoundingMode.HALF_EVEN));
  }

  /** Steps of signed bytes that just reach the peak of every channel; 1 for a channel of zeros. */
  float[] scales() {
    float[] scales = new float[peak.size()];
    for (int c = 0; c < scales.length; c++) {
      float scale = peak.get(c) / 127;
      scales[c] = scale < Float.MIN_NORMAL ? 1 : scale;
    }
    return scales;
  }
}
