package org.compnn.bench.truth;

import java.util.Locale;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.search.Field;

/**
 * Our matches, each weighed by what the network did where it was found: tried out, since matching
 * itself knows nothing of the loss.
 *
 * @param way how correspondences are found; its layer has a cell for each pixel
 * @param by what a match counts
 */
record Weighed(Asked.Way way, By by) implements Attributor {
  /** What a match counts. */
  enum By {
    /** 1 where the label that was taught there is the one that the network gives here, else -1. */
    SIGN,
    /** The product of both errors: those here as if what the network gives were right. */
    ERRORS,
    /** The product of both errors, the right label here being known. */
    ERRORS_TRUTH,
    /** The same times the product of the activations: TracIn of the matches alone. */
    TRACIN_TRUTH
  }

  @Override
  public String name() {
    return String.format(
        Locale.ROOT,
        "matches %s, p %d, %s, top %d, by %s",
        way.layer(),
        way.hyperpatch(),
        way.distance().name().toLowerCase(Locale.ROOT),
        Asked.MOST,
        switch (by) {
          case SIGN -> "sign of the label";
          case ERRORS -> "errors";
          case ERRORS_TRUTH -> "errors, truth known";
          case TRACIN_TRUTH -> "TracIn, truth known";
        });
  }

  @Override
  public double[] of(Asked asked, Mask region, Parts parts) {
    Subject subject = asked.subject();
    Head head = subject.head();
    Head.Cells here = head.of(asked);
    Field field = asked.field(way);
    Traced traced =
        new Traced(
            field,
            subject.compnn().database().cells(way.layer()).layer(),
            region.height(),
            region.width());
    double[] sums = new double[parts.size()];
    for (int pixel : region.pixels().stream().toArray()) {
      int cell = traced.cell(pixel);
      int label = by == By.SIGN || by == By.ERRORS ? here.said(pixel) : here.label(pixel);
      for (int k = 0; k < field.topK(); k++) {
        int exemplar = field.exemplar()[cell * field.topK() + k];
        int source = traced.source(pixel, k);
        if (exemplar < 0) {
          continue;
        }
        int picture = subject.place(exemplar);
        int part = parts.at(picture, source);
        if (part >= 0) {
          sums[part] += weight(here, pixel, label, head.of(picture), source) / region.count();
        }
      }
    }
    return sums;
  }

  private double weight(Head.Cells here, int pixel, int label, Head.Cells there, int source) {
    int taught = there.label(source);
    return switch (by) {
      case SIGN -> taught == label ? 1 : -1;
      case ERRORS, ERRORS_TRUTH -> here.errors(pixel, label, there, source, taught);
      case TRACIN_TRUTH ->
          here.errors(pixel, label, there, source, taught) * here.activations(pixel, there, source);
    };
  }
}
