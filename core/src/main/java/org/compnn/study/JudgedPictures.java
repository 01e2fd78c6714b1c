package org.compnn.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.compnn.measure.ClassCounts;

/**
 * What is kept of the judgements of a data set: a line for each picture, sums over all, and the
 * worst pictures themselves. Filled by one thread; memory grows by the lines alone.
 */
public final class JudgedPictures {
  /** Pictures that are kept whole. */
  public static final int WORST = 12;

  private static final Comparator<JudgedPicture> WORST_FIRST =
      Comparator.comparingDouble((JudgedPicture picture) -> badness(picture.judgement()))
          .reversed();

  private final List<Line> lines = new ArrayList<>();
  private final List<JudgedPicture> worst = new ArrayList<>();
  private final Map<Blame.Cause, Long> causes = new EnumMap<>(Blame.Cause.class);
  private final Map<Pair, Judgement.Confusion> confusions = new TreeMap<>();
  private Optional<ClassCounts> counts = Optional.empty();

  /** Of no pictures yet. */
  public JudgedPictures() {}

  /** A class and what it was taken for. */
  private record Pair(int truth, int given) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      return Comparator.comparingInt(Pair::truth)
          .thenComparingInt(Pair::given)
          .compare(this, other);
    }
  }

  /**
   * One picture.
   *
   * @param error the share of labelled pixels that are wrong, or the mean absolute difference in
   *     0..1; empty where no right output is known
   * @param meanIou over the classes that the picture has or the network gives; empty for networks
   *     without classes
   * @param agreement the share of pixels whose best match the network gives the same
   * @param distance the median percentile of its cells' distances among those of training cells
   * @param doubts why causes and sources are not to be trusted here
   * @param labelled pixels with a right output
   * @param wrong of these, those that are wrong
   * @param causes wrong pixels by cause
   */
  public record Line(
      String id,
      OptionalDouble error,
      OptionalDouble meanIou,
      double agreement,
      OptionalInt distance,
      List<Judgement.Doubt> doubts,
      long labelled,
      long wrong,
      Map<Blame.Cause, Long> causes) {
    public Line {
      doubts = List.copyOf(doubts);
      causes = Map.copyOf(causes);
    }

    static Line of(Judgement judgement) {
      return new Line(
          judgement.id(),
          judgement.error(),
          judgement.counts().map(JudgedPictures::meanIou).orElse(OptionalDouble.empty()),
          judgement.agreement(),
          judgement.distance(),
          judgement.doubts(),
          judgement.labelled(),
          judgement.wrong(),
          judgement.causes());
    }
  }

  /** Higher is worse: the error, or, where that is not known, what the imitation lacks. */
  private static double badness(Judgement judgement) {
    return judgement.error().orElse(1 - judgement.agreement());
  }

  private static OptionalDouble meanIou(ClassCounts counts) {
    double sum = 0;
    int classes = 0;
    for (int label = 0; label < counts.classes(); label++) {
      long either = counts.reference(label) + counts.answer(label) - counts.hit(label);
      if (either > 0) {
        sum += (double) counts.hit(label) / either;
        classes++;
      }
    }
    return classes == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / classes);
  }

  /** Takes one more picture. */
  public void add(JudgedPicture picture) {
    Judgement judgement = picture.judgement();
    lines.add(Line.of(judgement));
    judgement.causes().forEach((cause, pixels) -> causes.merge(cause, pixels, Long::sum));
    for (Judgement.Confusion confusion : judgement.confusions()) {
      confusions.merge(
          new Pair(confusion.truth(), confusion.given()), confusion, JudgedPictures::sum);
    }
    judgement
        .counts()
        .ifPresent(
            more -> {
              ClassCounts all = counts.orElseGet(() -> new ClassCounts(more.classes()));
              all.add(more);
              counts = Optional.of(all);
            });
    worst.add(picture);
    // Stable: of equals the first stays first.
    worst.sort(WORST_FIRST);
    if (worst.size() > WORST) {
      worst.removeLast();
    }
  }

  private static Judgement.Confusion sum(Judgement.Confusion one, Judgement.Confusion other) {
    Map<Blame.Cause, Long> sum = new EnumMap<>(Blame.Cause.class);
    one.causes().forEach((cause, pixels) -> sum.merge(cause, pixels, Long::sum));
    other.causes().forEach((cause, pixels) -> sum.merge(cause, pixels, Long::sum));
    return new Judgement.Confusion(one.truth(), one.given(), sum);
  }

  /** All pictures, in the order of the data set. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The worst ones, the worst first, {@link #WORST} at the most. */
  public List<JudgedPicture> worst() {
    return List.copyOf(worst);
  }

  /** Hits and misses by class, if the network gives classes and right ones are known. */
  public Optional<ClassCounts> counts() {
    return counts;
  }

  /** Wrong pixels by right and given class, most first. */
  public List<Judgement.Confusion> confusions() {
    List<Judgement.Confusion> sorted = new ArrayList<>(confusions.values());
    sorted.sort(Comparator.comparingLong(Judgement.Confusion::pixels).reversed());
    return sorted;
  }

  /** Wrong pixels by cause. */
  public Map<Blame.Cause, Long> causes() {
    return Map.copyOf(causes);
  }
}
