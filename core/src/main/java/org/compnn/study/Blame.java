package org.compnn.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.compose.Labels;
import org.compnn.compose.Mask;
import org.compnn.compose.Traced;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.network.Activations;
import org.compnn.network.Layer;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.report.Difference;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;

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
  /** Colours nearer than this mean difference, of 1, count as alike in pictures. */
  static final double ALIKE = 0.1;

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

  /** What one training picture is blamed for, as it adds up. */
  private static final class Account {
    private double pixels;
    private double doubtful;
    private final float[] sources;

    Account(int pixels) {
      sources = new float[pixels];
    }

    List<Region> regions(int height, int width) {
      BitSet named = new BitSet(sources.length);
      for (int i = 0; i < sources.length; i++) {
        named.set(i, sources[i] > 0);
      }
      List<Region> regions = new ArrayList<>();
      for (Mask part : new Mask(height, width, named).components()) {
        regions.add(new Region(part, part.pixels().stream().mapToDouble(i -> sources[i]).sum()));
      }
      regions.sort(Comparator.comparingDouble(Region::pixels).reversed());
      return regions;
    }
  }

  /**
   * Follows the wrong pixels of a data set.
   *
   * @param options how to match, by a picture's id; top-k matches vote
   * @param neighbours exemplars before and after a training picture that must not match it where
   *     the bound for novel distances is set
   * @param limit at most so many pictures, spread evenly
   * @throws UserError if original labels or ground truth are missing
   */
  public static Blame of(
      CompNN compnn,
      Dataset dataset,
      Function<String, ExplainOptions> options,
      int neighbours,
      int limit,
      Progress progress) {
    if (!compnn.database().hasTargets()) {
      throw new UserError(
          compnn.database().folder() + ": expected a database with original labels, found none");
    }
    float novel = novelDistance(compnn, options.apply(""), neighbours);
    Map<Cause, Long> causes = new EnumMap<>(Cause.class);
    Arrays.stream(Cause.values()).forEach(cause -> causes.put(cause, 0L));
    Map<Integer, Account> accounts = new TreeMap<>();
    long labelled = 0;
    int looked = Math.min(limit, dataset.pairs().size());
    int height = compnn.network().outputHeight();
    int width = compnn.network().outputWidth();
    try (Progress.Task task = progress.begin("blaming", "pictures", looked)) {
      for (int i = 0; i < looked; i++) {
        Pair pair = dataset.pairs().get((int) ((long) i * dataset.pairs().size() / looked));
        labelled += follow(compnn, pair, options.apply(pair.id()), novel, causes, accounts);
        task.advance(1);
      }
    }
    List<Culprit> culprits = new ArrayList<>();
    accounts.forEach(
        (exemplar, account) ->
            culprits.add(
                new Culprit(
                    exemplar,
                    compnn.database().exemplars().get(exemplar).id(),
                    account.pixels,
                    account.doubtful,
                    account.regions(height, width))));
    culprits.sort((a, b) -> Double.compare(b.pixels(), a.pixels()));
    return new Blame(looked, labelled, causes, novel, culprits);
  }

  /** Follows one picture's wrong pixels; returns its labelled ones. */
  private static long follow(
      CompNN compnn,
      Pair pair,
      ExplainOptions options,
      float novel,
      Map<Cause, Long> causes,
      Map<Integer, Account> accounts) {
    Pair.Content content = pair.read();
    if (content.target().isEmpty()) {
      throw new UserError(
          pair.id() + ": expected ground truth to tell wrong pixels by, found none");
    }
    CellStore cells = compnn.cells(options);
    Layer layer = compnn.network().layer(cells.layer().name());
    Activations activations = compnn.network().run(content.input(), List.of(layer));
    Raster output = activations.prediction();
    Raster truth = CompNN.fitted(content.target().get(), output);
    Field field =
        compnn.find(
            cells,
            activations.layers().getFirst(),
            settings(options, compnn.selection(options)),
            options.method());
    Traced traced = new Traced(field, cells.layer(), output.height(), output.width());
    Votes votes = new Votes(compnn, field, traced, output);
    long labelled = 0;
    for (int pixel = 0; pixel < output.height() * output.width(); pixel++) {
      if (unlabelled(truth, pixel)) {
        continue;
      }
      labelled++;
      if (alike(truth, pixel, output, pixel)) {
        continue;
      }
      votes.count(pixel);
      boolean far = field.distance()[traced.cell(pixel) * field.topK()] > novel;
      causes.merge(far ? Cause.NOVEL : votes.cause(), 1L, Long::sum);
      if (!far && votes.same > 0) {
        charge(votes, accounts);
      }
    }
    return labelled;
  }

  private static void charge(Votes votes, Map<Integer, Account> accounts) {
    for (int k = 0; k < votes.says.length; k++) {
      if (votes.says[k] == Says.TAUGHT
          || votes.says[k] == Says.DOUBTFUL
          || votes.says[k] == Says.UNLEARNED) {
        Account account =
            accounts.computeIfAbsent(votes.exemplar[k], _ -> new Account(votes.pixels()));
        account.pixels += 1.0 / votes.same;
        account.doubtful += votes.says[k] == Says.TAUGHT ? 0 : 1.0 / votes.same;
        account.sources[votes.source[k]] += (float) (1.0 / votes.same);
      }
    }
  }

  /** What a match says about a wrong pixel. */
  private enum Says {
    NOTHING,
    /** Original label and the network's are both the wrong label. */
    TAUGHT,
    /** The original label is the wrong one, the network's is not. */
    DOUBTFUL,
    /** The network's label is the wrong one, the original is not. */
    UNLEARNED,
    OTHER
  }

  /** The matches of one pixel after another. */
  private static final class Votes {
    private final IntFunction<Raster> targets;
    private final IntFunction<Raster> predictions;
    private final CompNN compnn;
    private final Field field;
    private final Traced traced;
    private final Raster output;
    private final Map<Integer, Raster> readTargets = new TreeMap<>();
    private final Map<Integer, Raster> readPredictions = new TreeMap<>();
    private final Says[] says;
    private final int[] exemplar;
    private final int[] source;
    private int taught;
    private int unlearned;
    private int other;
    private int same;

    Votes(CompNN compnn, Field field, Traced traced, Raster output) {
      this.compnn = compnn;
      this.targets = compnn.source(Labels.ORIGINAL);
      this.predictions = compnn.source(Labels.SELF);
      this.field = field;
      this.traced = traced;
      this.output = output;
      says = new Says[field.topK()];
      exemplar = new int[field.topK()];
      source = new int[field.topK()];
    }

    /** Pixels of a picture. */
    int pixels() {
      return output.height() * output.width();
    }

    void count(int pixel) {
      taught = 0;
      unlearned = 0;
      other = 0;
      int cell = traced.cell(pixel);
      for (int k = 0; k < says.length; k++) {
        exemplar[k] = field.exemplar()[cell * says.length + k];
        source[k] = traced.source(pixel, k);
        says[k] = says(pixel, k);
        switch (says[k]) {
          case TAUGHT, DOUBTFUL -> taught++;
          case UNLEARNED -> unlearned++;
          case OTHER -> other++;
          case NOTHING -> {}
        }
      }
      same = taught + unlearned;
    }

    private Says says(int pixel, int k) {
      if (exemplar[k] < 0 || !compnn.database().hasTarget(exemplar[k])) {
        return Says.NOTHING;
      }
      Raster original = readTargets.computeIfAbsent(exemplar[k], targets::apply);
      Raster own = readPredictions.computeIfAbsent(exemplar[k], predictions::apply);
      boolean network = alike(own, source[k], output, pixel);
      if (!unlabelled(original, source[k]) && alike(original, source[k], output, pixel)) {
        return network ? Says.TAUGHT : Says.DOUBTFUL;
      }
      return network ? Says.UNLEARNED : Says.OTHER;
    }

    Cause cause() {
      int voting = taught + unlearned + other;
      if (2 * taught > voting) {
        return Cause.TAUGHT;
      }
      if (2 * unlearned > voting) {
        return Cause.UNLEARNED;
      }
      return 2 * other > voting ? Cause.UNEXPLAINED : Cause.AMBIGUOUS;
    }
  }

  private static boolean unlabelled(Raster raster, int pixel) {
    return raster instanceof LabelMap labels
        && (labels.classes()[pixel] & 0xff) == LabelMap.UNLABELLED;
  }

  private static boolean alike(Raster one, int pixel, Raster other, int there) {
    return Difference.between(one, pixel, other, there) <= (one instanceof LabelMap ? 0 : ALIKE);
  }

  private static SearchSettings settings(ExplainOptions options, Selection selection) {
    return new SearchSettings(options.hyperpatch(), options.distance(), options.topK(), selection);
  }

  /** The distance that nearly all cells of some training pictures have a match within. */
  private static float novelDistance(CompNN compnn, ExplainOptions options, int around) {
    CellStore cells = compnn.cells(options);
    Layer layer = compnn.network().layer(cells.layer().name());
    int[] chosen = compnn.selection(options).indices();
    int calibrating = Math.min(CALIBRATING, chosen.length);
    List<float[]> distances = new ArrayList<>();
    for (int i = 0; i < calibrating && chosen.length > 1; i++) {
      int exemplar = chosen[(int) ((long) i * chosen.length / calibrating)];
      Selection others = compnn.selection(options).without(exemplar - around, exemplar + around);
      if (others.size() > 0) {
        Activations activations =
            compnn.network().run(compnn.database().input(exemplar), List.of(layer));
        Field field =
            compnn.find(
                cells,
                activations.layers().getFirst(),
                settings(options, others),
                options.method());
        float[] best = new float[field.rows() * field.columns()];
        for (int cell = 0; cell < best.length; cell++) {
          best[cell] = field.distance()[cell * field.topK()];
        }
        distances.add(best);
      }
    }
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
}
