package org.compnn.study;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.compose.Traced;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.measure.Difference;
import org.compnn.search.Field;

/** What the matches of a picture's wrong pixels say, of one pixel after another. */
final class Votes {
  /** Colours nearer than this mean difference, of 1, count as alike in pictures. */
  static final double ALIKE = 0.1;

  private final IntFunction<Raster> targets;
  private final IntFunction<Raster> predictions;
  private final CompNN compnn;
  private final Field field;
  private final Traced traced;
  private final Raster output;
  private final Map<Integer, Raster> readTargets = new TreeMap<>();
  private final Map<Integer, Raster> readPredictions = new TreeMap<>();
  private final Says[] says;
  private final int[] exemplar;
  private final int[] source;
  private int taught;
  private int unlearned;
  private int other;

  /** What a match says about a wrong pixel. */
  private enum Says {
    NOTHING,
    /** Original label and the network's are both the wrong label. */
    TAUGHT,
    /** The original label is the wrong one, the network's is not. */
    DOUBTFUL,
    /** The network's label is the wrong one, the original is not. */
    UNLEARNED,
    OTHER
  }

  Votes(CompNN compnn, Field field, Traced traced, Raster output) {
    this.compnn = compnn;
    this.targets = compnn.source(Labels.ORIGINAL);
    this.predictions = compnn.source(Labels.SELF);
    this.field = field;
    this.traced = traced;
    this.output = output;
    says = new Says[field.topK()];
    exemplar = new int[field.topK()];
    source = new int[field.topK()];
  }

  /** Asks the matches of a pixel. */
  void count(int pixel) {
    taught = 0;
    unlearned = 0;
    other = 0;
    int cell = traced.cell(pixel);
    for (int k = 0; k < says.length; k++) {
      exemplar[k] = field.exemplar()[cell * says.length + k];
      source[k] = traced.source(pixel, k);
      says[k] = says(pixel, k);
      switch (says[k]) {
        case TAUGHT, DOUBTFUL -> taught++;
        case UNLEARNED -> unlearned++;
        case OTHER -> other++;
        case NOTHING -> {}
      }
    }
  }

  private Says says(int pixel, int k) {
    if (exemplar[k] < 0 || !compnn.database().hasTarget(exemplar[k])) {
      return Says.NOTHING;
    }
    Raster original = readTargets.computeIfAbsent(exemplar[k], targets::apply);
    Raster own = readPredictions.computeIfAbsent(exemplar[k], predictions::apply);
    boolean network = alike(own, source[k], output, pixel);
    if (!unlabelled(original, source[k]) && alike(original, source[k], output, pixel)) {
      return network ? Says.TAUGHT : Says.DOUBTFUL;
    }
    return network ? Says.UNLEARNED : Says.OTHER;
  }

  /** Why the pixel is wrong, by most of the matches that say something. */
  Blame.Cause cause() {
    int voting = taught + unlearned + other;
    if (2 * taught > voting) {
      return Blame.Cause.TAUGHT;
    }
    if (2 * unlearned > voting) {
      return Blame.Cause.UNLEARNED;
    }
    return 2 * other > voting ? Blame.Cause.UNEXPLAINED : Blame.Cause.AMBIGUOUS;
  }

  /** Shares the pixel among the matches that say what the network wrongly says. */
  void charge(Map<Integer, Account> accounts) {
    double share = 1.0 / (taught + unlearned);
    for (int k = 0; k < says.length; k++) {
      if (says[k] == Says.TAUGHT || says[k] == Says.DOUBTFUL || says[k] == Says.UNLEARNED) {
        accounts
            .computeIfAbsent(exemplar[k], _ -> new Account(output.height() * output.width()))
            .charge(source[k], share, says[k] != Says.TAUGHT);
      }
    }
  }

  static boolean unlabelled(Raster raster, int pixel) {
    return raster instanceof LabelMap labels
        && (labels.classes()[pixel] & 0xff) == LabelMap.UNLABELLED;
  }

  static boolean alike(Raster one, int pixel, Raster other, int there) {
    return Difference.between(one, pixel, other, there) <= (one instanceof LabelMap ? 0 : ALIKE);
  }
}
