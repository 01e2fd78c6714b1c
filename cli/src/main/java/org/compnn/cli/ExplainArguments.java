package org.compnn.cli;

import java.util.List;
import org.compnn.ExplainOptions;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.problem.UserError;
import org.compnn.search.Distance;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to explain, as {@code explain} and {@code evaluate} take it. */
final class ExplainArguments {
  private enum SearchName {
    FIELD,
    EXACT
  }

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      description = "The indexed layer to match; penultimate if it is indexed.")
  private @Nullable String layer;

  @Option(
      names = "--labels",
      defaultValue = "self",
      description =
          "What is pasted: original labels, or the network's own output on the training pictures"
              + " (self). Default: ${DEFAULT-VALUE}.")
  private Labels labels;

  @Option(
      names = "--hyperpatch",
      defaultValue = "1",
      paramLabel = "P",
      description =
          "Cells along a side of the neighbourhood that is matched. Default: ${DEFAULT-VALUE}.")
  private int hyperpatch;

  @Option(
      names = "--distance",
      defaultValue = "l2",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Distance distance;

  @Option(
      names = "--search",
      defaultValue = "field",
      description =
          "Near matches by the database's lists (field), or every cell compared with every cell"
              + " (exact: minutes on large databases). Default: ${DEFAULT-VALUE}.")
  private SearchName search;

  @Option(
      names = "--quality",
      defaultValue = "balanced",
      description =
          "What the field search spends: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Quality quality;

  @Option(
      names = "--time-budget",
      paramLabel = "SECONDS",
      description =
          "Instead of --quality: the best field that can be found in that time, and what it"
              + " reached.")
  private @Nullable Double budget;

  @Option(
      names = "--check",
      paramLabel = "N",
      description =
          "Searches N cells of a field exactly as well and says its estimated recall and distance"
              + " ratio; 0 for none. Default: 32, or as many as take about a second; evaluate adds"
              + " up those of all pictures.")
  private @Nullable Integer check;

  @Option(
      names = "--overlap",
      defaultValue = "none",
      description =
          "Each cell pastes its own patch (none), or whole hyperpatches are averaged. Default:"
              + " ${DEFAULT-VALUE}.")
  private Overlap overlap;

  @Option(
      names = "--only",
      paramLabel = "TERM",
      description =
          "Only these exemplars may match: id, glob, tag=value or @list-file; repeatable.")
  private List<String> only = List.of();

  @Option(
      names = "--without",
      paramLabel = "TERM",
      description = "All but these exemplars may match; repeatable.")
  private List<String> without = List.of();

  @Option(
      names = "--leave-one-out",
      description = "An exemplar with the picture's own id never matches.")
  private boolean leaveOneOut;

  @Option(
      names = "--exclude-neighbours",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Nor do the N exemplars before and after it (video frames); implies --leave-one-out."
              + " Default: ${DEFAULT-VALUE}.")
  private int neighbours;

  boolean leavesOneOut() {
    return leaveOneOut || neighbours > 0;
  }

  int neighbours() {
    return neighbours;
  }

  ExplainOptions options(int topK) {
    if (hyperpatch < 1 || topK < 1 || neighbours < 0 || (check != null && check < 0)) {
      throw new UserError(
          "--hyperpatch and --top-k: expected 1 or more; --exclude-neighbours and --check: 0 or"
              + " more");
    }
    ExplainOptions options =
        ExplainOptions.defaults()
            .withLabels(labels)
            .withHyperpatch(hyperpatch)
            .withDistance(distance)
            .withOverlap(overlap)
            .withTopK(topK)
            .withSelection(only, without);
    if (budget != null && !(budget > 0 && budget < Double.POSITIVE_INFINITY)) {
      throw new UserError("--time-budget: expected seconds, more than 0, found " + budget);
    }
    ExplainOptions checked = check == null ? options : options.withCheck(check);
    ExplainOptions chosen = layer == null ? checked : checked.withLayer(layer);
    return switch (search) {
      case FIELD ->
          chosen.withMethod(budget == null ? new Method.Near(quality) : new Method.Within(budget));
      case EXACT -> chosen.withMethod(new Method.Exact());
    };
  }

  ExplainOptions options(int topK, String id) {
    ExplainOptions options = options(topK);
    return leavesOneOut() ? options.withLeaveOut(id, neighbours) : options;
  }
}
