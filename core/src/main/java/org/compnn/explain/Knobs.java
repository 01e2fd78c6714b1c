package org.compnn.explain;

import java.util.List;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.explain.Setting.Kind;
import org.compnn.problem.Knob;
import org.compnn.search.Distance;
import org.compnn.search.Method;
import org.compnn.search.Quality;

/** The settings of an explanation, each said once. */
public final class Knobs {
  /** Whether every cell is compared with every cell. */
  public enum SearchKind {
    FIELD,
    EXACT
  }

  public static final Setting<String> LAYER =
      new Setting<>(
          Knob.LAYER,
          "Layer",
          "The indexed layer to match; penultimate if it is indexed.",
          new Kind.LayerName(),
          options -> options.layer().orElse(""),
          (options, name) -> name.isEmpty() ? options : options.layer(name));

  public static final Setting<Labels> LABELS =
      new Setting<>(
          Knob.LABELS,
          "Labels",
          "What is pasted: the original labels, or the network's own predictions on the training"
              + " pictures (self).",
          new Kind.Choice<>(Labels.class),
          Options::labels,
          Options::labels);

  public static final Setting<Integer> HYPERPATCH =
      new Setting<>(
          Knob.HYPERPATCH,
          "Hyperpatch",
          "Cells along a side of the neighbourhood that is matched.",
          new Kind.Whole(1),
          Options::hyperpatch,
          Options::hyperpatch);

  public static final Setting<Distance> DISTANCE =
      new Setting<>(
          Knob.DISTANCE,
          "Distance",
          "How cells are compared.",
          new Kind.Choice<>(Distance.class),
          Options::distance,
          Options::distance);

  public static final Setting<Integer> TOP_K =
      new Setting<>(
          Knob.TOP_K,
          "Matches",
          "Matches kept for each cell.",
          new Kind.Whole(1),
          Options::topK,
          Options::topK);

  public static final Setting<Overlap> OVERLAP =
      new Setting<>(
          Knob.OVERLAP,
          "Overlap",
          "Each cell pastes its own patch (none), or whole hyperpatches are averaged.",
          new Kind.Choice<>(Overlap.class),
          Options::overlap,
          Options::overlap);

  public static final Setting<Quality> QUALITY =
      new Setting<>(
          Knob.QUALITY,
          "Quality",
          "How much the field search spends.",
          new Kind.Choice<>(Quality.class),
          options -> options.method() instanceof Method.Near(Quality q) ? q : Quality.BALANCED,
          Options::quality);

  public static final Setting<Double> TIME_BUDGET =
      new Setting<>(
          Knob.TIME_BUDGET,
          "Time budget",
          "Instead of a quality: the best field found in so many seconds.",
          new Kind.Seconds(),
          options -> options.method() instanceof Method.Within(double s) ? s : Double.NaN,
          (options, seconds) -> options.method(new Method.Within(seconds)));

  /** Comes after quality and time budget, which it overrules. */
  public static final Setting<SearchKind> SEARCH =
      new Setting<>(
          Knob.SEARCH,
          "Search",
          "Near matches by the database's lists (field), or every cell compared with every cell"
              + " (exact: minutes on large databases).",
          new Kind.Choice<>(SearchKind.class),
          options -> options.method() instanceof Method.Exact ? SearchKind.EXACT : SearchKind.FIELD,
          Knobs::searched);

  public static final Setting<Integer> CHECK =
      new Setting<>(
          Knob.CHECK,
          "Search check",
          "How many cells are searched exactly as well, to estimate the recall; 0 for none."
              + " Without it 32, or as many as take about a second.",
          new Kind.Whole(0),
          options -> options.check().orElse(Options.CHECKED_BY_DEFAULT),
          Options::check);

  public static final Setting<List<String>> ONLY =
      new Setting<>(
          Knob.ONLY,
          "Only",
          "Only these training pictures may match: id, glob, tag=value or @list-file; repeatable.",
          new Kind.Terms(),
          Options::only,
          Options::only);

  public static final Setting<List<String>> WITHOUT =
      new Setting<>(
          Knob.WITHOUT,
          "Without",
          "These training pictures never match; repeatable.",
          new Kind.Terms(),
          Options::without,
          Options::without);

  public static final Setting<Boolean> LEAVE_ONE_OUT =
      new Setting<>(
          Knob.LEAVE_ONE_OUT,
          "Leave one out",
          "A training picture with the picture's own name never matches.",
          new Kind.Flag(),
          Options::leaveOneOut,
          (options, yes) -> yes ? options.leaveOneOut(options.neighbours()) : options);

  public static final Setting<Integer> EXCLUDE_NEIGHBOURS =
      new Setting<>(
          Knob.EXCLUDE_NEIGHBOURS,
          "Neighbours",
          "Nor do so many before and after it (frames of a video); implies leaving it out.",
          new Kind.Whole(0),
          Options::neighbours,
          (options, count) ->
              count > 0 || options.leaveOneOut() ? options.leaveOneOut(count) : options);

  /** All of them, in the order in which they are set. */
  public static final List<Setting<?>> ALL =
      List.of(
          LAYER,
          LABELS,
          HYPERPATCH,
          DISTANCE,
          TOP_K,
          OVERLAP,
          QUALITY,
          TIME_BUDGET,
          SEARCH,
          CHECK,
          ONLY,
          WITHOUT,
          LEAVE_ONE_OUT,
          EXCLUDE_NEIGHBOURS);

  private Knobs() {}

  /** A field search keeps the quality or time budget that was chosen. */
  private static Options searched(Options options, SearchKind kind) {
    return switch (kind) {
      case EXACT -> options.exact();
      case FIELD ->
          options.method() instanceof Method.Exact ? options.quality(Quality.BALANCED) : options;
    };
  }
}
