package org.compnn.bench.truth;

import java.util.Locale;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.image.LabelMap;
import org.compnn.search.Field;

/**
 * What {@code blame} does with a wrong pixel: it is shared among those of its matches that carry
 * the wrong label, or at which the network gives it too.
 *
 * @param way how correspondences are found
 * @param topK matches of each cell that count
 * @param weighed whether matches that carry the wrong label count by how little of its probability
 *     the network gives it there, and the others only where there are none of these
 */
record Charged(Asked.Way way, int topK, boolean weighed) implements Attributor {
  @Override
  public String name() {
    return String.format(
        Locale.ROOT,
        "as blame shares, %s, top %d%s",
        way.layer(),
        topK,
        weighed ? ", by how little was learned" : "");
  }

  @Override
  public double[] of(Asked asked, Mask region, Parts parts) {
    Subject subject = asked.subject();
    Field field = asked.field(way);
    Traced traced =
        new Traced(
            field,
            subject.compnn().database().cells(way.layer()).layer(),
            region.height(),
            region.width());
    double[] sums = new double[parts.size()];
    double[] weights = new double[Math.min(topK, field.topK())];
    int[] part = new int[weights.length];
    for (int pixel : region.pixels().stream().toArray()) {
      byte wrong = asked.example().labels().classes()[pixel];
      double taught = 0;
      double all = 0;
      for (int k = 0; k < weights.length; k++) {
        int exemplar = field.exemplar()[traced.cell(pixel) * field.topK() + k];
        weights[k] = 0;
        part[k] = -1;
        if (exemplar < 0) {
          continue;
        }
        int source = traced.source(pixel, k);
        int picture = subject.place(exemplar);
        part[k] = parts.at(picture, source);
        boolean label = subject.training().get(picture).labels().classes()[source] == wrong;
        boolean network = ((LabelMap) subject.prediction(exemplar)).classes()[source] == wrong;
        if (label && weighed) {
          weights[k] = subject.head().of(picture).unlearned(source);
          taught += weights[k];
        }
        all += label || network ? 1 : 0;
        if (!weighed) {
          weights[k] = label || network ? 1 : 0;
        } else if (!label && network) {
          weights[k] = -1;
        }
      }
      for (int k = 0; k < weights.length; k++) {
        double weight =
            !weighed ? weights[k] : taught > 0 ? Math.max(0, weights[k]) : weights[k] != 0 ? 1 : 0;
        double total = weighed && taught > 0 ? taught : all;
        if (part[k] >= 0 && weight > 0) {
          sums[part[k]] += weight / total / region.count();
        }
      }
    }
    return sums;
  }
}
