package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.database.OutputKind;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.measure.EvenSample;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * What of the training set is behind a network's wrong pixels. The top-k matches of each wrong
 * pixel vote on its cause, and those that say what the network wrongly says share the blame for it.
 *
 * @param pictures pictures looked at
 * @param labelled pixels with ground truth
 * @param causes wrong pixels by cause
 * @param novelDistance the distance beyond which a match counts as novel: 99 % of training cells
 *     have a nearer one in another training picture
 * @param culprits the training pictures that wrong pixels lead to, those that account for most
 *     first
 * @param judged the pictures looked at
 * @param weigh how pixels were shared among matches
 */
public record Blame(
    int pictures,
    long labelled,
    Map<Cause, Long> causes,
    float novelDistance,
    List<Culprit> culprits,
    JudgedPictures judged,
    Weigh weigh) {
  /** Why a pixel is wrong. */
  public enum Cause {
    /** Most matches carry the same wrong label: the network does as it was taught. */
    TAUGHT,
    /** The network gives the same wrong label on most of the matches, though taught otherwise. */
    UNLEARNED,
    /** The best match is farther than training cells are from each other. */
    NOVEL,
    /** The matches disagree. */
    AMBIGUOUS,
    /** Most matches say something else than the network does here. */
    UNEXPLAINED
  }

  /**
   * A training picture that wrong pixels lead to.
   *
   * @param exemplar its index
   * @param id its id
   * @param pixels wrong pixels that it accounts for; a pixel is shared among its matches
   * @param doubtful of these, as many as lead to training pixels where the network does not give
   *     the original label: a suspected label error
   * @param regions the connected regions that they lead to, those that account for most first
   */
  public record Culprit(
      int exemplar, String id, double pixels, double doubtful, List<Region> regions) {
    public Culprit {
      regions = List.copyOf(regions);
    }
  }

  /**
   * A connected region of a training picture that wrong pixels lead to.
   *
   * @param mask its pixels, at the size of the network's output
   * @param pixels wrong pixels that it accounts for
   */
  public record Region(Mask mask, double pixels) {}

  public Blame {
    causes = Map.copyOf(causes);
    culprits = List.copyOf(culprits);
  }

  /** Wrong pixels altogether. */
  public long wrong() {
    return causes.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Follows the wrong pixels of a data set.
   *
   * @param options how to match; top-k matches vote
   * @throws UserError if original labels or ground truth are missing
   */
  public static Blame of(CompNN compnn, Dataset dataset, Options options) {
    return of(compnn, dataset, options, Weigh.NONE, Integer.MAX_VALUE, Progress.NONE);
  }

  /**
   * Follows the wrong pixels of some pictures of a data set.
   *
   * @param options how to match; top-k matches vote, and {@link Options#neighbours} of a training
   *     picture do not match it where the bound for novel distances is set
   * @param weigh how a wrong pixel is shared among its matches
   * @param limit at most so many pictures, spread evenly, 1 or more
   * @throws UserError if original labels or ground truth are missing, or what weighing needs
   */
  public static Blame of(
      CompNN compnn, Dataset dataset, Options options, Weigh weigh, int limit, Progress progress) {
    if (!compnn.database().hasTargets()) {
      throw new UserError(
          compnn.database().folder() + ": expected a database with original labels, found none");
    }
    if (compnn.database().outputKind() == OutputKind.VALUES) {
      throw new UserError(
          compnn.database().folder()
              + ": expected classes or colours, which are right or wrong, found numbers; evaluate"
              + " measures how far they are off");
    }
    Judge judge = Judge.withoutAxes(compnn, options).weighing(weigh);
    References references = judge.references(Progress.NONE);
    Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    Arrays.stream(Cause.values()).forEach(cause -> causes.put(cause, 0L));
    Map<Integer, Account> accounts = new TreeMap<>();
    List<Pair> pairs = EvenSample.of(dataset.pairs(), limit);
    AtomicLong labelled = new AtomicLong();
    JudgedPictures judged = new JudgedPictures();
    try (Progress.Task task = progress.begin("tracing wrong pixels", "pictures", pairs.size())) {
      compnn.inTurn(
          pairs.size(),
          options,
          number -> judged(judge, pairs.get(number), references),
          picture -> {
            Judgement judgement = picture.judgement();
            judged.add(picture);
            labelled.addAndGet(judgement.labelled());
            judgement.causes().forEach((cause, pixels) -> causes.merge(cause, pixels, Long::sum));
            int size = judgement.height() * judgement.width();
            for (Judgement.Charge charge : judgement.charges()) {
              accounts.computeIfAbsent(charge.exemplar(), _ -> new Account(size)).add(charge);
            }
            task.advance(1);
          });
    }
    int height = compnn.network().outputHeight();
    int width = compnn.network().outputWidth();
    List<Culprit> culprits = new ArrayList<>();
    accounts.forEach(
        (exemplar, account) ->
            culprits.add(account.culprit(exemplar, compnn.gallery().id(exemplar), height, width)));
    culprits.sort((a, b) -> Double.compare(b.pixels(), a.pixels()));
    return new Blame(
        pairs.size(), labelled.get(), causes, references.novelDistance(), culprits, judged, weigh);
  }

  private static JudgedPicture judged(Judge judge, Pair pair, References references) {
    Matched matched = judge.match(pair);
    if (matched.truth().isEmpty()) {
      throw new UserError(pair.id() + ": expected ground truth to find wrong pixels, found none");
    }
    return JudgedPicture.of(matched, judge.judge(matched, references));
  }
}
