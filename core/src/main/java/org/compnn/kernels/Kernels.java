package org.compnn.kernels;

/**
 * The one door to SIMD: the loops in which searches spend their time.
 *
 * <p>Everything is packed. A block of the query holds {@link #ROWS} cells, {@code [channel][cell]};
 * a panel of the training set holds {@link #panel()} cells, {@code [channel][cell]}. Matrices of
 * products have a row per query cell and a column per training cell, rows {@code stride} apart. The
 * n-th {@link #lanes()} columns of a matrix are its slice n; a set of slices is a long, of which
 * bit n modulo 64 stands for slice n.
 *
 * <p>All twins do the same operations in the same order, so their results are equal bit for bit.
 * {@link #squaredDistance} and {@link #dot} alone are added up in an order of each twin's own: they
 * lie no farther from the true sum than (count + 4) x 2^-24 x the sum of their terms' sizes.
 */
public interface Kernels {
  /** Query cells in a block: 6 x 2 vectors of sums fill the 16 registers of AVX2. */
  int ROWS = 6;

  /** Entries of a block of codes, see {@link #widen}. */
  int BLOCK = 32;

  /** All slices. */
  long ALL = -1;

  /** The fastest that this machine and this JVM's modules allow. */
  static Kernels best() {
    return Best.KERNELS;
  }

  /**
   * Kernels without vectors, the oracle of the others.
   *
   * @param lanes as many floats as the vectors have that they stand for
   */
  static Kernels plain(int lanes) {
    return new PlainKernels(lanes);
  }

  /** Floats in a vector. */
  int lanes();

  /** Training cells in a panel. */
  default int panel() {
    return 2 * lanes();
  }

  /**
   * Products of one block of the query with {@code panels} panels that follow each other: {@code
   * out = bias + a . b}.
   *
   * @param bias one number per training cell
   */
  void multiply(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] bias,
      int biasAt,
      int channels,
      int panels,
      float[] out,
      int outAt,
      int stride);

  /**
   * Which slices of a block's matrix hold a number greater than the limit of its row; may also name
   * one with something that is not a number.
   *
   * @param slices how many there are
   * @param limits one number per query cell of the block
   */
  long exceed(float[] matrix, int at, int stride, int slices, float[] limits, int limitsAt);

  /** {@link #multiply}, then whether any product is greater than its limit. */
  default boolean product(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] bias,
      int biasAt,
      int channels,
      int panels,
      float[] out,
      int outAt,
      int stride,
      float[] limits,
      int limitsAt) {
    multiply(a, aAt, b, bAt, bias, biasAt, channels, panels, out, outAt, stride);
    return exceed(out, outAt, stride, 2 * panels, limits, limitsAt) != 0;
  }

  /** Which slices of one row hold a number greater than the limit. */
  long above(float[] row, int at, int slices, long among, float limit);

  /**
   * Adds a block's matrices, in the order in which they are named, and compares the sums as {@link
   * #exceed} does.
   *
   * @param at where each of them begins, two or more
   * @param among the slices that are added up and compared; the others are left as they are
   */
  long sum(
      float[] from,
      int[] at,
      float[] into,
      int intoAt,
      int stride,
      int slices,
      long among,
      float[] limits,
      int limitsAt);

  /**
   * The scores of a slice that are greater than the threshold: rows added in the order in which
   * they are named, times the scale, and the bias added.
   *
   * @param at where the slice begins in each of the rows
   * @param weightsAt where it begins in the weights
   * @param scores receives the slice's scores
   * @return the places in the slice of those that are greater, bit by bit
   */
  long select(
      float[] sums, int[] at, Weights weights, int weightsAt, float threshold, float[] scores);

  /** The bits of a set that stand for any slice at all. */
  static long within(long among, int slices) {
    return slices < Long.SIZE ? among & ((1L << slices) - 1) : among;
  }

  /** The sum of squared differences of two runs of numbers. */
  float squaredDistance(float[] a, int aAt, float[] b, int bAt, int count);

  /** The sum of products of two runs of numbers. */
  float dot(float[] a, int aAt, float[] b, int bAt, int count);

  /**
   * The columns of a row of scores that are greater than a threshold, from left to right.
   *
   * @param width scores in the row, a multiple of the panel
   * @param columns receives them; has room for all
   * @return how many there are
   */
  int above(float[] scores, int at, int width, float threshold, int[] columns);

  /**
   * A score that at least k scores of a row reach: of the greatest scores at each place of a panel,
   * {@code max over n of scores[at + n x panel + e]}, the k-th greatest, equal ones counted once.
   *
   * @param width scores in the row, a multiple of the panel
   * @param k 1 or more
   * @return minus infinity if there are fewer than k different ones
   */
  float reached(float[] scores, int at, int width, int k);

  /**
   * Widens blocks of codes, {@link #BLOCK} entries each, {@code [axis][entry]}, into panels that
   * follow each other.
   *
   * @param squares what an axis' squared number counts in the bias, minus a half of its squared
   *     step
   * @param bias receives for each entry the sum of its squared numbers times {@code squares}
   */
  void widen(byte[] codes, int blocks, int axes, float[] squares, float[] panels, float[] bias);

  /**
   * Multiplies a vector with a matrix: {@code out[k] = sum over i of vector[i] x matrix[i][k]},
   * sums over every fourth i first.
   *
   * @param columns of the matrix, as many numbers are written
   */
  void project(
      float[] vector, int at, int count, float[] matrix, int columns, float[] out, int outAt);

  /**
   * What turns sums of products into scores: {@code sum x scale + bias}.
   *
   * @param scale left out of the calculation if empty
   * @param bias 0, or minus infinity where a column is no candidate
   * @param width scores a row, a multiple of the panel
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  record Weights(float[] scale, float[] bias, int width) {
    public boolean scaled() {
      return scale.length > 0;
    }
  }
}
