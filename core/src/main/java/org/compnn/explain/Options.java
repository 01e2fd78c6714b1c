package org.compnn.explain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.search.Distance;
import org.compnn.search.Method;
import org.compnn.search.Quality;

/**
 * What is asked of an explanation. Immutable: each setter gives a changed copy.
 *
 * <pre>{@code
 * Options night = Options.defaults().only("time=night").topK(5).within(Duration.ofMillis(200));
 * }</pre>
 *
 * @param layer name or alias of an indexed layer; the penultimate one (or, if that is not indexed,
 *     the first) where empty
 * @param labels what is pasted into the output
 * @param hyperpatch size p of the hyperpatches, 1 or more
 * @param distance how hyperpatches are compared
 * @param topK matches kept for each cell, 1 or more
 * @param overlap what becomes of overlapping patches
 * @param only terms that choose exemplars: id, glob, tag=value, @list-file; all where empty
 * @param without terms that drop exemplars
 * @param leaveOneOut whether an exemplar with the picture's own name must not match: the picture
 *     itself, where it is of the training set
 * @param neighbours how many exemplars before and after that one must not match either (frames of
 *     the same video), 0 or more
 * @param method how matches are found
 * @param check how many cells of a field that is not exact are searched exactly as well, to
 *     estimate its recall, 0 or more; where empty {@link #CHECKED_BY_DEFAULT}, but only where the
 *     database's lists make that cheap
 */
public record Options(
    Optional<String> layer,
    Labels labels,
    int hyperpatch,
    Distance distance,
    int topK,
    Overlap overlap,
    List<String> only,
    List<String> without,
    boolean leaveOneOut,
    int neighbours,
    Method method,
    OptionalInt check) {
  /** Cells that are checked where nothing is said. */
  public static final int CHECKED_BY_DEFAULT = 32;

  private static final Options DEFAULTS = new Draft().built();

  public Options {
    only = List.copyOf(only);
    without = List.copyOf(without);
    if (hyperpatch < 1 || topK < 1 || neighbours < 0 || check.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "hyperpatch and top-k are 1 or more, neighbours and check 0 or more");
    }
  }

  /**
   * Self-supervised labels, single cells, L2, the nearest match, all exemplars, a balanced field
   * search.
   */
  public static Options defaults() {
    return DEFAULTS;
  }

  /** Matches at this layer, by name or alias. */
  public Options layer(String name) {
    return with(draft -> draft.layer = Optional.of(name));
  }

  public Options labels(Labels value) {
    return with(draft -> draft.labels = value);
  }

  public Options hyperpatch(int p) {
    return with(draft -> draft.hyperpatch = p);
  }

  public Options distance(Distance value) {
    return with(draft -> draft.distance = value);
  }

  public Options topK(int k) {
    return with(draft -> draft.topK = k);
  }

  public Options overlap(Overlap value) {
    return with(draft -> draft.overlap = value);
  }

  /** Only exemplars that one of these terms chooses may match. */
  public Options only(String... terms) {
    return only(List.of(terms));
  }

  public Options only(List<String> terms) {
    return with(draft -> draft.only = terms);
  }

  /** Exemplars that one of these terms chooses never match. */
  public Options without(String... terms) {
    return without(List.of(terms));
  }

  public Options without(List<String> terms) {
    return with(draft -> draft.without = terms);
  }

  /** The picture itself must not match, nor so many exemplars before and after it. */
  public Options leaveOneOut(int around) {
    return with(
        draft -> {
          draft.leaveOneOut = true;
          draft.neighbours = around;
        });
  }

  public Options method(Method value) {
    return with(draft -> draft.method = value);
  }

  /** Every cell is compared with every cell: the reference. */
  public Options exact() {
    return method(new Method.Exact());
  }

  /** Near matches, as many as that quality finds. */
  public Options quality(Quality value) {
    return method(new Method.Near(value));
  }

  /** The best field that is found in that time. */
  public Options within(Duration budget) {
    return method(new Method.Within(budget.toNanos() / 1e9));
  }

  /** How many cells are searched exactly as well; 0 for none. */
  public Options check(int cells) {
    return with(draft -> draft.check = OptionalInt.of(cells));
  }

  private Options with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.layer = layer;
    draft.labels = labels;
    draft.hyperpatch = hyperpatch;
    draft.distance = distance;
    draft.topK = topK;
    draft.overlap = overlap;
    draft.only = only;
    draft.without = without;
    draft.leaveOneOut = leaveOneOut;
    draft.neighbours = neighbours;
    draft.method = method;
    draft.check = check;
    change.accept(draft);
    return draft.built();
  }

  /** Options as they change; it begins with the defaults. */
  private static final class Draft {
    private Optional<String> layer = Optional.empty();
    private Labels labels = Labels.SELF;
    private int hyperpatch = 1;
    private Distance distance = Distance.L2;
    private int topK = 1;
    private Overlap overlap = Overlap.NONE;
    private List<String> only = List.of();
    private List<String> without = List.of();
    private boolean leaveOneOut;
    private int neighbours;
    private Method method = new Method.Near(Quality.BALANCED);
    private OptionalInt check = OptionalInt.empty();

    Options built() {
      return new Options(
          layer,
          labels,
          hyperpatch,
          distance,
          topK,
          overlap,
          only,
          without,
          leaveOneOut,
          neighbours,
          method,
          check);
    }
  }
}
