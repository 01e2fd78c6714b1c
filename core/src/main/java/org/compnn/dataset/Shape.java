package org.compnn.dataset;

import java.util.Arrays;
import java.util.BitSet;

/** What an annotation covers, in pixels; x to the right, y down, pixel 0 between 0 and 1. */
sealed interface Shape {
  /** Its area in pixels, parts that lie on each other counted each. */
  double area();

  /** Gives the pixels that it covers a class; what lies outside the map is cut off. */
  void fill(byte[] classes, int height, int width, byte value);

  /**
   * Polygons, united. A pixel belongs to one if its centre lies within (the even-odd rule).
   *
   * @param rings x and y of each corner in turn
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Polygons(float[][] rings) implements Shape {
    @Override
    public double area() {
      double sum = 0;
      for (float[] ring : rings) {
        double twice = 0;
        for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
          twice += (double) ring[j] * ring[i + 1] - (double) ring[i] * ring[j + 1];
        }
        sum += Math.abs(twice) / 2;
      }
      return sum;
    }

    @Override
    public void fill(byte[] classes, int height, int width, byte value) {
      for (float[] ring : rings) {
        fill(ring, classes, height, width, value);
      }
    }

    private static void fill(float[] ring, byte[] classes, int height, int width, byte value) {
      double top = Double.MAX_VALUE;
      double bottom = -Double.MAX_VALUE;
      for (int i = 1; i < ring.length; i += 2) {
        top = Math.min(top, ring[i]);
        bottom = Math.max(bottom, ring[i]);
      }
      double[] crossings = new double[ring.length / 2];
      int first = (int) Math.max(0, Math.ceil(top - 0.5));
      int last = (int) Math.min(height - 1, Math.ceil(bottom - 0.5));
      for (int row = first; row <= last; row++) {
        double y = row + 0.5;
        int found = 0;
        for (int i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
          if ((ring[i + 1] <= y) != (ring[j + 1] <= y)) {
            double along = (y - ring[i + 1]) / ((double) ring[j + 1] - ring[i + 1]);
            crossings[found++] = ring[i] + along * ((double) ring[j] - ring[i]);
          }
        }
        Arrays.sort(crossings, 0, found);
        for (int i = 0; i + 1 < found; i += 2) {
          int from = (int) Math.clamp(Math.ceil(crossings[i] - 0.5), 0, width);
          int to = (int) Math.clamp(Math.ceil(crossings[i + 1] - 0.5), 0, width);
          if (from < to) {
            Arrays.fill(classes, row * width + from, row * width + to, value);
          }
        }
      }
    }
  }

  /**
   * Run lengths down the columns, from the left, those outside and inside in turn (COCO).
   *
   * @param height rows of the picture that they run over
   * @param width its columns
   * @param counts the first of pixels outside
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Runs(int height, int width, int[] counts) implements Shape {
    @Override
    public double area() {
      double sum = 0;
      for (int i = 1; i < counts.length; i += 2) {
        sum += counts[i];
      }
      return sum;
    }

    @Override
    public void fill(byte[] classes, int ofHeight, int ofWidth, byte value) {
      int at = 0;
      for (int i = 0; i < counts.length; i++) {
        int end = at + counts[i];
        if (i % 2 == 1) {
          for (int pixel = at; pixel < end; pixel++) {
            classes[pixel % height * width + pixel / height] = value;
          }
        }
        at = end;
      }
    }
  }

  /**
   * Single pixels.
   *
   * @param top the row of the first
   * @param left its column
   * @param across pixels a row
   * @param inside those that it covers, row by row
   */
  record Bitmap(int top, int left, int across, BitSet inside) implements Shape {
    @Override
    public double area() {
      return inside.cardinality();
    }

    @Override
    public void fill(byte[] classes, int height, int width, byte value) {
      for (int i = inside.nextSetBit(0); i >= 0; i = inside.nextSetBit(i + 1)) {
        int row = top + i / across;
        int column = left + i % across;
        if (row >= 0 && row < height && column >= 0 && column < width) {
          classes[row * width + column] = value;
        }
      }
    }
  }
}
