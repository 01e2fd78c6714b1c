package org.compnn.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.explain.Options;
import org.compnn.explain.Run;
import org.compnn.image.LabelMap;
import org.compnn.network.Layer;
import org.compnn.network.Output;
import org.compnn.network.Probabilities;
import org.compnn.search.Field;
import org.compnn.study.Suspects.Region;
import org.compnn.study.Suspects.Suspect;

/**
 * One training picture, run through the network and matched against the others, whose labels are
 * doubted by two witnesses: the network and the labels of the matches. Its score is a product.
 *
 * <p>The first factor is the square of 1 minus the softmin over pixels of how well the better
 * witness speaks for the given label: the network's probability of it, over the mean that it has
 * where that label is given (see {@link Labelling}), 1 at the most; or the share of matches that
 * carry it. A pixel counts as well as the best of the 3 x 3 around it, since labels are off by a
 * pixel along most borders.
 *
 * <p>The second is 1 + v / (v + 0.12), halved, of the worst region of one given label and one
 * network's; one half without one. There v is the mean surprise of its inner pixels, times the
 * fourth root of the share of the picture that they take, times how little the network gives their
 * label: the mean of ln p / ln 0.001, 1 at the most. So a picture whose regions are no more than
 * specks, or whose network has learned little, is still judged by its pixels. The surprise of a
 * pixel is minus the logarithm of how often its label is given where the network says what the
 * witnesses do here, the better one again (see {@link Labelling}). So what the network always mixes
 * up is less suspect than what nobody labels so.
 */
final class SuspectPicture {
  /** Regions kept of a picture. */
  private static final int REGIONS = 3;

  /** Regions that nothing is left of when so many pixels are taken off all around are borders. */
  private static final int BORDER = 1;

  /** Smaller regions do not count in the second factor. */
  private static final double LEAST_SHARE = 0.001;

  /** The region that makes the second factor one half. */
  private static final double HALF = 0.12;

  /** A label that the network gives so much or less counts whole. */
  private static final double UNLIKELY = 1e-3;

  /** How much the first factor counts against the second. */
  private static final double POWER = 2;

  /** Nothing surprises more than a share of so much. */
  private static final double RAREST = 1e-4;

  private final CompNN compnn;
  private final int exemplar;
  private final Run run;
  private final Field field;
  private final Layer layer;

  private SuspectPicture(CompNN compnn, int exemplar, Run run, Field field, Layer layer) {
    this.compnn = compnn;
    this.exemplar = exemplar;
    this.run = run;
    this.field = field;
    this.layer = layer;
  }

  /** Runs and matches a picture; its neighbours by the options do not match it. */
  static SuspectPicture of(CompNN compnn, Options options, int exemplar) {
    CellStore cells = compnn.cells(options);
    Run run = compnn.run(exemplar, List.of(cells));
    int around = options.neighbours();
    Selection others = compnn.selection(options).without(exemplar - around, exemplar + around);
    return new SuspectPicture(
        compnn, exemplar, run, run.match(options, others).field(), cells.layer());
  }

  /**
   * What the matches say of each pixel's label.
   *
   * @param doubt the share of labelled matches that carry another one
   * @param given how often it is given where the network says what they carry; 1 without any
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Matches(float[] doubt, float[] given) {}

  int exemplar() {
    return exemplar;
  }

  PictureProbabilities probabilities() {
    return PictureProbabilities.of(run.scores(), compnn.network().output());
  }

  /** Doubts its labels. */
  Suspect judge(Labelling labels) {
    LabelMap given = labels.of(exemplar);
    LabelMap network = (LabelMap) run.output();
    Matches matches = matches(given, labels);
    Output output = compnn.network().output();
    float[] probabilities = Softmin.probabilities(run.scores(), output, given);
    float[] surprise = surprise(given, matches, labels);
    List<Region> regions = regions(given, network, matches.doubt());
    double unspoken =
        1
            - Softmin.of(
                spokenFor(
                    confident(given, probabilities, labels),
                    matches.doubt(),
                    given.height(),
                    given.width()));
    double worst = worst(given, network, surprise, probabilities);
    return new Suspect(
        exemplar,
        compnn.gallery().id(exemplar),
        regions.subList(0, Math.min(REGIONS, regions.size())),
        Math.pow(unspoken, POWER) * (1 + worst / (worst + HALF)) / 2,
        Softmin.of(probabilities));
  }

  /** Probabilities of the labels over those that are usual. */
  private static float[] confident(LabelMap given, float[] probabilities, Labelling labels) {
    float[] confident = new float[probabilities.length];
    for (int i = 0; i < confident.length; i++) {
      confident[i] = labels.confident(given.classes()[i] & 0xff, probabilities[i]);
    }
    return confident;
  }

