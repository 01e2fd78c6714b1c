package org.compnn.search;

import java.util.Arrays;
import org.compnn.kernels.Kernels;

/**
 * Some centroids, packed for the kernels, so that six codes are compared with all of them in one
 * small matrix product. The score of a centroid c for a code q is q.c - |c|^2 / 2: the greatest
 * belongs to the nearest.
 */
final class Centroids {
  private final Kernels kernels;
  private final int axes;
  private final int count;
  private final int panels;
  private final float[] packed;
  private final float[] bias;

  /**
   * @param numbers [centroid][axis]
   * @param from the first of them, {@code to} behind the last
   */
  Centroids(float[] numbers, int axes, int from, int to, Kernels kernels) {
    this.kernels = kernels;
    this.axes = axes;
    this.count = to - from;
    int panel = kernels.panel();
    this.panels = Math.ceilDiv(count, panel);
    this.packed = new float[panels * panel * axes];
    this.bias = new float[panels * panel];
    Arrays.fill(bias, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < count; c++) {
      float norm = 0;
      for (int k = 0; k < axes; k++) {
        float x = numbers[(from + c) * axes + k];
        packed[(c / panel * axes + k) * panel + c % panel] = x;
        norm += x * x;
      }
      bias[c] = -norm / 2;
    }
  }

  int count() {
    return count;
  }

  /** Scores a row, a multiple of the panel; those behind {@link #count} are minus infinity. */
  int width() {
    return bias.length;
  }

  /**
   * Compares a block of {@link Kernels#ROWS} codes with all centroids.
   *
   * @param block {@code [axis][code]}
   * @param scores receives a row of {@link #width} for each code, {@code stride} apart
   */
  void compare(float[] block, float[] scores, int stride) {
    kernels.multiply(block, 0, packed, 0, bias, 0, axes, panels, scores, 0, stride);
  }

  /** Puts a code into a block for {@link #compare}. */
  static void pack(float[] codes, int axes, int code, int row, float[] block) {
    for (int k = 0; k < axes; k++) {
      block[k * Kernels.ROWS + row] = codes[code * axes + k];
    }
  }
}
