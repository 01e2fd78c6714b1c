package org.compnn.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.network.Activations;
import org.compnn.network.Framing;
import org.compnn.network.Network;
import org.compnn.network.Preprocessing;
import org.compnn.problem.UserError;
import org.compnn.threads.Workers;

/**
 * How well a network answers a sample of its training set, before a long run: a network whose
 * pictures are not prepared as they were in training answers wrongly, and nothing else tells.
 *
 * @param pictures how many were looked at
 * @param score how well it answers, see {@link Measure}
 * @param constant how well the best constant answer does on the same pictures
 * @param measure what the two numbers are
 * @param constantAnswer that answer in words
 * @param better another way to make numbers of pixels that does much better, if one does
 */
public record TrainingCheck(
    int pictures,
    double score,
    double constant,
    Measure measure,
    String constantAnswer,
    Optional<Better> better) {
  /** Pictures of the sample. */
  private static final int SAMPLE = 16;

  /** Pictures of it that other ways are tried on. */
  private static final int TRIED = 4;

  /** How long the sample, and then the trials, may take; one picture is always looked at. */
  private static final Duration AT_MOST = Duration.ofSeconds(8);

  /** What is measured. */
  public enum Measure {
    /** The share of labelled pixels that are right. */
    ACCURACY,
    /** The mean absolute difference of colours (0..1) or values. */
    DIFFERENCE;

    /** Whether a score beats another. */
    boolean beats(double score, double other) {
      return this == ACCURACY ? score > other : score < other;
    }

    /** Whether it does so by more than chance on a few pictures would. */
    boolean farBeats(double score, double other) {
      return switch (this) {
        case ACCURACY -> score - other > 0.05 && 1 - score < 0.75 * (1 - other);
        case DIFFERENCE -> score < 0.75 * other;
      };
    }

    String text(double score) {
      return switch (this) {
        case ACCURACY -> String.format(Locale.ROOT, "%.0f %%", 100 * score);
        case DIFFERENCE -> String.format(Locale.ROOT, "%.3g", score);
      };
    }
  }

  /**
   * Another way to make numbers of pixels.
   *
   * @param name in plain words
   * @param how the whole of it
   * @param score on fewer pictures
   * @param ownScore the score of the network's own way on the same pictures
   */
  public record Better(String name, Preprocessing how, double score, double ownScore) {}

  /** A picture, its right output, and where that lies. */
  private record Sample(Picture input, Raster target) {}

  /**
   * Looks at a sample, spread over the training set.
   *
   * @param threads pictures worked on at once, 1 or more
   * @return nothing where no picture of the sample has a right output that can be read
   */
  public static Optional<TrainingCheck> of(Network network, Dataset dataset, int threads) {
    List<Sample> samples = new ArrayList<>();
    long begin = System.nanoTime();
    for (Pair pair : EvenSample.of(dataset.pairs(), SAMPLE)) {
      read(pair).ifPresent(samples::add);
      if (!samples.isEmpty() && spent(begin)) {
        break;
      }
    }
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    try (Workers workers = Workers.of(threads)) {
      return checked(network, samples, workers);
    } catch (UserError e) {
      // A pair that does not fit is named by the run itself.
      return Optional.empty();
    }
  }

  private static Optional<Sample> read(Pair pair) {
    try {
      Pair.Content content = pair.read();
      return content.target().map(target -> new Sample(content.input(), target));
    } catch (UserError e) {
      // Whether broken pairs are left out or end the run is decided there.
      return Optional.empty();
    }
  }

  private static boolean spent(long begin) {
    return System.nanoTime() - begin > AT_MOST.toNanos();
  }

  private static Optional<TrainingCheck> checked(
      Network network, List<Sample> samples, Workers workers) {
    Preprocessing own = network.preprocessing();
    List<Agreeing> answers = run(network, samples, own, workers);
    if (answers.isEmpty() || answers.stream().allMatch(a -> a.measured() == 0)) {
      return Optional.empty();
    }
    Agreeing all = Agreeing.together(answers);
    Agreeing.Constant constant = Agreeing.constant(answers, network.output());
    List<Sample> few = EvenSample.of(samples.subList(0, answers.size()), TRIED);
    double ownOfFew = Agreeing.together(EvenSample.of(answers, TRIED)).score();
    return Optional.of(
        new TrainingCheck(
            answers.size(),
            all.score(),
            constant.score(),
            all.measure(),
            constant.words(),
            better(network, few, own, ownOfFew, workers)));
  }

  /** Runs on as many pictures as there is time for. */
  private static List<Agreeing> run(
      Network network, List<Sample> samples, Preprocessing how, Workers workers) {
    long begin = System.nanoTime();
    AtomicReferenceArray<Agreeing> answers = new AtomicReferenceArray<>(samples.size());
    workers.run(
        samples.size(),
        (number, thread) -> {
          if (number == 0 || !spent(begin)) {
            Sample sample = samples.get(number);
            Activations answer = network.run(sample.input(), how);
            Raster given = answer.prediction();
            answers.set(
                number,
                Agreeing.of(
                    Framing.lay(sample.target(), answer.frame(), given.height(), given.width()),
                    given));
          }
        });
    List<Agreeing> found = new ArrayList<>();
    for (int i = 0; i < answers.length() && answers.get(i) != null; i++) {
      found.add(answers.get(i));
    }
    return found;
  }

  private static Optional<Better> better(
      Network network, List<Sample> few, Preprocessing own, double ownScore, Workers workers) {
    Optional<Better> best = Optional.empty();
    long begin = System.nanoTime();
    for (CommonNormalisation each : CommonNormalisation.ALL) {
      for (boolean flipped : new boolean[] {own.flipped(), !own.flipped()}) {
        Preprocessing how = each.of(own, flipped);
        if (how.equals(own) || (own.channels() == 1 && flipped != own.flipped()) || spent(begin)) {
          continue;
        }
        List<Agreeing> answers = run(network, few, how, workers);
        if (answers.size() < few.size()) {
          return best;
        }
        Agreeing all = Agreeing.together(answers);
        double toBeat = best.map(Better::score).orElse(ownScore);
        if (all.measure().farBeats(all.score(), ownScore)
            && all.measure().beats(all.score(), toBeat)) {
          String order = flipped == own.flipped() ? "" : ", blue and red exchanged";
          best = Optional.of(new Better(each.words() + order, how, all.score(), ownScore));
        }
      }
    }
    return best;
  }

  /** Whether nothing speaks against the preprocessing. */
  public boolean looksRight() {
    return better.isEmpty() && measure.beats(score, constant);
  }

  /** What was found, in a line or two. */
  public List<String> lines() {
    String what = measure == Measure.ACCURACY ? "training accuracy" : "training error";
    String found =
        String.format(
            Locale.ROOT,
            "%s %s (%d picture%s)",
            what,
            measure.text(score),
            pictures,
            pictures == 1 ? "" : "s");
    List<String> lines = new ArrayList<>();
    if (!measure.beats(score, constant)) {
      lines.add(
          "%s: no better than %s everywhere (%s); check the preprocessing, and that classes and targets belong together"
              .formatted(found, constantAnswer, measure.text(constant)));
    } else {
      lines.add(found + (better.isEmpty() ? ": preprocessing looks right" : ""));
    }
    better.ifPresent(
        other ->
            lines.add(
                "with %s it is %s instead of %s: the preprocessing looks wrong"
                    .formatted(
                        other.name(),
                        measure.text(other.score()),
                        measure.text(other.ownScore()))));
    return lines;
  }
}
