package org.compnn.generate;

import java.util.Arrays;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;

/**
 * A square scene of 100 x 100 units, painted and labelled in one stroke, on a grid finer than the
 * pixels.
 */
final class Canvas {
  /** Side of the scene in units. */
  static final double SIDE = 100;

  private final int size;
  private final int fine;
  private final int across;
  private final float[] colour;
  private final byte[] label;
  private final float[] rgb = new float[3];

  Canvas(int size) {
    this.size = size;
    fine = size <= 512 ? 3 : 2;
    across = size * fine;
    colour = new float[across * across * 3];
    label = new byte[across * across];
  }

  /** Paints and labels a shape. */
  void fill(Shape shape, FacadeClass as, Material material) {
    fill(shape, as.code(), material);
  }

  /** Paints a shape and leaves the labels. */
  void paint(Shape shape, Material material) {
    fill(shape, -1, material);
  }

  private void fill(Shape shape, int as, Material material) {
    double unit = SIDE / across;
    int x0 = Math.max(0, Noise.floor(shape.left() / unit));
    int y0 = Math.max(0, Noise.floor(shape.top() / unit));
    int x1 = Math.min(across - 1, Noise.floor(shape.right() / unit));
    int y1 = Math.min(across - 1, Noise.floor(shape.bottom() / unit));
    for (int row = y0; row <= y1; row++) {
      double y = (row + 0.5) * unit;
      for (int column = x0; column <= x1; column++) {
        double x = (column + 0.5) * unit;
        if (shape.contains(x, y)) {
          int at = row * across + column;
          System.arraycopy(colour, at * 3, rgb, 0, 3);
          material.paint(x, y, rgb);
          System.arraycopy(rgb, 0, colour, at * 3, 3);
          if (as >= 0) {
            label[at] = (byte) as;
          }
        }
      }
    }
  }

  /** Every pixel's commonest class; of equally common ones the one with the higher code. */
  LabelMap labels() {
    byte[] classes = new byte[size * size];
    int[] votes = new int[FacadeClass.values().length];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        Arrays.fill(votes, 0);
        for (int i = 0; i < fine * fine; i++) {
          votes[label[(row * fine + i / fine) * across + column * fine + i % fine]]++;
        }
        int best = 0;
        for (int c = 1; c < votes.length; c++) {
          best = votes[c] >= votes[best] ? c : best;
        }
        classes[row * size + column] = (byte) best;
      }
    }
    return new LabelMap(size, size, classes);
  }

  /** Every pixel's mean colour, with a camera's noise. */
  Picture photo(int seed) {
    byte[] bytes = new byte[size * size * 3];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        float noise = (Noise.at(column, row, seed) - 0.5f) * 0.022f;
        for (int channel = 0; channel < 3; channel++) {
          float sum = 0;
          for (int i = 0; i < fine * fine; i++) {
            int at = (row * fine + i / fine) * across + column * fine + i % fine;
            sum += Math.clamp(colour[at * 3 + channel], 0f, 1f);
          }
          float value = sum / (fine * fine) + noise;
          bytes[(row * size + column) * 3 + channel] =
              (byte) Math.clamp(Math.round(value * 255), 0, 255);
        }
      }
    }
    return new Picture(size, size, bytes);
  }
}
