package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.compnn.kernels.TransformCode;
import org.junit.jupiter.api.Test;

final class CodebookTest {
  private static final int CHANNELS = 12;
  private static final int POINTS = 4000;

  /**
   * Points about 0 that differ by 10 along one known axis, less along others, not at all along two.
   */
  @Test
  void theAxesAreThoseOfTheCellsAndTheWidestHaveTheBits() {
    Random random = new Random(1);
    double[][] known = axes(random);
    double[] widths = {10, 5, 3, 2, 1, 0.5, 0.1, 0.1, 0.01, 0.01, 0, 0};
    float[] points = new float[POINTS * CHANNELS];
    for (int n = 0; n < POINTS; n++) {
      for (int k = 0; k < CHANNELS; k++) {
        double along = widths[k] * random.nextGaussian();
        for (int c = 0; c < CHANNELS; c++) {
          points[n * CHANNELS + c] += (float) (along * known[k][c]);
        }
      }
    }
    float[] mean = new float[CHANNELS];
    float[] deviation = new float[CHANNELS];
    Arrays.fill(deviation, 1);
    float[] book = Codebook.learn(mean, deviation, points);
    for (int k = 0; k < 6; k++) {
      double cosine = 0;
      for (int c = 0; c < CHANNELS; c++) {
        cosine += known[k][c] * book[(TransformCode.HEAD + k) * CHANNELS + c];
      }
      assertThat(Math.abs(cosine)).as("axis %d", k).isCloseTo(1, within(2e-3));
    }
    float[] bits =
        Arrays.copyOfRange(
            book, TransformCode.BITS * CHANNELS, (TransformCode.BITS + 1) * CHANNELS);
    assertThat(bits).startsWith(8, 8, 8, 8).endsWith(0, 0);
    TransformCode code = new TransformCode(book);
    float[] back = points.clone();
    code.standardise(back);
    code.restore(back, 0, back.length);
    double error = 0;
    for (int i = 0; i < points.length; i++) {
      error += Math.pow(back[i] - points[i], 2);
    }
    double all = Arrays.stream(widths).map(w -> w * w).sum();
    assertThat(error / POINTS).as("of %s", all).isLessThan(1e-3 * all);
  }

  /** At right angles to each other. */
  private static double[][] axes(Random random) {
    double[][] axes = new double[CHANNELS][CHANNELS];
    for (int k = 0; k < CHANNELS; k++) {
      for (int c = 0; c < CHANNELS; c++) {
        axes[k][c] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double dot = dot(axes[k], axes[j]);
          for (int c = 0; c < CHANNELS; c++) {
            axes[k][c] -= dot * axes[j][c];
          }
        }
      }
      double length = Math.sqrt(dot(axes[k], axes[k]));
      for (int c = 0; c < CHANNELS; c++) {
        axes[k][c] /= length;
      }
    }
    return axes;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
