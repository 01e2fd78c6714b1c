package org.compnn.train;

import java.util.ArrayList;
import java.util.List;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.problem.UserError;

/** Data sets read into memory at the size of training. */
final class TrainingSet {
  private TrainingSet() {}

  /** Reads all pairs and resizes them. */
  static List<Sample> read(
      Dataset dataset, int rows, int columns, Resample inputs, Resample targets) {
    List<Sample> samples = new ArrayList<>();
    for (Pair pair : dataset.pairs()) {
      Pair.Content content = pair.read();
      Raster target =
          content
              .target()
              .orElseThrow(
                  () ->
                      new UserError(
                          dataset.name()
                              + ": expected a target for "
                              + pair.id()
                              + ", found none"));
      samples.add(
          new Sample(pair.id(), content.input(), target).resized(rows, columns, inputs, targets));
    }
    return samples;
  }

  /** The mean and the deviation of every channel, to three digits. */
  static Course.Normalisation normalisation(List<Sample> samples) {
    double[] sum = new double[3];
    double[] squares = new double[3];
    long pixels = 0;
    for (Sample sample : samples) {
      Picture picture = sample.input();
      byte[] rgb = picture.rgb();
      for (int i = 0; i < rgb.length; i++) {
        double level = (rgb[i] & 0xff) / 255.0;
        sum[i % 3] += level;
        squares[i % 3] += level * level;
      }
      pixels += rgb.length / 3;
    }
    float[] mean = new float[3];
    float[] deviation = new float[3];
    for (int c = 0; c < 3; c++) {
      double m = sum[c] / pixels;
      mean[c] = Math.round(m * 1000) / 1000f;
      double d = Math.sqrt(Math.max(0, squares[c] / pixels - m * m));
      deviation[c] = Math.max(0.001f, Math.round(d * 1000) / 1000f);
    }
    return new Course.Normalisation(mean, deviation);
  }
}
