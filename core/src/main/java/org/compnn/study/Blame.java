package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.database.CellStore;
import org.compnn.database.OutputKind;
import org.compnn.database.Selection;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.image.Raster;
import org.compnn.measure.EvenSample;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;

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
 */
public record Blame(
    int pictures,
    long labelled,
    Map<Cause, Long> causes,
    float novelDistance,
    List<Culprit> culprits) {
  private static final double QUANTILE = 0.99;

  /** Training pictures whose own distances set the bound for novel ones. */
  private static final int CALIBRATING = 12;

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
    return of(compnn, dataset, options, Integer.MAX_VALUE, Progress.NONE);
  }

  /**
   * Follows the wrong pixels of some pictures of a data set.
   *
   * @param options how to match; top-k matches vote, and {@link Options#neighbours} of a training
   *     picture do not match it where the bound for novel distances is set
   * @param limit at most so many pictures, spread evenly, 1 or more
   * @throws UserError if original labels or ground truth are missing
   */
  public static Blame of(
      CompNN compnn, Dataset dataset, Options options, int limit, Progress progress) {
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
    float novel = novelDistance(compnn, options);
    Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    Arrays.stream(Cause.values()).forEach(cause -> causes.put(cause, 0L));
    Map<Integer, Account> accounts = new TreeMap<>();
    List<Pair> pairs = EvenSample.of(dataset.pairs(), limit);
    AtomicLong labelled = new AtomicLong();
    try (Progress.Task task = progress.begin("tracing wrong pixels", "pictures", pairs.size())) {
      compnn.inTurn(
          pairs.size(),
          options,
          number -> match(compnn, pairs.get(number), options),
          matched -> {
            labelled.addAndGet(follow(compnn, matched, novel, causes, accounts));
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
    return new Blame(pairs.size(), labelled.get(), causes, novel, culprits);
  }

  /** A picture with its right output, and its field. */
  private record Matched(Raster output, Raster truth, Field field, Traced traced) {}

  private static Matched match(CompNN compnn, Pair pair, Options options) {
    Pair.Content content = pair.read();
    if (content.target().isEmpty()) {
      throw new UserError(pair.id() + ": expected ground truth to find wrong pixels, found none");
    }
    CellStore cells = compnn.cells(options);
    Run run = compnn.run(new Query(pair.id(), content.sample(), content.target()), List.of(cells));
    Raster output = run.output();
    Field field = run.match(options).field();
    Traced traced = new Traced(field, cells.layer(), output.height(), output.width());
    return new Matched(output, run.truth().orElseThrow(), field, traced);
  }

  /** Follows one picture's wrong pixels; returns its labelled ones. */
  private static long follow(
      CompNN compnn,
      Matched matched,
      float novel,
      Map<Cause, Long> causes,
      Map<Integer, Account> accounts) {
    Raster output = matched.output();
    Raster truth = matched.truth();
    Field field = matched.field();
    Traced traced = matched.traced();
    Votes votes = new Votes(compnn, field, traced, output);
    long labelled = 0;
    for (int pixel = 0; pixel < output.height() * output.width(); pixel++) {
      if (Votes.unlabelled(truth, pixel)) {
        continue;
      }
      labelled++;
      if (Votes.alike(truth, pixel, output, pixel)) {
        continue;
      }
      votes.count(pixel);
      boolean far = field.distance()[traced.cell(pixel) * field.topK()] > novel;
      causes.merge(far ? Cause.NOVEL : votes.cause(), 1L, Long::sum);
      if (!far) {
        votes.charge(accounts);
      }
    }
    return labelled;
  }

  /** The distance that nearly all cells of some training pictures have a match within. */
  private static float novelDistance(CompNN compnn, Options options) {
    CellStore cells = compnn.cells(options);
    int[] chosen = compnn.selection(options).indices();
    int calibrating = Math.min(CALIBRATING, chosen.length);
    List<float[]> distances = new ArrayList<>();
    int around = options.neighbours();
    compnn.<Optional<float[]>>inTurn(
        chosen.length > 1 ? calibrating : 0,
        options,
        i -> {
          int exemplar = chosen[EvenSample.place(i, calibrating, chosen.length)];
          Selection others =
              compnn.selection(options).without(exemplar - around, exemplar + around);
          return others.size() == 0
              ? Optional.empty()
              : Optional.of(
                  nearest(compnn.run(exemplar, List.of(cells)).match(options, others).field()));
        },
        found -> found.ifPresent(distances::add));
    int count = distances.stream().mapToInt(d -> d.length).sum();
    if (count == 0) {
      return Float.POSITIVE_INFINITY;
    }
    float[] all = new float[count];
    int at = 0;
    for (float[] each : distances) {
      System.arraycopy(each, 0, all, at, each.length);
      at += each.length;
    }
    Arrays.sort(all);
    return all[(int) (QUANTILE * (count - 1))];
  }

  private static float[] nearest(Field field) {
    float[] nearest = new float[field.rows() * field.columns()];
    for (int cell = 0; cell < nearest.length; cell++) {
      nearest[cell] = field.distance()[cell * field.topK()];
    }
    return nearest;
  }
}
