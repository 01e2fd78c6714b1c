package org.compnn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
    byte[] codes = new byte[blocks * axes * ListIndex.BLOCK];
    random.nextBytes(codes);
    float[] squares = numbers(random, axes);
    float[] one = new float[codes.length];
    float[] other = new float[codes.length];
    float[] bias = new float[blocks * ListIndex.BLOCK];
    float[] otherBias = new float[bias.length];
    vector.widen(codes, blocks, axes, squares, one, bias);
    plain.widen(codes, blocks, axes, squares, other, otherBias);
    assertThat(one).isEqualTo(other);
    assertThat(bias).isEqualTo(otherBias);
    int entry = 2 * ListIndex.BLOCK + 3;
    double norm = 0;
    for (int k = 0; k < axes; k++) {
      byte x = codes[(2 * axes + k) * ListIndex.BLOCK + 3];
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
    float[] one = new float[panel];
    float[] other = new float[panel];
    vector.maxima(scores, 2, 5 * panel, one);
    plain.maxima(scores, 2, 5 * panel, other);
    assertThat(one).isEqualTo(other);
    for (int e = 0; e < panel; e++) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int n = 0; n < 5; n++) {
        greatest = Math.max(greatest, scores[2 + n * panel + e]);
      }
      assertThat(one[e]).isEqualTo(greatest);
    }
  }

  @Test
  void sumsAreEqualBitForBit() {
    Random random = new Random(1);
    int count = 4 * vector.panel();
    float[] from = numbers(random, 500);
    float[] one = new float[7 + count];
    float[] other = one.clone();
    vector.sum2(from, 3, 90, one, 7, count);
    plain.sum2(from, 3, 90, other, 7, count);
    assertThat(one).isEqualTo(other);
    vector.add(one, 7, from, 11, count);
    plain.add(other, 7, from, 11, count);
    assertThat(one).isEqualTo(other);
    vector.sum3(from, 3, 90, 200, one, 7, count);
    plain.sum3(from, 3, 90, 200, other, 7, count);
    assertThat(one).isEqualTo(other);
    assertThat(one[7]).isEqualTo(from[3] + from[90] + from[200]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void scoresAreEqualBitForBitAndBeatOnlySmallerThresholds(int terms) {
    Random random = new Random(terms);
    int width = 3 * vector.panel();
    for (boolean scaled : new boolean[] {false, true}) {
      Kernels.Weights weights =
          new Kernels.Weights(
              scaled ? numbers(random, width + 4) : new float[0],
              numbers(random, width + 4),
              width);
      weights.bias()[4 + width - 1] = Float.NEGATIVE_INFINITY;
      float[] sums = numbers(random, 300);
      Kernels.Shifts shifts = new Kernels.Shifts();
      shifts.set(terms, 1, 50, 99);
      float best = Float.NEGATIVE_INFINITY;
      for (float threshold : new float[] {Float.NEGATIVE_INFINITY, -1, 0, 1, 3, 100}) {
        int[] columns = new int[width];
        float[] one = new float[width];
        int[] otherColumns = new int[width];
        float[] other = new float[width];
        int found = vector.select(sums, shifts, weights, 4, threshold, columns, one);
        assertThat(plain.select(sums, shifts, weights, 4, threshold, otherColumns, other))
            .isEqualTo(found);
        assertThat(Arrays.copyOf(columns, found)).isEqualTo(Arrays.copyOf(otherColumns, found));
        assertThat(Arrays.copyOf(one, found)).isEqualTo(Arrays.copyOf(other, found));
        for (int i = 0; i < found; i++) {
          assertThat(one[i]).isGreaterThan(threshold);
          best = Math.max(best, one[i]);
        }
        if (threshold == Float.NEGATIVE_INFINITY) {
          assertThat(found).isEqualTo(width - 1);
        }
      }
      for (Kernels kernels : new Kernels[] {vector, plain}) {
        assertThat(kernels.beats(sums, shifts, weights, 4, best)).isFalse();
        assertThat(kernels.beats(sums, shifts, weights, 4, Math.nextDown(best))).isTrue();
        assertThat(kernels.beats(sums, shifts, weights, 4, Float.NEGATIVE_INFINITY)).isTrue();
      }
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
