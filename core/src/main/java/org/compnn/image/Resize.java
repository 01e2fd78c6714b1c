package org.compnn.image;

import java.util.Arrays;

/**
 * Resizes pictures and label maps as Pillow does, to the last bit: a separable filter, widened when
 * shrinking (so without aliasing), columns first, rounded to 8 bits between the two passes.
 */
public final class Resize {
  /** Fraction bits of the fixed-point weights: 8 bits of sample and 2 of head room are left. */
  private static final int PRECISION = 32 - 8 - 2;

  private Resize() {}

  /**
   * Resizes a picture.
   *
   * @param height rows of the result, 1 or more
   * @param width columns of the result, 1 or more
   */
  public static Picture picture(Picture picture, int height, int width, Resample filter) {
    if (height == picture.height() && width == picture.width()) {
      return picture;
    }
    if (filter == Resample.NEAREST) {
      return new Picture(
          height,
          width,
          nearest(picture.rgb(), picture.height(), picture.width(), 3, height, width));
    }
    byte[] rgb = picture.rgb();
    if (width != picture.width()) {
      rgb = acrossColumns(rgb, picture.height(), Weights.of(picture.width(), width, filter));
    }
    if (height != picture.height()) {
      rgb = acrossRows(rgb, width * 3, Weights.of(picture.height(), height, filter));
    }
    return new Picture(height, width, rgb);
  }

  /**
   * Resizes a label map by taking the nearest pixel; classes are never mixed.
   *
   * @param height rows of the result, 1 or more
   * @param width columns of the result, 1 or more
   */
  public static LabelMap labels(LabelMap labels, int height, int width) {
    if (height == labels.height() && width == labels.width()) {
      return labels;
    }
    return new LabelMap(
        height,
        width,
        nearest(labels.classes(), labels.height(), labels.width(), 1, height, width));
  }

  /**
   * Resizes a map of values by taking the nearest pixel; values are never mixed, since no value has
   * a neighbour's meaning at an edge.
   *
   * @param height rows of the result, 1 or more
   * @param width columns of the result, 1 or more
   */
  public static ValueMap values(ValueMap map, int height, int width) {
    if (height == map.height() && width == map.width()) {
      return map;
    }
    int depth = map.channels() * Float.BYTES;
    return ValueMap.ofLittleEndian(
        height,
        width,
        map.channels(),
        nearest(map.littleEndian(), map.height(), map.width(), depth, height, width));
  }

  /**
   * A right output at the size of another: labels and values by nearest pixel, pictures bicubic.
   */
  public static Raster like(Raster truth, Raster output) {
    return switch (truth) {
      case LabelMap labels -> labels(labels, output.height(), output.width());
      case Picture picture -> picture(picture, output.height(), output.width(), Resample.BICUBIC);
      case ValueMap map -> values(map, output.height(), output.width());
    };
  }

  private static byte[] nearest(
      byte[] from, int fromHeight, int fromWidth, int channels, int height, int width) {
    int[] rows = sources(fromHeight, height);
    int[] columns = sources(fromWidth, width);
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        int source = (row * fromWidth + column) * channels;
        for (int c = 0; c < channels; c++) {
          to[at++] = from[source + c];
        }
      }
    }
    return to;
  }

  /** The old pixel for each new one. Summed up step by step, as Pillow does, rounding included. */
  private static int[] sources(int from, int to) {
    int[] sources = new int[to];
    double step = (double) from / to;
    double centre = step * 0.5;
    for (int i = 0; i < to; i++) {
      sources[i] = Math.min((int) centre, from - 1);
      centre += step;
    }
    return sources;
  }

  private static byte[] acrossColumns(byte[] from, int height, Weights weights) {
    int width = weights.first.length;
    int fromStride = weights.size * 3;
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int[] weight = weights.weights[column];
        int at = row * fromStride + weights.first[column] * 3;
        int red = 1 << (PRECISION - 1);
        int green = red;
        int blue = red;
        for (int w : weight) {
          red += (from[at] & 0xff) * w;
          green += (from[at + 1] & 0xff) * w;
          blue += (from[at + 2] & 0xff) * w;
          at += 3;
        }
        int out = (row * width + column) * 3;
        to[out] = clip(red);
        to[out + 1] = clip(green);
        to[out + 2] = clip(blue);
      }
    }
    return to;
  }

  private static byte[] acrossRows(byte[] from, int stride, Weights weights) {
    int height = weights.first.length;
    byte[] to = new byte[Math.multiplyExact(height, stride)];
    int[] sums = new int[stride];
    for (int row = 0; row < height; row++) {
      Arrays.fill(sums, 1 << (PRECISION - 1));
      int at = weights.first[row] * stride;
      for (int w : weights.weights[row]) {
        for (int i = 0; i < stride; i++) {
          sums[i] += (from[at + i] & 0xff) * w;
        }
        at += stride;
      }
      for (int i = 0; i < stride; i++) {
        to[row * stride + i] = clip(sums[i]);
      }
    }
    return to;
  }

  private static byte clip(int sum) {
    return (byte) Math.clamp(sum >> PRECISION, 0, 255);
  }

  /**
   * What each new pixel of one axis takes from the old ones.
   *
   * @param size old pixels
   * @param first the first old pixel that a new one takes
   * @param weights fixed-point weights of that pixel and those after it
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Weights(int size, int[] first, int[][] weights) {
    static Weights of(int from, int to, Resample filter) {
      double scale = (double) from / to;
      double widened = Math.max(scale, 1);
      double support = filter.support() * widened;
      int[] first = new int[to];
      int[][] fixed = new int[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int low = Math.max((int) (centre - support + 0.5), 0);
        int high = Math.min((int) (centre + support + 0.5), from);
        double[] weight = new double[high - low];
        double sum = 0;
        for (int j = 0; j < weight.length; j++) {
          weight[j] = filter.weight((j + low - centre + 0.5) * (1 / widened));
          sum += weight[j];
        }
        first[i] = low;
        fixed[i] = new int[weight.length];
        for (int j = 0; j < weight.length; j++) {
          double w = sum == 0 ? weight[j] : weight[j] / sum;
          fixed[i][j] = (int) (w * (1 << PRECISION) + (w < 0 ? -0.5 : 0.5));
        }
      }
      return new Weights(from, first, fixed);
    }
  }
}
