package org.compnn.bench.truth;

import java.util.Locale;
import java.util.Map;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.search.Distance;
import org.compnn.search.Field;

/**
 * Our own method: a training picture gets its share of the matches of the region's pixels.
 *
 * @param way how correspondences are found
 * @param topK matches of each cell that count
 * @param weight which of them count
 */
record Matches(Asked.Way way, int topK, Weight weight) implements Attributor {
  /** Which matches count. */
  enum Weight {
    /** All alike. */
    ALL,
    /** Those at which the network gave the training picture the label that it gives here. */
    SAME_PREDICTION,
    /** Those at which the training picture carries the label that the network gives here. */
    SAME_LABEL
  }

  /** As a person gets it who asks for nothing: the penultimate layer, single cells, L2, nearest. */
  static final Matches DEFAULT =
      new Matches(new Asked.Way("penultimate", 1, Distance.L2), 1, Weight.ALL);

  @Override
  public String name() {
    return String.format(
        Locale.ROOT,
        "matches %s, p %d, %s, top %d%s",
        way.layer(),
        way.hyperpatch(),
        way.distance().name().toLowerCase(Locale.ROOT),
        topK,
        switch (weight) {
          case ALL -> "";
          case SAME_PREDICTION -> ", same prediction";
          case SAME_LABEL -> ", same label";
        });
  }

  @Override
  public double[] of(Asked asked, Mask region, Parts parts) {
    Subject subject = asked.subject();
    Field field = asked.field(way);
    Traced traced = traced(asked, region);
    double[] shares = new double[parts.size()];
    for (int pixel : region.pixels().stream().toArray()) {
      int cell = traced.cell(pixel);
      for (int k = 0; k < Math.min(topK, field.topK()); k++) {
        int exemplar = field.exemplar()[cell * field.topK() + k];
        int source = traced.source(pixel, k);
        if (exemplar >= 0 && counts(asked, pixel, exemplar, source)) {
          int part = parts.at(subject.place(exemplar), source);
          if (part >= 0) {
            shares[part] += 1.0 / topK / region.count();
          }
        }
      }
    }
    return shares;
  }

  private Traced traced(Asked asked, Mask region) {
    return new Traced(
        asked.field(way),
        asked.subject().compnn().database().cells(way.layer()).layer(),
        region.height(),
        region.width());
  }

  /**
   * The share of the region's matches that lie in some pixels of the training pictures.
   *
   * @param where the pixels, by training picture
   */
  double share(Asked asked, Mask region, Map<Integer, Mask> where) {
    Subject subject = asked.subject();
    Field field = asked.field(way);
    Traced traced = traced(asked, region);
    int all = 0;
    int within = 0;
    for (int pixel : region.pixels().stream().toArray()) {
      int cell = traced.cell(pixel);
      for (int k = 0; k < Math.min(topK, field.topK()); k++) {
        int exemplar = field.exemplar()[cell * field.topK() + k];
        if (exemplar >= 0) {
          Mask mask = where.get(subject.place(exemplar));
          all++;
          within += mask != null && mask.pixels().get(traced.source(pixel, k)) ? 1 : 0;
        }
      }
    }
    return all == 0 ? Double.NaN : (double) within / all;
  }

  private boolean counts(Asked asked, int pixel, int exemplar, int source) {
    if (weight == Weight.ALL) {
      return true;
    }
    Raster there =
        weight == Weight.SAME_PREDICTION
            ? asked.subject().prediction(exemplar)
            : asked.subject().training().get(asked.subject().place(exemplar)).labels();
    return asked.run().output() instanceof LabelMap here
        && there instanceof LabelMap labels
        && here.classes()[pixel] == labels.classes()[source];
  }
}
