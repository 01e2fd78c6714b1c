package org.compnn.viewer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.compnn.compose.Mask;
import org.compnn.compose.OutlinePath;
import org.compnn.study.Culprits;
import org.compnn.study.Judgement;
import org.compnn.study.Suspects;

/**
 * A training picture with regions that may be labelled wrongly, as pages are told of it.
 *
 * @param exemplar its index
 * @param score the higher the more worth a look
 * @param regions the worst first
 */
public record QueueView(int exemplar, String id, double score, List<RegionView> regions) {
  private static final int CHARGES = 32;

  public QueueView {
    regions = List.copyOf(regions);
  }

  /**
   * A region.
   *
   * @param number from 1
   * @param box top, left, bottom, right, in pixels of the network's output
   * @param outline an SVG path in these
   * @param given the label that it has; null without classes
   * @param suggested the label that it may need
   */
  public record RegionView(
      int number,
      List<Integer> box,
      String outline,
      int pixels,
      Optional<Integer> given,
      Optional<Integer> suggested,
      double score) {}

  /**
   * What a training picture's labels account for of a picture's wrong pixels, as it is kept.
   *
   * @param truth the right class of most of these
   * @param outline the training pixels that they lead to
   */
  public record ChargeView(int exemplar, double pixels, int truth, String outline) {
    private static ChargeView of(Judgement.Charge charge, int height, int width) {
      BitSet sources = new BitSet();
      double pixels = 0;
      for (int i = 0; i < charge.sources().length; i++) {
        pixels += charge.mislabelled()[i];
        if (charge.mislabelled()[i] > 0) {
          sources.set(charge.sources()[i]);
        }
      }
      return new ChargeView(
          charge.exemplar(),
          pixels,
          charge.truth(),
          OutlinePath.of(new Mask(height, width, sources)));
    }

    /** The charge again, as far as it is kept; its training pixels share it evenly. */
    private Judgement.Charge charge(int height, int width) {
      int[] sources = OutlinePath.mask(outline, height, width).pixels().stream().toArray();
      float[] shares = new float[sources.length];
      Arrays.fill(shares, (float) (pixels / Math.max(1, sources.length)));
      return new Judgement.Charge(exemplar, pixels, 0, truth, sources, shares, shares);
    }
  }

  /** The charges of one picture that are kept. */
  public record ChargesView(List<ChargeView> charges) {
    public ChargesView {
      charges = List.copyOf(charges);
    }

    /** The largest charges of a judgement. */
    public static ChargesView of(Judgement judgement) {
      return new ChargesView(
          judgement.charges().stream()
              .map(charge -> ChargeView.of(charge, judgement.height(), judgement.width()))
              .filter(charge -> charge.pixels() > 0)
              .sorted(Comparator.comparingDouble(ChargeView::pixels).reversed())
              .limit(CHARGES)
              .toList());
    }

    /**
     * The charges again.
     *
     * @throws IllegalArgumentException if an outline is none of a picture of that size
     */
    public List<Judgement.Charge> charges(int height, int width) {
      return charges.stream().map(charge -> charge.charge(height, width)).toList();
    }
  }

  /** A suspect. */
  public static QueueView of(Suspects.Suspect suspect) {
    List<RegionView> regions = new ArrayList<>();
    for (Suspects.Region region : suspect.regions()) {
      regions.add(
          region(
              regions.size() + 1,
              region.mask(),
              region.given(),
              region.suggested(),
              region.score()));
    }
    return new QueueView(suspect.exemplar(), suspect.id(), suspect.score(), regions);
  }

  /** A training picture behind wrong pixels; scores are wrong pixels. */
  public static QueueView of(Culprits.Culprit culprit) {
    List<RegionView> regions = new ArrayList<>();
    for (Culprits.Region region : culprit.regions()) {
      regions.add(
          region(
              regions.size() + 1,
              region.mask(),
              region.given(),
              region.suggested(),
              region.pixels()));
    }
    return new QueueView(culprit.exemplar(), culprit.id(), culprit.pixels(), regions);
  }

  private static RegionView region(int number, Mask mask, int given, int suggested, double score) {
    Mask.Box box = mask.bounds();
    return new RegionView(
        number,
        List.of(box.top(), box.left(), box.bottom(), box.right()),
        OutlinePath.of(mask),
        mask.count(),
        label(given),
        label(suggested),
        Math.round(score * 1e3) / 1e3);
  }

  private static Optional<Integer> label(int label) {
    return label == Judgement.NO_CLASS ? Optional.empty() : Optional.of(label);
  }
}