  /** How well the better witness speaks for each label, as well as for the best label around. */
  private static float[] spokenFor(float[] probabilities, float[] doubt, int height, int width) {
    float[] best = new float[doubt.length];
    for (int i = 0; i < best.length; i++) {
      best[i] = Float.isNaN(probabilities[i]) ? 1 : Math.max(probabilities[i], 1 - doubt[i]);
    }
    float[] around = new float[best.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        float most = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
          for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
            most = Math.max(most, best[y * width + x]);
          }
        }
        around[row * width + column] = most;
      }
    }
    return around;
  }

  private Matches matches(LabelMap given, Labelling labels) {
    int pixels = given.height() * given.width();
    Traced traced = new Traced(field, layer, given.height(), given.width());
    Map<Integer, LabelMap> read = new TreeMap<>();
    float[] doubt = new float[pixels];
    float[] expected = new float[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int label = given.classes()[pixel] & 0xff;
      if (label == LabelMap.UNLABELLED) {
        continue;
      }
      int cell = traced.cell(pixel);
      int labelled = 0;
      int others = 0;
      double sum = 0;
      for (int k = 0; k < field.topK(); k++) {
        int source = traced.source(pixel, k);
        if (source < 0) {
          continue;
        }
        LabelMap there =
            read.computeIfAbsent(field.exemplar()[cell * field.topK() + k], labels::of);
        int match = there.classes()[source] & 0xff;
        if (match != LabelMap.UNLABELLED) {
          labelled++;
          others += match == label ? 0 : 1;
          sum += labels.given(label, match);
        }
      }
      doubt[pixel] = labelled == 0 ? 0 : (float) others / labelled;
      expected[pixel] = labelled == 0 ? 1 : (float) (sum / labelled);
    }
    return new Matches(doubt, expected);
  }

  /** How little each label is to be expected by the better witness, 0..9.2; 0 without a label. */
  private float[] surprise(LabelMap given, Matches matches, Labelling labels) {
    float[] surprise = new float[given.classes().length];
    for (int pixel = 0; pixel < surprise.length; pixel++) {
      int label = given.classes()[pixel] & 0xff;
      if (label != LabelMap.UNLABELLED) {
        double[] said = Probabilities.of(run.scores(), compnn.network().output(), pixel);
        double expected = Math.max(labels.given(label, said), matches.given()[pixel]);
        surprise[pixel] = (float) -Math.log(Math.clamp(expected, RAREST, 1));
      }
    }
    return surprise;
  }

  /** The worst region by its surprise, size and probability, 0 without one. */
  private static double worst(
      LabelMap given, LabelMap network, float[] surprise, float[] probabilities) {
    double worst = 0;
    for (Map.Entry<Integer, BitSet> each : byPair(given, network).entrySet()) {
      for (Mask part : new Mask(given.height(), given.width(), each.getValue()).components()) {
        BitSet inner = part.eroded(BORDER).pixels();
        double share = (double) inner.cardinality() / surprise.length;
        if (share >= LEAST_SHARE) {
          double mean = inner.stream().mapToDouble(i -> surprise[i]).average().orElse(0);
          double little =
              inner.stream()
                  .mapToDouble(i -> Math.log(Math.max(UNLIKELY, probabilities[i])))
                  .map(log -> log / Math.log(UNLIKELY))
                  .average()
                  .orElse(0);
          worst = Math.max(worst, mean * little * Math.pow(share, 0.25));
        }
      }
    }
    return worst;
  }

  /** The pixels of each given label and another one that the network gives. */
  private static Map<Integer, BitSet> byPair(LabelMap given, LabelMap network) {
    Map<Integer, BitSet> byPair = new TreeMap<>();
    for (int pixel = 0; pixel < given.classes().length; pixel++) {
      int label = given.classes()[pixel] & 0xff;
      int other = network.classes()[pixel] & 0xff;
      if (label != LabelMap.UNLABELLED && other != label) {
        byPair.computeIfAbsent(label << 8 | other, _ -> new BitSet()).set(pixel);
      }
    }
    return byPair;
  }

  private static List<Region> regions(LabelMap given, LabelMap network, float[] doubt) {
    BitSet doubted = new BitSet(doubt.length);
    for (int pixel = 0; pixel < doubt.length; pixel++) {
      doubted.set(pixel, doubt[pixel] > 0.5f);
    }
    List<Region> regions = new ArrayList<>();
    byPair(given, network)
        .forEach(
            (pair, pixels) -> {
              pixels.and(doubted);
              Mask all = new Mask(given.height(), given.width(), pixels);
              for (Mask part : all.components()) {
                BitSet inner = part.eroded(BORDER).pixels();
                double score = 0;
                for (int i = inner.nextSetBit(0); i >= 0; i = inner.nextSetBit(i + 1)) {
                  score += doubt[i];
                }
                if (score > 0) {
                  regions.add(new Region(part, pair >> 8, pair & 0xff, score));
                }
              }
            });
    regions.sort(Comparator.comparingDouble(Region::score).reversed());
    return regions;
  }
}
