package org.compnn.database.build;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * How coordinates along an axis are rounded.
 *
 * @param bits 8, 4 or 0
 * @param offset what code 0 stands for
 * @param step what a code counts; 0 without bits
 * @param error the mean squared error of the sample
 */
record AxisQuantiser(int bits, float offset, float step, double error) {
  /** Of 8 bits: room on either side for what the sample has not, as a share of its range. */
  private static final double ROOM = 0.05;

  /** Of 4 bits: shares of the sample that may be cut off at either end. */
  private static final double[] CUT = {0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2};

  /**
   * The quantisers of all axes: bits go where they take the most from the error (Shoham and Gersho
   * 1988), as long as there are any.
   *
   * @param along coordinates of a sample, axis by axis
   * @param bytes of all axes together
   */
  static List<AxisQuantiser> of(float[][] along, int bytes) {
    AxisQuantiser[] chosen = new AxisQuantiser[along.length];
    AxisQuantiser[][] of = new AxisQuantiser[along.length][];
    PriorityQueue<Integer> axes =
        new PriorityQueue<>(
            Comparator.<Integer>comparingDouble(k -> -gain(chosen[k], of[k]))
                .thenComparingInt(k -> k));
    for (int k = 0; k < along.length; k++) {
      float[] sorted = along[k].clone();
      Arrays.sort(sorted);
      of[k] = new AxisQuantiser[] {none(sorted), nibble(sorted), whole(sorted)};
      chosen[k] = of[k][0];
      axes.add(k);
    }
    // Two axes of 4 bits share a byte.
    for (int halves = 2 * bytes; halves > 0 && !axes.isEmpty(); halves--) {
      int k = axes.remove();
      chosen[k] = of[k][chosen[k].bits / 4 + 1];
      if (chosen[k].bits < 8) {
        axes.add(k);
      }
    }
    return IntStream.range(0, along.length).mapToObj(k -> chosen[k]).toList();
  }

  private static double gain(AxisQuantiser now, AxisQuantiser[] of) {
    return now.error - of[now.bits / 4 + 1].error;
  }

  private static AxisQuantiser none(float[] sorted) {
    double sum = 0;
    for (float x : sorted) {
      sum += x;
    }
    return measured(0, (float) (sum / sorted.length), 0, sorted);
  }

  private static AxisQuantiser whole(float[] sorted) {
    double least = sorted[0];
    double range = sorted[sorted.length - 1] - least;
    double step = range * (1 + 2 * ROOM) / 255;
    // The middle of the range has code 0 or is next to it.
    return measured(8, (float) (least - ROOM * range + 128 * step), (float) step, sorted);
  }

  private static AxisQuantiser nibble(float[] sorted) {
    return Arrays.stream(CUT)
        .mapToObj(
            cut -> {
              float least = sorted[(int) (cut * (sorted.length - 1))];
              float most = sorted[(int) Math.ceil((1 - cut) * (sorted.length - 1))];
              return measured(4, least, (most - least) / 15, sorted);
            })
        .min(Comparator.comparingDouble(AxisQuantiser::error))
        .orElseThrow();
  }

  private static AxisQuantiser measured(int bits, float offset, float step, float[] sorted) {
    // An axis along which nothing differs can have any step.
    float real = bits == 0 ? 0 : Math.max(step, Float.MIN_NORMAL);
    double sum = 0;
    for (float x : sorted) {
      double error = x - rounded(x, bits, offset, real);
      sum += error * error;
    }
    return new AxisQuantiser(bits, offset, real, sum / sorted.length);
  }

  private static double rounded(float x, int bits, float offset, float step) {
    if (bits == 0) {
      return offset;
    }
    int least = bits == 8 ? -128 : 0;
    int code = Math.clamp(Math.round((x - offset) / step), least, least + (1 << bits) - 1);
    return code * step + offset;
  }
}
