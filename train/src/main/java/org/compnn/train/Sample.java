package org.compnn.train;

import java.util.List;
import java.util.Random;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.image.ValueMap;

/**
 * A pair in memory, both of one size.
 *
 * @param id its name in the data set
 * @param input what the network takes in
 * @param target what it should make of it
 */
record Sample(String id, Picture input, Raster target) {
  /** This pair at another size; label maps by the nearest pixel. */
  Sample resized(int rows, int columns, Resample inputs, Resample targets) {
    return new Sample(
        id, resized(input, rows, columns, inputs), resized(target, rows, columns, targets));
  }

  private static <R extends Raster> R resized(R raster, int rows, int columns, Resample by) {
    if (raster.height() == rows && raster.width() == columns) {
      return raster;
    }
    Raster result =
        switch (raster) {
          case Picture p -> Resize.picture(p, rows, columns, by);
          case LabelMap l -> Resize.labels(l, rows, columns);
          case ValueMap v -> Resize.values(v, rows, columns);
        };
    @SuppressWarnings("unchecked") // A picture gives a picture, a label map a label map.
    R same = (R) result;
    return same;
  }

  /** A window of this pair, mirrored or not. */
  Sample window(int top, int left, int rows, int columns, boolean mirrored) {
    if (top == 0 && left == 0 && rows == input.height() && columns == input.width() && !mirrored) {
      return this;
    }
    Raster cut =
        switch (target) {
          case Picture p ->
              new Picture(
                  rows, columns, cut(p.rgb(), p.width(), 3, top, left, rows, columns, mirrored));
          case LabelMap l ->
              new LabelMap(
                  rows,
                  columns,
                  cut(l.classes(), l.width(), 1, top, left, rows, columns, mirrored));
          case ValueMap _ -> throw new IllegalArgumentException("no course learns to give values");
        };
    byte[] rgb = cut(input.rgb(), input.width(), 3, top, left, rows, columns, mirrored);
    return new Sample(id, new Picture(rows, columns, rgb), cut);
  }

  private static byte[] cut(
      byte[] from,
      int width,
      int bytes,
      int top,
      int left,
      int rows,
      int columns,
      boolean mirrored) {
    byte[] to = new byte[rows * columns * bytes];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int source = left + (mirrored ? columns - 1 - column : column);
        System.arraycopy(
            from,
            ((top + row) * width + source) * bytes,
            to,
            (row * columns + column) * bytes,
            bytes);
      }
    }
    return to;
  }

  /** A random window of some size, mirrored half of the time where that is allowed. */
  Sample jittered(int rows, int columns, boolean mirror, Random random) {
    int top = random.nextInt(input.height() - rows + 1);
    int left = random.nextInt(input.width() - columns + 1);
    return window(top, left, rows, columns, mirror && random.nextBoolean());
  }

  /**
   * The inputs of a batch as numbers, batch x channel x row x column.
   *
   * @param mean of every channel, 0..1
   * @param deviation of every channel
   */
  static float[] inputs(List<Sample> batch, float[] mean, float[] deviation) {
    return numbers(batch.stream().map(Sample::input).toList(), mean, deviation);
  }

  /** Pictures as numbers, batch x channel x row x column. */
  static float[] numbers(List<Picture> pictures, float[] mean, float[] deviation) {
    int cells = pictures.getFirst().height() * pictures.getFirst().width();
    float[] numbers = new float[pictures.size() * 3 * cells];
    for (int n = 0; n < pictures.size(); n++) {
      byte[] rgb = pictures.get(n).rgb();
      for (int c = 0; c < 3; c++) {
        int to = (n * 3 + c) * cells;
        for (int i = 0; i < cells; i++) {
          numbers[to + i] = ((rgb[i * 3 + c] & 0xff) / 255f - mean[c]) / deviation[c];
        }
      }
    }
    return numbers;
  }
}
