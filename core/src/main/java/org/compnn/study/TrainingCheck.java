package org.compnn.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.database.Answered;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.network.Activations;
import org.compnn.network.Frame;
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
  public static final int SAMPLE = 16;

  /** Pictures of it that other ways are tried on. */
  private static final int TRIED = 4;

  /** How long the sample, and then the trials, may take about; one picture is always looked at. */
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

  /**
   * Looks at a sample, spread over the training set.
   *
   * @param threads pictures worked on at once, 1 or more
   * @return nothing where no picture of the sample has a right output that can be read
   */
  public static Optional<TrainingCheck> of(Network network, Dataset dataset, int threads) {
    long begin = System.nanoTime();
    List<Answered> answers = new ArrayList<>();
    for (Pair pair : EvenSample.of(dataset.pairs(), SAMPLE)) {
      if (!answers.isEmpty() && spent(begin)) {
        break;
      }
      try {
        Pair.Content content = pair.read();
        if (content.target().isPresent()) {
          Activations answer = network.run(content.sample(), List.of());
          answers.add(
              new Answered(content.input(), content.target(), answer.frame(), answer.prediction()));
        }
      } catch (UserError e) {
        // Whether broken pairs are left out or end the run is decided there.
      }
    }
    return of(network, answers, threads);
  }

  /**
   * Looks at what the network made of a sample already, and at a few of its pictures otherwise.
   *
   * @param answers those with a right output count
   * @param threads as {@link #of(Network, Dataset, int)}
   * @return nothing where there is no right output
   */
  public static Optional<TrainingCheck> of(Network network, List<Answered> answers, int threads) {
    List<Answered> right = answers.stream().filter(each -> each.target().isPresent()).toList();
    try (Workers workers = Workers.of(threads)) {
      return right.isEmpty() ? Optional.empty() : checked(network, right, workers);
    } catch (UserError e) {
      // A pair that does not fit is named by the run itself.
      return Optional.empty();
    }
  }

  private static boolean spent(long begin) {
    return System.nanoTime() - begin > AT_MOST.toNanos();
  }

  private static Optional<TrainingCheck> checked(
      Network network, List<Answered> sample, Workers workers) {
    List<Agreeing> answers =
        workers.map(
            sample.size(),
            i -> agreeing(sample.get(i), sample.get(i).frame(), sample.get(i).prediction()));
    if (answers.stream().allMatch(a -> a.measured() == 0)) {
      return Optional.empty();
    }
    Agreeing all = Agreeing.together(answers);
    Agreeing.Constant constant = Agreeing.constant(answers, network.output());
    Trials trials =
        new Trials(network, EvenSample.of(sample, TRIED), EvenSample.of(answers, TRIED), workers);
    return Optional.of(
        new TrainingCheck(
            answers.size(),
            all.score(),
            constant.score(),
            all.measure(),
            constant.words(),
            trials.better()));
  }

  private static Agreeing agreeing(Answered of, Frame frame, Raster given) {
    return Agreeing.of(
        Framing.lay(of.target().orElseThrow(), frame, given.height(), given.width()), given);
  }

  /**
   * Other ways to make numbers of pixels, tried on a few pictures.
   *
   * @param own how the network's own way agrees on them
   */
  private record Trials(Network network, List<Answered> few, List<Agreeing> own, Workers workers) {
    Optional<Better> better() {
      Preprocessing usual = network.preprocessing();
      double ownScore = Agreeing.together(own).score();
      Optional<Better> best = Optional.empty();
      long begin = System.nanoTime();
      for (CommonNormalisation each : CommonNormalisation.ALL) {
        for (boolean flipped : new boolean[] {usual.flipped(), !usual.flipped()}) {
          Preprocessing how = each.of(usual, flipped);
          boolean same = how.equals(usual) || (usual.channels() == 1 && flipped != usual.flipped());
          if (same || spent(begin) || !promising(how)) {
            continue;
          }
          Agreeing all = Agreeing.together(answers(how, few));
          double toBeat = best.map(Better::score).orElse(ownScore);
          if (all.measure().farBeats(all.score(), ownScore)
              && all.measure().beats(all.score(), toBeat)) {
            String order = flipped == usual.flipped() ? "" : ", blue and red exchanged";
            best = Optional.of(new Better(each.words() + order, how, all.score(), ownScore));
          }
        }
      }
      return best;
    }

    /** Whether it does better on one picture; most do not, which spares the others. */
    private boolean promising(Preprocessing how) {
      Agreeing first = answers(how, few.subList(0, 1)).getFirst();
      return few.size() == 1
          || own.getFirst().measured() == 0
          || first.measure().beats(first.score(), own.getFirst().score());
    }

    private List<Agreeing> answers(Preprocessing how, List<Answered> pictures) {
      return workers.map(
          pictures.size(),
          i -> {
            Activations answer = network.run(pictures.get(i).input(), how);
            return agreeing(pictures.get(i), answer.frame(), answer.prediction());
          });
    }
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
