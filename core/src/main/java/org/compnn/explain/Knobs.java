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
          "Indexed layer to match; penultimate, if it is indexed.",
          new Kind.LayerName(),
          options -> options.layer().orElse(""),
          (options, name) -> name.isEmpty() ? options : options.layer(name));

  public static final Setting<Labels> LABELS =
      new Setting<>(
          Knob.LABELS,
          "Labels",
          "What to paste: original labels, or the network's own predictions on the training"
              + " pictures (self; the paper's self-supervised labels).",
          new Kind.Choice<>(Labels.class),
          Options::labels,
          Options::labels);

  public static final Setting<Integer> HYPERPATCH =
      new Setting<>(
          Knob.HYPERPATCH,
          "Hyperpatch",
          "Side of the neighbourhood to match, in cells.",
          new Kind.Whole(1),
          Options::hyperpatch,
          Options::hyperpatch);

  public static final Setting<Distance> DISTANCE =
      new Setting<>(
          Knob.DISTANCE,
          "Distance",
          "Distance between cells: squared L2 or cosine.",
          new Kind.Choice<>(Distance.class),
          Options::distance,
          Options::distance);

  public static final Setting<Integer> TOP_K =
      new Setting<>(
          Knob.TOP_K,
          "Matches",
          "Matches to keep per cell.",
          new Kind.Whole(1),
          Options::topK,
          Options::topK);

  public static final Setting<Overlap> OVERLAP =
      new Setting<>(
          Knob.OVERLAP,
          "Overlap",
          "What cells paste: their own patch (none), or hyperpatches, averaged (average).",
          new Kind.Choice<>(Overlap.class),
          Options::overlap,
          Options::overlap);

  public static final Setting<Quality> QUALITY =
      new Setting<>(
          Knob.QUALITY,
          "Quality",
          "Effort of the field search.",
          new Kind.Choice<>(Quality.class),
          options -> options.method() instanceof Method.Near(Quality q) ? q : Quality.BALANCED,
          Options::quality);

  public static final Setting<Double> TIME_BUDGET =
      new Setting<>(
          Knob.TIME_BUDGET,
          "Time budget",
          "Time limit of the search in seconds, instead of a quality: keeps the best field found.",
          new Kind.Seconds(),
          options -> options.method() instanceof Method.Within(double s) ? s : Double.NaN,
          (options, seconds) -> options.method(new Method.Within(seconds)));

  /** Comes after quality and time budget, which it overrules. */
  public static final Setting<SearchKind> SEARCH =
      new Setting<>(
          Knob.SEARCH,
          "Search",
          "Near matches (field), or every cell compared with every cell (exact: minutes on large"
              + " databases).",
          new Kind.Choice<>(SearchKind.class),
          options -> options.method() instanceof Method.Exact ? SearchKind.EXACT : SearchKind.FIELD,
          Knobs::searched);

  public static final Setting<Integer> CHECK =
      new Setting<>(
          Knob.CHECK,
          "Search check",
          "Cells to search exactly too, to estimate recall; 0 for none. Default: 32, fewer where"
              + " they would take over a second.",
          new Kind.Whole(0),
          options -> options.check().orElse(Options.CHECKED_BY_DEFAULT),
          Options::check);

  public static final Setting<List<String>> ONLY =
      new Setting<>(
          Knob.ONLY,
          "Only",
          "Match only these training pictures: id, glob, tag=value or @list-file. Repeatable.",
          new Kind.Terms(),
          Options::only,
          Options::only);

  public static final Setting<List<String>> WITHOUT =
      new Setting<>(
          Knob.WITHOUT,
          "Without",
          "Exclude these training pictures. Repeatable.",
          new Kind.Terms(),
          Options::without,
          Options::without);

  public static final Setting<Boolean> LEAVE_ONE_OUT =
      new Setting<>(
          Knob.LEAVE_ONE_OUT,
          "Leave one out",
          "Exclude the training picture of the same name as the query.",
          new Kind.Flag(),
          Options::leaveOneOut,
          (options, yes) -> yes ? options.leaveOneOut(options.neighbours()) : options);

  public static final Setting<Integer> EXCLUDE_NEIGHBOURS =
      new Setting<>(
          Knob.EXCLUDE_NEIGHBOURS,
          "Neighbours",
          "Exclude the training picture of the same name as the query, and N before and after it,"
              + " such as frames of a video.",
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
