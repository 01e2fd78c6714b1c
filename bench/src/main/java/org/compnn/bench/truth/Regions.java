package org.compnn.bench.truth;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;

/** The regions of a label map: connected pixels of one class. */
final class Regions {
  private Regions() {}

  /**
   * A region.
   *
   * @param mask its pixels
   * @param label the class that they have
   */
  record Region(Mask mask, int label) {}

  /** All regions of a share of the picture between two bounds, the largest first. */
  static List<Region> of(LabelMap labels, double least, double most) {
    int pixels = labels.classes().length;
    List<Region> regions = new ArrayList<>();
    for (int label = 0; label < classes(labels); label++) {
      BitSet mask = new BitSet(pixels);
      for (int i = 0; i < pixels; i++) {
        mask.set(i, (labels.classes()[i] & 0xff) == label);
      }
      for (Mask part : new Mask(labels.height(), labels.width(), mask).components()) {
        if (part.count() >= least * pixels && part.count() <= most * pixels) {
          regions.add(new Region(part, label));
        }
      }
    }
    regions.sort(Comparator.comparingInt((Region r) -> r.mask().count()).reversed());
    return regions;
  }

  /** One more than the highest class that is given. */
  private static int classes(LabelMap labels) {
    int classes = 0;
    for (byte label : labels.classes()) {
      int number = label & 0xff;
      classes = number == LabelMap.UNLABELLED ? classes : Math.max(classes, number + 1);
    }
    return classes;
  }

  /** The largest region of each of a picture's most spread classes, so many at most. */
  static List<Region> asked(LabelMap labels, int count) {
    List<Region> chosen = new ArrayList<>();
    for (Region region : of(labels, 0.005, 0.4)) {
      if (chosen.size() < count && chosen.stream().noneMatch(r -> r.label() == region.label())) {
        chosen.add(region);
      }
    }
    return chosen;
  }

  /** The largest regions of one right and one wrong class; their label is the wrong one. */
  static List<Region> mistakes(LabelMap right, LabelMap given, int count) {
    byte[] wrong = given.classes().clone();
    List<Region> found = new ArrayList<>();
    for (int label = 0; label < classes(right); label++) {
      for (int i = 0; i < wrong.length; i++) {
        boolean here =
            (right.classes()[i] & 0xff) == label && right.classes()[i] != given.classes()[i];
        wrong[i] = here ? given.classes()[i] : (byte) LabelMap.UNLABELLED;
      }
      found.addAll(of(new LabelMap(right.height(), right.width(), wrong.clone()), 0.005, 1));
    }
    found.sort(Comparator.comparingInt((Region r) -> r.mask().count()).reversed());
    return List.copyOf(found.subList(0, Math.min(count, found.size())));
  }

  /** Whether two regions are for the most part the same pixels. */
  static boolean overlap(Mask a, Mask b) {
    BitSet both = (BitSet) a.pixels().clone();
    both.and(b.pixels());
    return 2 * both.cardinality() >= Math.min(a.count(), b.count());
  }
}
