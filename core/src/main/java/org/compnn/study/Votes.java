package org.compnn.study;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.compose.Traced;
import org.compnn.database.Learned;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.measure.Difference;
import org.compnn.search.Field;

/**
 * What the matches of a picture's pixels say, each by its original label and by what the network
 * gives there. One training picture is read at a time.
 */
final class Votes {
  /** Colours nearer than this mean difference, of 1, count as alike in pictures. */
  static final double ALIKE = 0.1;

  /** What a match says about a wrong pixel. */
  enum Says {
    NOTHING,
    /** Original label and the network's are both the wrong label. */
    TAUGHT,
    /** The original label is the wrong one, the network's is not. */
    DOUBTFUL,
    /** The network's label is the wrong one, the original is not. */
    UNLEARNED,
    OTHER
  }

  /** What a match says, as bits: whether it says anything, and who the wrong label. */
  private static final int KNOWN = 1;

  private static final int LABEL = 2;
  private static final int NETWORK = 4;

  private final double tolerance;
  private final int topK;
  private final Field field;
  private final Traced traced;
  private final byte[] says;
  private final byte[] original;
  private final byte[] own;
  private final float[] unlearned;
  private final BitSet agreeing;

  private Votes(
      Field field, Traced traced, int pixels, boolean labels, double tolerance, Weigh weigh) {
    this.tolerance = tolerance;
    this.topK = field.topK();
    this.field = field;
    this.traced = traced;
    says = new byte[pixels * topK];
    original = unlabelled(labels ? pixels * topK : 0);
    own = unlabelled(labels ? pixels * topK : 0);
    unlearned = new float[weigh == Weigh.LOSS ? pixels * topK : 0];
    agreeing = new BitSet(pixels);
  }

  private static byte[] unlabelled(int length) {
    byte[] classes = new byte[length];
    Arrays.fill(classes, (byte) LabelMap.UNLABELLED);
    return classes;
  }

