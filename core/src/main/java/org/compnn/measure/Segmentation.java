package org.compnn.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * The usual metrics of semantic segmentation, from pixel counts summed over a picture or a whole
 * data set. All lie in 0..1; what is undefined is {@link Double#NaN}.
 *
 * @param pixelAccuracy share of labelled pixels that are right
 * @param classAccuracy mean over the classes that the reference has of the share of their pixels
 *     that are right
 * @param meanIou mean of the defined {@code iou}
 * @param iou per class, pixels in both over pixels in either; undefined for a class that neither
 *     has, which the mean leaves out
 */
public record Segmentation(
    double pixelAccuracy, double classAccuracy, double meanIou, List<Double> iou) {
  public Segmentation {
    iou = List.copyOf(iou);
  }

  /** The metrics of these counts. */
  public static Segmentation of(ClassCounts counts) {
    long right = 0;
    long labelled = 0;
    Mean accuracy = new Mean();
    Mean overlap = new Mean();
    List<Double> iou = new ArrayList<>(counts.classes());
    for (int c = 0; c < counts.classes(); c++) {
      long hit = counts.hit(c);
      right += hit;
      labelled += counts.reference(c);
      accuracy.addDefined((double) hit / counts.reference(c));
      double share = (double) hit / (counts.reference(c) + counts.answer(c) - hit);
      overlap.addDefined(share);
      iou.add(share);
    }
    return new Segmentation((double) right / labelled, accuracy.value(), overlap.value(), iou);
  }
}
