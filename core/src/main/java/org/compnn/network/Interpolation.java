package org.compnn.network;

import org.compnn.network.geometry.Geometry;

/**
 * Cells along one axis mixed to more cells. Immutable.
 *
 * <p>New cell i is made of the old cells {@code cell(i, 0)} .. {@code cell(i, taps() - 1)}, each
 * with its weight; beyond an end the last cell is repeated.
 */
final class Interpolation {
  private final int from;
  private final int to;
  private final int taps;
  private final int[] cells;
  private final float[] weights;

  private Interpolation(int from, int to, int taps) {
    this.from = from;
    this.to = to;
    this.taps = taps;
    this.cells = new int[to * taps];
    this.weights = new float[to * taps];
  }

  /** Where a new cell lies among the old ones, of which the first lies at 0. */
  interface Position {
    float of(int cell);
  }

  /**
   * Linear, between the centres of cells, as PyTorch's {@code interpolate} does with {@code
   * align_corners=False}.
   */
  static Interpolation linear(int from, int to) {
    float step = (float) from / to;
    return linear(from, to, i -> (i + 0.5f) * step - 0.5f);
  }

  /** Linear, at other places. */
  static Interpolation linear(int from, int to, Position position) {
    Interpolation made = new Interpolation(from, to, 2);
    for (int i = 0; i < to; i++) {
      float at = Math.max(0, position.of(i));
      int first = Math.min((int) at, from - 1);
      float share = at - first;
      made.set(i, 0, first, 1 - share);
      made.set(i, 1, first + 1, share);
    }
    return made;
  }

  /**
   * Cubic convolution.
   *
   * @param coefficient ONNX's {@code cubic_coeff_a}
   * @param outside whether cells beyond an end count, as that end's
   */
  static Interpolation cubic(
      int from, int to, Position position, float coefficient, boolean outside) {
    Interpolation made = new Interpolation(from, to, 4);
    for (int i = 0; i < to; i++) {
      float at = position.of(i);
      int before = (int) Math.floor(at);
      float sum = 0;
      float[] weights = new float[4];
      for (int tap = 0; tap < 4; tap++) {
        int cell = before - 1 + tap;
        boolean counts = outside || (cell >= 0 && cell < from);
        weights[tap] = counts ? cubic(Math.abs(at - cell), coefficient) : 0;
        sum += weights[tap];
      }
      for (int tap = 0; tap < 4; tap++) {
        made.set(i, tap, before - 1 + tap, outside ? weights[tap] : weights[tap] / sum);
      }
    }
    return made;
  }

  private static float cubic(float x, float a) {
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }

  private void set(int i, int tap, int cell, float weight) {
    cells[i * taps + tap] = Math.clamp(cell, 0, from - 1);
    weights[i * taps + tap] = weight;
  }

  /** Number of old cells. */
  int from() {
    return from;
  }

  /** Number of new cells. */
  int to() {
    return to;
  }

  /** Old cells that make a new one. */
  int taps() {
    return taps;
  }

  /** An old cell that makes a new one. */
  int cell(int i, int tap) {
    return cells[i * taps + tap];
  }

  /** Its weight. */
  float weight(int i, int tap) {
    return weights[i * taps + tap];
  }

  /** Where the new cells lie and what they see, given that of the old. */
  Geometry of(Geometry old) {
    double stride = old.stride() * from / to;
    double origin = old.origin() + (stride - old.stride()) / 2;
    double before = 0.5;
    double after = 0.5;
    for (int i = 0; i < to; i++) {
      double centre = origin + i * stride;
      for (int tap = 0; tap < taps; tap++) {
        if (weight(i, tap) != 0) {
          double seen = old.origin() + cell(i, tap) * old.stride();
          before = Math.max(before, centre - seen + old.before());
          after = Math.max(after, seen + old.after() - centre);
        }
      }
    }
    return new Geometry(to, stride, origin, before, after);
  }
}
