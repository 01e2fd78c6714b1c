package org.compnn.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector twin against the plain one, bit for bit; the plain one against a double sum. */
final class KernelsTest {
  private final Kernels vector = new VectorKernels();
  private final Kernels plain = new PlainKernels(vector.lanes());

  @Test
  void theVectorTwinIsChosenWhenItsModuleIsThere() {
    assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 31, 67})
  void productsAreEqualBitForBitAndRight(int channels) {
    Random random = new Random(channels);
    int panels = 3;
    int width = panels * vector.panel();
    int stride = width + 5;
    float[] a = numbers(random, 2 + channels * Kernels.ROWS);
    float[] b = numbers(random, 3 + channels * width);
    float[] one = new float[1 + Kernels.ROWS * stride];
    float[] other = one.clone();
    float[] bias = numbers(random, 4 + width);
    float[] limits = new float[5 + Kernels.ROWS];
    Arrays.fill(limits, 1e9f);
    assertThat(vector.product(a, 2, b, 3, bias, 4, channels, panels, one, 1, stride, limits, 5))
        .isFalse();
    assertThat(plain.product(a, 2, b, 3, bias, 4, channels, panels, other, 1, stride, limits, 5))
        .isFalse();
    for (int i = 0; i < Kernels.ROWS; i++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int e = 0; e < width; e++) {
        greatest = Math.max(greatest, one[1 + i * stride + e]);
      }
      for (float limit : new float[] {greatest, Math.nextDown(greatest), Float.NEGATIVE_INFINITY}) {
        limits[5 + i] = limit;
        for (Kernels kernels : new Kernels[] {vector, plain}) {
          assertThat(
                  kernels.product(
                      a, 2, b, 3, bias, 4, channels, panels, one.clone(), 1, stride, limits, 5))
              .isEqualTo(limit < greatest);
        }
      }
      limits[5 + i] = 1e9f;
    }
    assertThat(one).isEqualTo(other);
    for (int i = 0; i < Kernels.ROWS; i++) {
      for (int e = 0; e < width; e++) {
        double sum = bias[4 + e];
        double bound = Math.abs(sum) * channels * 0x1p-24;
        for (int k = 0; k < channels; k++) {
          int panel = e / vector.panel();
          float y = b[3 + (panel * channels + k) * vector.panel() + e % vector.panel()];
          double term = (double) a[2 + k * Kernels.ROWS + i] * y;
          sum += term;
          bound += Math.abs(term) * channels * 0x1p-24;
        }
        assertThat(Math.abs(one[1 + i * stride + e] - sum)).isLessThanOrEqualTo(bound);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 40})
  void codesAreWidenedAlikeAndWithTheirBias(int axes) {
    Random random = new Random(axes);
    int blocks = 3;
    byte[] codes = new byte[blocks * axes * Kernels.BLOCK];
    random.nextBytes(codes);
    float[] squares = numbers(random, axes);
    float[] one = new float[codes.length];
    float[] other = new float[codes.length];
    float[] bias = new float[blocks * Kernels.BLOCK];
    float[] otherBias = new float[bias.length];
    vector.widen(codes, blocks, axes, squares, one, bias);
    plain.widen(codes, blocks, axes, squares, other, otherBias);
    assertThat(one).isEqualTo(other);
    assertThat(bias).isEqualTo(otherBias);
    int entry = 2 * Kernels.BLOCK + 3;
    double norm = 0;
    for (int k = 0; k < axes; k++) {
      byte x = codes[(2 * axes + k) * Kernels.BLOCK + 3];
      int panel = entry / vector.panel();
      assertThat(one[(panel * axes + k) * vector.panel() + entry % vector.panel()]).isEqualTo(x);
      norm += (double) x * x * squares[k];
    }
    assertThat((double) bias[entry]).isCloseTo(norm, within(1e-3 * axes * 128 * 128));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 18, 288})
  void vectorsAreProjectedAlike(int count) {
    Random random = new Random(count);
    for (int columns : new int[] {1, vector.lanes(), 2 * vector.lanes() + 3}) {
      float[] matrix = numbers(random, count * columns);
      float[] numbers = numbers(random, count + 2);
      float[] one = new float[columns + 1];
      float[] other = new float[columns + 1];
      vector.project(numbers, 2, count, matrix, columns, one, 1);
      plain.project(numbers, 2, count, matrix, columns, other, 1);
      assertThat(one).isEqualTo(other);
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += (double) numbers[2 + i] * matrix[i * columns + columns - 1];
      }
      assertThat((double) one[columns]).isCloseTo(sum, within(1e-4 * count));
    }
  }

  @Test
  void theScoresAboveAThresholdAreNamedByTheirColumns() {
    Random random = new Random(2);
    int width = 3 * vector.panel();
    float[] scores = numbers(random, 3 + width);
    scores[3] = 0.25f;
    int[] one = new int[width];
    int[] other = new int[width];
    int found = vector.above(scores, 3, width, 0.25f, one);
    assertThat(plain.above(scores, 3, width, 0.25f, other)).isEqualTo(found);
    assertThat(Arrays.copyOf(one, found))
        .isEqualTo(Arrays.copyOf(other, found))
        .isEqualTo(IntStream.range(0, width).filter(e -> scores[3 + e] > 0.25f).toArray());
  }

  @Test
  void theGreatestScoreAtEachPlaceOfAPanelIsFound() {
    int panel = vector.panel();
    float[] scores = numbers(new Random(4), 2 + 5 * panel);
    List<Float> maxima =
        IntStream.range(0, panel)
            .mapToObj(
                e ->
                    (float)
                        IntStream.range(0, 5)
                            .mapToDouble(n -> scores[2 + n * panel + e])
                            .max()
                            .orElseThrow())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int k = 1; k <= panel + 1; k++) {
      float reached = vector.reached(scores, 2, 5 * panel, k);
      assertThat(plain.reached(scores, 2, 5 * panel, k)).isEqualTo(reached);
      assertThat(reached)
          .isEqualTo(k <= maxima.size() ? maxima.get(k - 1) : Float.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void sumsAreEqualBitForBitAndOnlyOfTheSlicesNamed(int terms) {
    Random random = new Random(terms);
    int slices = 5;
    int width = slices * vector.lanes();
    int stride = width + 3;
    float[] from = numbers(random, 100 * terms + Kernels.ROWS * stride);
    int[] at = IntStream.range(0, terms).map(a -> 3 + 100 * a).toArray();
    for (long among : new long[] {0, 0b10110, Kernels.ALL}) {
      float[] one = numbers(random, 7 + Kernels.ROWS * stride);
      float[] before = one.clone();
      float[] other = one.clone();
      float[] limits = numbers(random, 5 + Kernels.ROWS);
      limits[5 + random.nextInt(Kernels.ROWS)] = 3;
      long exceeding = vector.sum(from, at, one, 7, stride, slices, among, limits, 5);
      assertThat(plain.sum(from, at, other, 7, stride, slices, among, limits, 5))
          .isEqualTo(exceeding);
      assertThat(one).isEqualTo(other);
      assertThat(exceeding).isEqualTo(plain.exceed(one, 7, stride, slices, limits, 5) & among);
      for (int i = 0; i < Kernels.ROWS; i++) {
        for (int e = 0; e < stride; e++) {
          float expected = from[at[0] + i * stride + e];
          for (int a = 1; a < terms; a++) {
            expected += from[at[a] + i * stride + e];
          }
          boolean named = e < width && ((among >>> (e / vector.lanes())) & 1) != 0;
          int here = 7 + i * stride + e;
          assertThat(one[here]).isEqualTo(named ? expected : before[here]);
        }
      }
    }
  }

  @Test
  void onlySlicesWithANumberAboveItsLimitAreNamed() {
    // More slices than a set has bits: slice 66 shares a bit with slice 2.
    int slices = 67;
    int stride = slices * vector.lanes() + 3;
    float[] matrix = new float[5 + Kernels.ROWS * stride];
    float[] limits = new float[2 + Kernels.ROWS];
    int[] columns = {2 * vector.lanes(), 9 * vector.lanes() - 1, 66 * vector.lanes() + 1};
    matrix[5 + columns[0]] = 1;
    matrix[5 + 3 * stride + columns[1]] = 1;
    matrix[5 + 5 * stride + columns[2]] = 1;
    for (Kernels kernels : new Kernels[] {vector, plain}) {
      assertThat(kernels.exceed(matrix, 5, stride, slices, limits, 2))
          .isEqualTo((1L << 2) | (1L << 8));
      long[] rows = {1L << 2, 0, 0, 1L << 8, 0, 1L << 2};
      for (int i = 0; i < Kernels.ROWS; i++) {
        int at = 5 + i * stride;
        assertThat(kernels.above(matrix, at, slices, Kernels.ALL, 0)).isEqualTo(rows[i]);
        assertThat(kernels.above(matrix, at, slices, 1L << 2, 0)).isEqualTo(rows[i] & (1L << 2));
        assertThat(kernels.above(matrix, at, slices, Kernels.ALL, 1)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void scoresAreEqualBitForBitAndOnlyThoseAboveTheThresholdAreSelected(int terms) {
    Random random = new Random(terms);
    int lanes = vector.lanes();
    for (boolean scaled : new boolean[] {false, true}) {
      Kernels.Weights weights =
          new Kernels.Weights(
              scaled ? numbers(random, lanes + 4) : new float[0],
              numbers(random, lanes + 4),
              lanes);
      weights.bias()[4 + lanes - 1] = Float.NEGATIVE_INFINITY;
      float[] sums = numbers(random, 400);
      int[] at = IntStream.range(0, terms).map(b -> 1 + 49 * b).toArray();
      for (float threshold : new float[] {Float.NEGATIVE_INFINITY, -1, 0, 1, 3, 100}) {
        float[] one = new float[lanes];
        float[] other = new float[lanes];
        long found = vector.select(sums, at, weights, 4, threshold, one);
        assertThat(plain.select(sums, at, weights, 4, threshold, other)).isEqualTo(found);
        for (int e = 0; e < lanes; e++) {
          assertThat(other[e] > threshold).isEqualTo(((found >>> e) & 1) != 0);
          if (found != 0) {
            assertThat(one[e]).isEqualTo(other[e]);
          }
        }
        if (threshold == Float.NEGATIVE_INFINITY) {
          assertThat(found).isEqualTo((1L << (lanes - 1)) - 1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 31, 32, 33, 288, 1001})
  void distancesAndDotsOfBothTwinsAreWithinTheBound(int count) {
    Random random = new Random(count);
    float[] a = numbers(random, count + 3);
    float[] b = numbers(random, count + 5);
    double squares = 0;
    double products = 0;
    double sizes = 0;
    for (int i = 0; i < count; i++) {
      squares += Math.pow((double) a[3 + i] - b[5 + i], 2);
      products += (double) a[3 + i] * b[5 + i];
      sizes += Math.abs((double) a[3 + i] * b[5 + i]);
    }
    double rounding = (count + 4) * 0x1p-24;
    for (Kernels kernels : new Kernels[] {vector, plain}) {
      assertThat((double) kernels.squaredDistance(a, 3, b, 5, count))
          .isCloseTo(squares, within(rounding * squares));
      assertThat((double) kernels.dot(a, 3, b, 5, count))
          .isCloseTo(products, within(rounding * sizes));
    }
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
