package org.compnn.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.compnn.compose.Mask;

/** What one training picture is blamed for, as it adds up. */
final class Account {
  private final float[] sources;
  private double pixels;
  private double doubtful;

  /**
   * An account without a charge.
   *
   * @param pixels of the training picture, at the size of the network's output
   */
  Account(int pixels) {
    sources = new float[pixels];
  }

  /** Adds what the wrong pixels of one picture lead to. */
  void add(Judgement.Charge charge) {
    pixels += charge.pixels();
    doubtful += charge.doubtful();
    for (int i = 0; i < charge.sources().length; i++) {
      sources[charge.sources()[i]] += charge.shares()[i];
    }
  }

  Blame.Culprit culprit(int exemplar, String id, int height, int width) {
    return new Blame.Culprit(exemplar, id, pixels, doubtful, regions(height, width));
  }

  private List<Blame.Region> regions(int height, int width) {
    BitSet named = new BitSet(sources.length);
    for (int i = 0; i < sources.length; i++) {
      named.set(i, sources[i] > 0);
    }
    List<Blame.Region> regions = new ArrayList<>();
    for (Mask part : new Mask(height, width, named).components()) {
      regions.add(
          new Blame.Region(part, part.pixels().stream().mapToDouble(i -> sources[i]).sum()));
    }
    regions.sort(Comparator.comparingDouble(Blame.Region::pixels).reversed());
    return regions;
  }
}
