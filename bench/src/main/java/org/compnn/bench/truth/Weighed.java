package org.compnn.bench.truth;

import java.util.Locale;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.search.Field;

/**
 * Our matches, each weighed by what the network did where it was found: tried out, since matching
 * itself knows nothing of the loss. The matches are the same, so agreement is too.
 *
 * @param way how correspondences are found
 * @param by what a match counts
 */
record Weighed(Asked.Way way, By by) implements Attributor {
  /** What a match counts. */
  enum By {
    /** 1 where it carries the label that the network gives here, else -1. */
    SIGN("sign of the label"),
    /**
     * Where it carries that label, by how little the network has learned it there: 1 minus the
     * label's probability.
     */
    UNLEARNED("by what was little learned"),
    /** The same for the right label, which is known. */
    UNLEARNED_TRUTH("by what was little learned, truth known"),
    /** The product of both errors, the right label being known. */
    ERRORS_TRUTH("by errors, truth known"),
    /** The same times the product of the activations: TracIn of the matches alone. */
    TRACIN_TRUTH("by TracIn, truth known");

    private final String label;

    By(String label) {
      this.label = label;
    }

    double weight(Head.Cells here, int pixel, Head.Cells there, int source) {
      int taught = there.label(source);
      int right = here.label(pixel);
      return switch (this) {
        case SIGN -> taught == here.said(pixel) ? 1 : -1;
        case UNLEARNED -> taught == here.said(pixel) ? there.unlearned(source) : 0;
        case UNLEARNED_TRUTH -> taught == right ? there.unlearned(source) : 0;
        case ERRORS_TRUTH -> here.errors(pixel, right, there, source, taught);
        case TRACIN_TRUTH ->
            here.errors(pixel, right, there, source, taught)
                * here.activations(pixel, there, source);
      };
    }
  }

  @Override
  public String name() {
    return String.format(
        Locale.ROOT,
        "matches %s, p %d, %s, top %d, %s",
        way.layer(),
        way.hyperpatch(),
        way.distance().name().toLowerCase(Locale.ROOT),
        Asked.MOST,
        by.label);
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
      for (int k = 0; k < field.topK(); k++) {
        int exemplar = field.exemplar()[cell * field.topK() + k];
        int source = traced.source(pixel, k);
        if (exemplar < 0) {
          continue;
        }
        int picture = subject.place(exemplar);
        int part = parts.at(picture, source);
        if (part >= 0) {
          sums[part] += by.weight(here, pixel, head.of(picture), source) / region.count();
        }
      }
    }
    return sums;
  }
}