  /**
   * Hears all matches of some pixels, and the best match of all others.
   *
   * @param output the network's
   * @param wrong pixels whose matches are all asked
   * @param tolerance how much outputs may differ and still say the same
   * @param weigh what {@link #share} goes by
   */
  static Votes of(
      CompNN compnn,
      Field field,
      Traced traced,
      Raster output,
      BitSet wrong,
      double tolerance,
      Weigh weigh) {
    int pixels = output.height() * output.width();
    Votes votes = new Votes(field, traced, pixels, output instanceof LabelMap, tolerance, weigh);
    int[] first = new int[compnn.database().exemplars().size() + 1];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int k = 0; k < votes.asked(pixel, wrong); k++) {
        int exemplar = votes.exemplar(pixel, k);
        if (exemplar >= 0) {
          first[exemplar + 1]++;
        }
      }
    }
    Arrays.parallelPrefix(first, Integer::sum);
    int[] entries = new int[first[first.length - 1]];
    int[] next = first.clone();
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int k = 0; k < votes.asked(pixel, wrong); k++) {
        int exemplar = votes.exemplar(pixel, k);
        if (exemplar >= 0) {
          entries[next[exemplar]++] = pixel * votes.topK + k;
        }
      }
    }
    IntFunction<Raster> targets = compnn.source(Labels.ORIGINAL);
    IntFunction<Raster> predictions = compnn.source(Labels.SELF);
    for (int exemplar = 0; exemplar + 1 < first.length; exemplar++) {
      if (first[exemplar] < first[exemplar + 1]) {
        Raster prediction = predictions.apply(exemplar);
        boolean known = compnn.database().hasTarget(exemplar);
        Raster target = known ? targets.apply(exemplar) : prediction;
        for (int i = first[exemplar]; i < first[exemplar + 1]; i++) {
          votes.hear(entries[i], output, target, prediction, known);
        }
        if (weigh == Weigh.LOSS && known) {
          Learned learned = compnn.database().learned(exemplar).orElseThrow();
          for (int i = first[exemplar]; i < first[exemplar + 1]; i++) {
            votes.weigh(entries[i], learned);
          }
        }
      }
    }
    return votes;
  }

  private int asked(int pixel, BitSet wrong) {
    return wrong.get(pixel) ? topK : 1;
  }

  private void hear(int entry, Raster output, Raster target, Raster prediction, boolean known) {
    int pixel = entry / topK;
    int source = traced.source(pixel, entry % topK);
    boolean network = Difference.between(prediction, source, output, pixel) <= tolerance;
    if (entry % topK == 0 && network) {
      agreeing.set(pixel);
    }
    if (prediction instanceof LabelMap classes) {
      own[entry] = classes.classes()[source];
    }
    if (!known) {
      return;
    }
    if (target instanceof LabelMap classes) {
      original[entry] = classes.classes()[source];
    }
    boolean right =
        !unlabelled(target, source)
            && Difference.between(target, source, output, pixel) <= tolerance;
    says[entry] = (byte) (KNOWN | (right ? LABEL : 0) | (network ? NETWORK : 0));
  }

  /** Only matches that carry the wrong label weigh anything. */
  private void weigh(int entry, Learned learned) {
    if ((says[entry] & (KNOWN | LABEL)) == (KNOWN | LABEL)) {
      unlearned[entry] = 1 - learned.probability(traced.source(entry / topK, entry % topK));
    }
  }

  int topK() {
    return topK;
  }

  /** The part of a wrong pixel that one of its matches accounts for, 0..1. */
  double share(int pixel, int k) {
    double weights = 0;
    int speaking = 0;
    for (int i = 0; i < topK; i++) {
      weights += unlearned.length == 0 ? 0 : unlearned[pixel * topK + i];
      speaking += speaks(pixel, i) ? 1 : 0;
    }
    if (weights > 0) {
      return unlearned[pixel * topK + k] / weights;
    }
    return speaks(pixel, k) ? 1.0 / speaking : 0;
  }

  /** Whether a match says what the network wrongly says. */
  private boolean speaks(int pixel, int k) {
    return (says[pixel * topK + k] & (LABEL | NETWORK)) != 0;
  }

  int exemplar(int pixel, int k) {
    return field.exemplar()[traced.cell(pixel) * topK + k];
  }

  /** The pixel of the exemplar, at the size of the network's output. */
  int source(int pixel, int k) {
    return traced.source(pixel, k);
  }

  /** The distance of a pixel's best match; infinite without one. */
  float distance(int pixel) {
    return field.distance()[traced.cell(pixel) * topK];
  }

  Says says(int pixel, int k) {
    return switch (says[pixel * topK + k]) {
      case 0 -> Says.NOTHING;
      case KNOWN | LABEL | NETWORK -> Says.TAUGHT;
      case KNOWN | LABEL -> Says.DOUBTFUL;
      case KNOWN | NETWORK -> Says.UNLEARNED;
      default -> Says.OTHER;
    };
  }

  /** The original class of a match; {@link LabelMap#UNLABELLED} where there is none. */
  int original(int pixel, int k) {
    return original.length == 0 ? LabelMap.UNLABELLED : original[pixel * topK + k] & 0xff;
  }

  /** The class that the network gives of a match. */
  int own(int pixel, int k) {
    return own.length == 0 ? LabelMap.UNLABELLED : own[pixel * topK + k] & 0xff;
  }

  /** Pixels whose best match has the network say what it says here. */
  BitSet agreeing() {
    return agreeing;
  }

  /** Why a pixel is wrong, by most of its matches that say something. */
  Blame.Cause cause(int pixel) {
    int taught = 0;
    int unlearned = 0;
    int other = 0;
    for (int k = 0; k < topK; k++) {
      switch (says(pixel, k)) {
        case TAUGHT, DOUBTFUL -> taught++;
        case UNLEARNED -> unlearned++;
        case OTHER -> other++;
        case NOTHING -> {}
      }
    }
    int voting = taught + unlearned + other;
    if (2 * taught > voting) {
      return Blame.Cause.TAUGHT;
    }
    if (2 * unlearned > voting) {
      return Blame.Cause.UNLEARNED;
    }
    return 2 * other > voting ? Blame.Cause.UNEXPLAINED : Blame.Cause.AMBIGUOUS;
  }

  static boolean unlabelled(Raster raster, int pixel) {
    return switch (raster) {
      case LabelMap labels -> (labels.classes()[pixel] & 0xff) == LabelMap.UNLABELLED;
      case ValueMap values -> !values.known(pixel);
      default -> false;
    };
  }

  static boolean alike(Raster one, int pixel, Raster other, int there) {
    return Difference.between(one, pixel, other, there) <= (one instanceof LabelMap ? 0 : ALIKE);
  }
}
