package org.compnn.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;

/**
 * The matches of some pixels, by training picture.
 *
 * @param all how many matches there are
 * @param byExemplar those of each training picture
 * @param labels how many matches carry each original class
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; no map key.
record Sources(long all, Map<Integer, Tally> byExemplar, long[] labels) {
  /** Training pictures kept. */
  private static final int KEPT = 5;

  /** The matches in one training picture. */
  static final class Tally {
    private final BitSet pixels = new BitSet();
    private final int[] labels = new int[256];
    private final int[] own = new int[256];
    private long matches;

    long matches() {
      return matches;
    }
  }

  static Sources of(Votes votes, BitSet mask) {
    Map<Integer, Tally> byExemplar = new TreeMap<>();
    long[] labels = new long[256];
    long all = 0;
    for (int pixel = mask.nextSetBit(0); pixel >= 0; pixel = mask.nextSetBit(pixel + 1)) {
      for (int k = 0; k < votes.topK(); k++) {
        int exemplar = votes.exemplar(pixel, k);
        if (exemplar < 0) {
          continue;
        }
        Tally tally = byExemplar.computeIfAbsent(exemplar, _ -> new Tally());
        tally.matches++;
        tally.pixels.set(votes.source(pixel, k));
        tally.labels[votes.original(pixel, k)]++;
        tally.own[votes.own(pixel, k)]++;
        labels[votes.original(pixel, k)]++;
        all++;
      }
    }
    return new Sources(all, byExemplar, labels);
  }

  /** The original classes, the most frequent first. */
  List<Judgement.Vote> votes() {
    long labelled = 0;
    for (int label = 0; label < LabelMap.UNLABELLED; label++) {
      labelled += labels[label];
    }
    List<Judgement.Vote> votes = new ArrayList<>();
    for (int label = 0; label < LabelMap.UNLABELLED; label++) {
      if (labels[label] > 0) {
        votes.add(new Judgement.Vote(label, (double) labels[label] / labelled));
      }
    }
    votes.sort(Comparator.comparingDouble(Judgement.Vote::share).reversed());
    return votes;
  }

  /** The training pictures that give most, the first first. */
  List<Judgement.Source> ranked(CompNN compnn, int height, int width) {
    return byExemplar.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Integer, Tally> e) -> e.getValue().matches())
                .reversed())
        .limit(KEPT)
        .map(
            entry -> {
              Tally tally = entry.getValue();
              return new Judgement.Source(
                  entry.getKey(),
                  compnn.gallery().id(entry.getKey()),
                  (double) tally.matches / all,
                  mostOf(tally.labels),
                  mostOf(tally.own),
                  new Mask(height, width, tally.pixels));
            })
        .toList();
  }

  /** The most frequent class; that none is known only where none is. */
  private static int mostOf(int[] counts) {
    int most = LabelMap.UNLABELLED;
    for (int label = 0; label < LabelMap.UNLABELLED; label++) {
      if (counts[label] > (most == LabelMap.UNLABELLED ? 0 : counts[most])) {
        most = label;
      }
    }
    return most;
  }
}
