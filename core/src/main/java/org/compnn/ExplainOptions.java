package org.compnn;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.search.Distance;
import org.compnn.search.Method;
import org.compnn.search.Quality;

/**
 * How to explain a picture.
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
 * @param leaveOut the id of an exemplar that must not match: the picture itself, where it is of the
 *     training set
 * @param neighbours how many exemplars before and after {@code leaveOut} must not match either
 *     (frames of the same video)
 * @param method how matches are found
 * @param check how many cells of a field that is not exact are searched exactly as well, to
 *     estimate its recall, 0 or more; where empty {@link #CHECKED_BY_DEFAULT}, but only where the
 *     database's lists make that cheap
 */
public record ExplainOptions(
    Optional<String> layer,
    Labels labels,
    int hyperpatch,
    Distance distance,
    int topK,
    Overlap overlap,
    List<String> only,
    List<String> without,
    Optional<String> leaveOut,
    int neighbours,
    Method method,
    OptionalInt check) {
  /** Cells that are checked where nothing is said. */
  public static final int CHECKED_BY_DEFAULT = 32;

  public ExplainOptions {
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
  public static ExplainOptions defaults() {
    return new ExplainOptions(
        Optional.empty(),
        Labels.SELF,
        1,
        Distance.L2,
        1,
        Overlap.NONE,
        List.of(),
        List.of(),
        Optional.empty(),
        0,
        new Method.Near(Quality.BALANCED),
        OptionalInt.empty());
  }

  public ExplainOptions withLayer(String value) {
    return new ExplainOptions(
        Optional.of(value),
        labels,
        hyperpatch,
        distance,
        topK,
        overlap,
        only,
        without,
        leaveOut,
        neighbours,
        method,
        check);
  }

  public ExplainOptions withLabels(Labels value) {
    return new ExplainOptions(
        layer,
        value,
        hyperpatch,
        distance,
        topK,
        overlap,
        only,
        without,
        leaveOut,
        neighbours,
        method,
        check);
  }

  public ExplainOptions withHyperpatch(int value) {
    return new ExplainOptions(
        layer,
        labels,
        value,
        distance,
        topK,
        overlap,
        only,
        without,
        leaveOut,
        neighbours,
        method,
        check);
  }

  public ExplainOptions withDistance(Distance value) {
    return new ExplainOptions(
        layer,
        labels,
        hyperpatch,
        value,
        topK,
        overlap,
        only,
        without,
        leaveOut,
        neighbours,
        method,
        check);
  }

  public ExplainOptions withTopK(int value) {
    return new ExplainOptions(
        layer,
        labels,
        hyperpatch,
        distance,
        value,
        overlap,
        only,
        without,
        leaveOut,
        neighbours,
        method,
        check);
  }

  public ExplainOptions withOverlap(Overlap value) {
    return new ExplainOptions(
        layer,
        labels,
        hyperpatch,
        distance,
        topK,
        value,
        only,
        without,
        leaveOut,
        neighbours,
        method,
        check);
  }

  /** Only these exemplars, but not those. */
  public ExplainOptions withSelection(List<String> chosen, List<String> dropped) {
    return new ExplainOptions(
        layer,
        labels,
        hyperpatch,
        distance,
        topK,
        overlap,
        chosen,
        dropped,
        leaveOut,
        neighbours,
        method,
        check);
  }

  public ExplainOptions withMethod(Method value) {
    return new ExplainOptions(
        layer,
        labels,
        hyperpatch,
        distance,
        topK,
        overlap,
        only,
        without,
        leaveOut,
        neighbours,
        value,
        check);
  }

  /** How many cells are searched exactly as well; 0 for none. */
  public ExplainOptions withCheck(int value) {
    return new ExplainOptions(
        layer,
        labels,
        hyperpatch,
        distance,
        topK,
        overlap,
        only,
        without,
        leaveOut,
        neighbours,
        method,
        OptionalInt.of(value));
  }

  /** An exemplar that must not match, and so many before and after it. */
  public ExplainOptions withLeaveOut(String id, int around) {
    return new ExplainOptions(
        layer,
        labels,
        hyperpatch,
        distance,
        topK,
        overlap,
        only,
        without,
        Optional.of(id),
        around,
        method,
        check);
  }
}
