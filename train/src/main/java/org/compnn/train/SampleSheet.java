package org.compnn.train;

import java.util.Arrays;
import java.util.List;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/** Inputs, predictions and targets side by side, a line for each pair. */
final class SampleSheet {
  private static final int GAP = 4;

  private SampleSheet() {}

  static Picture of(Course course, List<Sample> samples, List<Raster> predictions) {
    int rows = samples.getFirst().input().height();
    int columns = samples.getFirst().input().width();
    int height = samples.size() * (rows + GAP) - GAP;
    int width = 3 * (columns + GAP) - GAP;
    byte[] rgb = new byte[height * width * 3];
    Arrays.fill(rgb, (byte) 0xff);
    for (int i = 0; i < samples.size(); i++) {
      List<Picture> line =
          List.of(
              samples.get(i).input(),
              course.shown(predictions.get(i)),
              course.shown(samples.get(i).target()));
      for (int k = 0; k < line.size(); k++) {
        Picture picture = line.get(k);
        for (int row = 0; row < rows; row++) {
          System.arraycopy(
              picture.rgb(),
              row * columns * 3,
              rgb,
              ((i * (rows + GAP) + row) * width + k * (columns + GAP)) * 3,
              columns * 3);
        }
      }
    }
    return new Picture(height, width, rgb);
  }
}
