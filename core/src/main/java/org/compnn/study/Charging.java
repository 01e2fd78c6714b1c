package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.compnn.study.Judgement.Charge;

/** Shares wrong pixels among the matches that say what the network wrongly says. */
final class Charging {
  private Charging() {}

  /**
   * The charges of one picture.
   *
   * @param pixels where it is wrong
   * @param novel pixels whose best match is farther charge nobody
   * @param exemplars how many there are
   */
  static List<Charge> of(Votes votes, WrongPixels pixels, float novel, int exemplars) {
    BitSet wrong = pixels.wrong();
    int[] first = new int[exemplars + 1];
    for (int pixel = wrong.nextSetBit(0); pixel >= 0; pixel = wrong.nextSetBit(pixel + 1)) {
      for (int k = 0; k < votes.topK(); k++) {
        if (charges(votes, pixel, k, novel)) {
          first[votes.exemplar(pixel, k) + 1]++;
        }
      }
    }
    Arrays.parallelPrefix(first, Integer::sum);
    int[] next = first.clone();
    // The training pixel above, the match below: sorted by training pixel.
    long[] entries = new long[first[exemplars]];
    for (int pixel = wrong.nextSetBit(0); pixel >= 0; pixel = wrong.nextSetBit(pixel + 1)) {
      for (int k = 0; k < votes.topK(); k++) {
        if (charges(votes, pixel, k, novel)) {
          long match = (long) pixel * votes.topK() + k;
          entries[next[votes.exemplar(pixel, k)]++] = (long) votes.source(pixel, k) << 32 | match;
        }
      }
    }
    List<Charge> charges = new ArrayList<>();
    for (int exemplar = 0; exemplar < exemplars; exemplar++) {
      if (first[exemplar] < first[exemplar + 1]) {
        charges.add(
            charge(
                votes,
                pixels,
                exemplar,
                Arrays.copyOfRange(entries, first[exemplar], first[exemplar + 1])));
      }
    }
    return charges;
  }

  private static boolean charges(Votes votes, int pixel, int k, float novel) {
    return votes.distance(pixel) <= novel && votes.share(pixel, k) > 0;
  }

  private static Charge charge(Votes votes, WrongPixels wrong, int exemplar, long[] entries) {
    double[] truths = new double[256];
    Arrays.sort(entries);
    int[] sources = new int[entries.length];
    float[] shares = new float[entries.length];
    float[] mislabelled = new float[entries.length];
    int n = 0;
    double pixels = 0;
    double doubtful = 0;
    for (long entry : entries) {
      int source = (int) (entry >> 32);
      int match = (int) entry;
      double share = votes.share(match / votes.topK(), match % votes.topK());
      pixels += share;
      int key = wrong.key()[match / votes.topK()];
      truths[wrong.labels() && key != WrongRegions.NONE ? key >> 8 : Judgement.NO_CLASS] += share;
      Votes.Says says = votes.says(match / votes.topK(), match % votes.topK());
      doubtful += says == Votes.Says.TAUGHT ? 0 : share;
      if (n == 0 || sources[n - 1] != source) {
        sources[n++] = source;
      }
      shares[n - 1] += (float) share;
      mislabelled[n - 1] += says == Votes.Says.UNLEARNED ? 0 : (float) share;
    }
    return new Charge(
        exemplar,
        pixels,
        doubtful,
        mostOf(truths),
        Arrays.copyOf(sources, n),
        Arrays.copyOf(shares, n),
        Arrays.copyOf(mislabelled, n));
  }

  private static int mostOf(double[] truths) {
    int most = Judgement.NO_CLASS;
    for (int label = 0; label < Judgement.NO_CLASS; label++) {
      most = truths[label] > truths[most] ? label : most;
    }
    return most;
  }
}
