package org.compnn.study;

import org.compnn.network.FeatureMap;
import org.compnn.network.Output;
import org.compnn.network.Probabilities;

/** A network's probabilities of all classes at all pixels of a picture, as float16. */
public final class PictureProbabilities {
  private final int classes;
  private final short[] halves;

  private PictureProbabilities(int classes, short[] halves) {
    this.classes = classes;
    this.halves = halves;
  }

  /**
   * Takes them as they are.
   *
   * @param probabilities 0..1, those of a pixel together
   */
  public static PictureProbabilities of(float[] probabilities, int classes) {
    short[] halves = new short[probabilities.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float.floatToFloat16(probabilities[i]);
    }
    return new PictureProbabilities(classes, halves);
  }

  /**
   * Works them out.
   *
   * @param scores the network's raw output
   * @param output what that means
   */
  static PictureProbabilities of(FeatureMap scores, Output output) {
    int pixels = scores.rows() * scores.columns();
    int classes = Probabilities.of(scores, output, 0).length;
    short[] halves = new short[pixels * classes];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double[] all = Probabilities.of(scores, output, pixel);
      for (int c = 0; c < classes; c++) {
        halves[pixel * classes + c] = Float.floatToFloat16((float) all[c]);
      }
    }
    return new PictureProbabilities(classes, halves);
  }

  /** That of a class at a pixel, 0..1. */
  float of(int pixel, int classIndex) {
    return Float.float16ToFloat(halves[pixel * classes + classIndex]);
  }

  /** What one picture takes. */
  static long bytes(int pixels, int classes) {
    return (long) Short.BYTES * pixels * classes;
  }
}
