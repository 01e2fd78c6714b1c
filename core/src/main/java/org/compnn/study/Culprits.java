package org.compnn.study;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;

/**
 * The training pictures whose labels are behind the wrong pixels of a data set, as its judgements
 * come in: what each accounts for, and the regions that people may relabel. Matches whose label is
 * right, though the network does not give it, are no matter of labels and count nowhere here. Safe
 * for many threads.
 */
public final class Culprits {
  /** Regions kept of a training picture. */
  private static final int REGIONS = 5;

  /** Matched pixels this near to each other are of one region, where their labels are the same. */
  private static final int NEAR = 2;

  /** Regions of fewer pixels are noise. */
  private static final int LEAST = 12;

  private final CompNN compnn;
  private final long most;
  private final Map<Integer, Tally> tallies = new TreeMap<>();
  private long numbers;

  /** What one training picture accounts for. */
  private static final class Tally {
    private final double[] truths = new double[256];
    private float[] shares = new float[0];
    private double pixels;
  }

  /**
   * A training picture.
   *
   * @param exemplar its index
   * @param pixels wrong pixels that it accounts for; a pixel is shared among its matches
   * @param regions those that account for most first; none where there was no room to keep them
   */
  public record Culprit(int exemplar, String id, double pixels, List<Region> regions) {
    public Culprit {
      regions = List.copyOf(regions);
    }
  }

  /**
   * Training pixels near each other, of one original label, that wrong pixels lead to.
   *
   * @param given their original label, or {@link Judgement#NO_CLASS}
   * @param suggested what the network gives them, where that is another; else what was right where
   *     they misled the network
   * @param pixels wrong pixels that they account for
   */
  public record Region(Mask mask, int given, int suggested, double pixels) {}

  /**
   * Nothing yet.
   *
   * @param most numbers kept for regions, four bytes each
   */
  public Culprits(CompNN compnn, long most) {
    this.compnn = compnn;
    this.most = most;
  }

  /** Adds what one picture's wrong pixels lead to. */
  public synchronized void add(List<Judgement.Charge> charges) {
    int size = compnn.network().outputHeight() * compnn.network().outputWidth();
    for (Judgement.Charge charge : charges) {
      double pixels = 0;
      for (float share : charge.mislabelled()) {
        pixels += share;
      }
      if (pixels == 0) {
        continue;
      }
      Tally tally = tallies.computeIfAbsent(charge.exemplar(), _ -> new Tally());
      tally.pixels += pixels;
      tally.truths[charge.truth()] += pixels;
      if (tally.shares.length == 0 && numbers + size <= most) {
        tally.shares = new float[size];
        numbers += size;
      }
      for (int i = 0; i < charge.sources().length && tally.shares.length > 0; i++) {
        tally.shares[charge.sources()[i]] += charge.mislabelled()[i];
      }
    }
  }

  /** Training pictures so far. */
  public synchronized int size() {
    return tallies.size();
  }

  /** Those that account for most, the first first. */
  public synchronized List<Culprit> ranked(int count) {
    return tallies.entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<Integer, Tally> e) -> e.getValue().pixels)
                .reversed())
        .limit(count)
        .map(entry -> culprit(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Culprit culprit(int exemplar, Tally tally) {
    return new Culprit(
        exemplar,
        compnn.gallery().id(exemplar),
        tally.pixels,
        tally.shares.length == 0 ? List.of() : regions(exemplar, tally));
  }

  private List<Region> regions(int exemplar, Tally tally) {
    Raster own = compnn.database().prediction(exemplar);
    Raster original =
        compnn.database().hasTarget(exemplar) ? compnn.database().target(exemplar) : own;
    int[] key = new int[tally.shares.length];
    Arrays.fill(key, WrongRegions.NONE);
    int width = own.width();
    for (int pixel = 0; pixel < key.length; pixel++) {
      if (tally.shares[pixel] > 0) {
        spread(pixel, own.height(), width, original, own, key);
      }
    }
    int right = mostOf(tally.truths);
    return WrongRegions.of(key, own.height(), width, 4 * REGIONS).stream()
        .filter(part -> part.mask().count() >= LEAST)
        .map(part -> region(part, tally.shares, right))
        .sorted(Comparator.comparingDouble(Region::pixels).reversed())
        .limit(REGIONS)
        .toList();
  }

  private static void spread(
      int pixel, int height, int width, Raster original, Raster own, int[] key) {
    int label = label(original, own, pixel);
    int row = pixel / width;
    int column = pixel % width;
    for (int y = Math.max(0, row - NEAR); y <= Math.min(height - 1, row + NEAR); y++) {
      for (int x = Math.max(0, column - NEAR); x <= Math.min(width - 1, column + NEAR); x++) {
        int there = y * width + x;
        if (label(original, own, there) == label) {
          key[there] = label;
        }
      }
    }
  }

  /** The original label and the network's. */
  private static int label(Raster original, Raster own, int pixel) {
    return original instanceof LabelMap given && own instanceof LabelMap network
        ? (given.classes()[pixel] & 0xff) << 8 | (network.classes()[pixel] & 0xff)
        : Judgement.NO_CLASS << 8 | Judgement.NO_CLASS;
  }

  private static Region region(WrongRegions.Part part, float[] shares, int right) {
    BitSet mask = part.mask().pixels();
    double pixels = 0;
    for (int i = mask.nextSetBit(0); i >= 0; i = mask.nextSetBit(i + 1)) {
      pixels += shares[i];
    }
    int given = part.key() >> 8;
    int network = part.key() & 0xff;
    return new Region(part.mask(), given, network == given ? right : network, pixels);
  }

  private static int mostOf(double[] truths) {
    int most = Judgement.NO_CLASS;
    for (int label = 0; label < Judgement.NO_CLASS; label++) {
      most = truths[label] > truths[most] ? label : most;
    }
    return most;
  }
}
