package org.compnn.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.compnn.compose.Mask;
import org.compnn.image.LabelMap;
import org.compnn.measure.ClassCounts;

/**
 * What one picture's run says: how far the network is off, where, why by the words of {@link
 * Blame.Cause}, and which training pictures are behind it. All masks and pixels are those of the
 * network's output.
 *
 * @param id the picture's name
 * @param height rows of the network's output
 * @param width columns of it
 * @param error the share of labelled pixels that are wrong, or the mean absolute difference to the
 *     right output in 0..1; empty where that is not known
 * @param agreement the share of pixels whose best match the network gives the same
 * @param distance the median percentile of its cells' distances among those of training cells
 * @param doubts why causes and sources are not to be trusted here; empty where they are
 * @param labelled pixels with a right output
 * @param wrong of these, those that are wrong: of another class, or off by more than a tenth
 * @param causes wrong pixels by cause
 * @param counts hits and misses by class; empty for networks without classes
 * @param confusions wrong pixels by right and given class, most first; empty for networks without
 *     classes
 * @param embedding where it lies along the principal axes of the training pictures
 * @param mask the wrong pixels
 * @param regions connected wrong pixels of one right and one given class, the largest first
 * @param charges what training pictures account for of the wrong pixels
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity; a judgement is no map key.
public record Judgement(
    String id,
    int height,
    int width,
    OptionalDouble error,
    double agreement,
    OptionalInt distance,
    List<Doubt> doubts,
    long labelled,
    long wrong,
    Map<Blame.Cause, Long> causes,
    Optional<ClassCounts> counts,
    List<Confusion> confusions,
    float[] embedding,
    Mask mask,
    List<Region> regions,
    List<Charge> charges) {
  /** What stands for the class of networks that give none. */
  public static final int NO_CLASS = LabelMap.UNLABELLED;

  /** Why a judgement is not to be trusted. */
  public enum Doubt {
    /** The search did not find matches as near as its quality promises. */
    RECALL,
    /**
     * The matches are farther than nearly all training cells have them: unlike the training set.
     */
    UNFAMILIAR,
    /** The network says something else of the best matches than it does here. */
    AGREEMENT
  }

  /**
   * Wrong pixels of one right and one given class.
   *
   * @param truth the right class
   * @param given the network's
   * @param causes by cause
   */
  public record Confusion(int truth, int given, Map<Blame.Cause, Long> causes) {
    public Confusion {
      causes = Map.copyOf(causes);
    }

    public long pixels() {
      return causes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Connected wrong pixels.
   *
   * @param truth the right class, or {@link #NO_CLASS}
   * @param given the network's
   * @param cause that of most of its pixels
   * @param distance the percentile of its median distance among those of training cells
   * @param embedding where it lies along the principal axes of training cells
   * @param doubts why cause and sources are not to be trusted
   * @param votes the original classes of its matches, the most frequent first
   * @param sources the training pictures of its matches, those that give most first
   */
  public record Region(
      Mask mask,
      int truth,
      int given,
      Blame.Cause cause,
      OptionalInt distance,
      float[] embedding,
      List<Doubt> doubts,
      List<Vote> votes,
      List<Source> sources) {
    public Region {
      doubts = List.copyOf(doubts);
      votes = List.copyOf(votes);
      sources = List.copyOf(sources);
    }
  }

  /**
   * How many of a region's matches carry an original class.
   *
   * @param share of the matches that carry any, 0..1
   */
  public record Vote(int label, double share) {}

  /**
   * What a training picture gives of a region.
   *
   * @param exemplar its index
   * @param id its name
   * @param share of the region's matches that lie in it, 0..1
   * @param label the original class of most of these, or {@link #NO_CLASS}
   * @param self the class that the network gives most of these
   * @param mask the training pixels
   */
  public record Source(int exemplar, String id, double share, int label, int self, Mask mask) {}

  /**
   * What a training picture accounts for of the wrong pixels, each shared among those of its
   * matches that say what the network wrongly says.
   *
   * @param exemplar its index
   * @param pixels wrong pixels
   * @param doubtful of these, as many as lead to training pixels where the network does not give
   *     the original label
   * @param truth the right class of most of them, or {@link #NO_CLASS}
   * @param sources the training pixels that they lead to, each once
   * @param shares how many wrong pixels lead to each of these
   * @param mislabelled of these shares, those of wrong pixels that are given the training pixel's
   *     original label: it taught them, or would have
   */
  public record Charge(
      int exemplar,
      double pixels,
      double doubtful,
      int truth,
      int[] sources,
      float[] shares,
      float[] mislabelled) {}

  public Judgement {
    doubts = List.copyOf(doubts);
    causes = Map.copyOf(causes);
    confusions = List.copyOf(confusions);
    regions = List.copyOf(regions);
    charges = List.copyOf(charges);
  }

  /** Whether it is like the training set, as far as that is known. */
  public boolean familiar() {
    return !doubts.contains(Doubt.UNFAMILIAR);
  }

  /** Whether its causes and sources may be believed. */
  public boolean trusted() {
    return doubts.isEmpty();
  }
}
