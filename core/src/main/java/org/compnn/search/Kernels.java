package org.compnn.search;

/**
 * The one door to SIMD: the loops in which the exact search spends its time.
 *
 * <p>Everything is packed. A block of the query holds {@link #ROWS} cells, {@code [channel][cell]};
 * a panel of the training set holds {@link #panel()} cells, {@code [channel][cell]}. Matrices of
 * products have a row per query cell and a column per training cell, rows {@code stride} apart.
 *
 * <p>All twins do the same operations in the same order, so their results are equal bit for bit.
 */
interface Kernels {
  /** Query cells in a block: 6 x 2 vectors of sums fill the 16 registers of AVX2. */
  int ROWS = 6;

  /** The fastest that this machine and this JVM's modules allow. */
  static Kernels best() {
    return Best.KERNELS;
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
   * @param limits one number per query cell of the block
   * @return whether any number of a row is greater than the row's limit; may also say so when one
   *     is not a number
   */
  boolean product(
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
      int limitsAt);

  /** {@code into = from[at0] + from[at1]}, vectors of {@code count}, a multiple of the panel. */
  void sum2(float[] from, int at0, int at1, float[] into, int intoAt, int count);

  /** {@code into = from[at0] + from[at1] + from[at2]}. */
  void sum3(float[] from, int at0, int at1, int at2, float[] into, int intoAt, int count);

  /** {@code into += from}. */
  void add(float[] into, int intoAt, float[] from, int fromAt, int count);

  /**
   * Whether any score is greater than the threshold. May also say so when a score is not a number.
   */
  boolean beats(float[] sums, Shifts shifts, Weights weights, int weightsAt, float threshold);

  /**
   * The scores greater than the threshold, from left to right.
   *
   * @param columns receives their columns
   * @param scores receives them; as long as columns, which is at least the weights' width
   * @return how many there are
   */
  int select(
      float[] sums,
      Shifts shifts,
      Weights weights,
      int weightsAt,
      float threshold,
      int[] columns,
      float[] scores);

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
   * The greatest scores of a row, one for each place in a panel: {@code maxima[e] = max over n of
   * scores[at + n x panel + e]}.
   *
   * @param width scores in the row, a multiple of the panel
   * @param maxima receives {@link #panel} numbers
   */
  void maxima(float[] scores, int at, int width, float[] maxima);

  /**
   * Widens blocks of codes, {@link ListIndex#BLOCK} entries each, {@code [axis][entry]}, into
   * panels that follow each other.
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

  /** Where the one, two or three rows that make a row of scores begin in the sums. */
  final class Shifts {
    int terms;
    int first;
    int second;
    int third;

    void set(int terms, int first, int second, int third) {
      this.terms = terms;
      this.first = first;
      this.second = second;
      this.third = third;
    }
  }

  /**
   * What turns sums of products into scores: {@code sum x scale + bias}.
   *
   * @param scale left out of the calculation if empty
   * @param bias 0, or minus infinity where a column is no candidate
   * @param width scores a row, a multiple of the panel
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity.
  record Weights(float[] scale, float[] bias, int width) {
    boolean scaled() {
      return scale.length > 0;
    }
  }

  /** Chosen once; the vector twin is touched only when its module is there. */
  final class Best {
    static final Kernels KERNELS = choose();

    private Best() {}

    private static Kernels choose() {
      boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
      return vectors && VectorKernels.worthwhile() ? new VectorKernels() : new PlainKernels(8);
    }
  }
}
