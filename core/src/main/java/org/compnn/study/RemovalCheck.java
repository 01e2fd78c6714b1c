package org.compnn.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.compose.Contribution;
import org.compnn.image.Picture;
import org.compnn.measure.Estimate;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.report.Difference;
import org.compnn.report.Explanation;
import org.compnn.report.Figure;
import org.compnn.report.FigurePanel;
import org.compnn.report.Section;
import org.compnn.report.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whether an explanation's exemplars matter: the picture is explained again without those cited
 * most, and without as many others drawn at random (seeded). Cited ones that matter must be missed
 * more: distances rise more, and more of the composition changes.
 *
 * @param before the explanation checked
 * @param withoutCited the explanation without the exemplars cited most
 * @param withoutRandom the one without as many of the others
 * @param removed how many were dropped each time
 */
public record RemovalCheck(
    Explanation before, Explanation withoutCited, Explanation withoutRandom, int removed) {
  private static final long SEED = 171110683L;

  /**
   * Runs the check.
   *
   * @param removed how many exemplars to drop; the selection must hold more than twice as many
   * @throws UserError if it does not
   */
  public static RemovalCheck of(
      CompNN compnn, Picture picture, ExplainOptions options, Explanation before, int removed) {
    int[] selected = compnn.selection(options).indices();
    List<Integer> cited =
        before.contributions().stream().limit(removed).map(Contribution::exemplar).toList();
    Set<Integer> named = new HashSet<>(cited);
    List<Integer> others =
        new ArrayList<>(IntStream.of(selected).boxed().filter(i -> !named.contains(i)).toList());
    if (others.size() <= cited.size()) {
      throw UserError.about(
          Knob.VERIFY_BY_REMOVAL,
          "expected to remove fewer than half of the %d exemplars that may match, found %d"
              .formatted(selected.length, removed));
    }
    Collections.shuffle(others, new Random(SEED));
    return new RemovalCheck(
        before,
        again(compnn, picture, options, before, cited),
        again(compnn, picture, options, before, others.subList(0, cited.size())),
        cited.size());
  }

  private static Explanation again(
      CompNN compnn,
      Picture picture,
      ExplainOptions options,
      Explanation before,
      List<Integer> dropped) {
    List<String> without = new ArrayList<>(options.without());
    dropped.forEach(i -> without.add(literal(compnn.database().exemplars().get(i).id())));
    return compnn.explain(
        before.name(), picture, Optional.empty(), options.withSelection(options.only(), without));
  }

  /** An id as a term that finds it alone, whatever signs it holds. */
  private static String literal(String id) {
    return id.replaceAll("([\\[*?])", "[$1]");
  }

  /** How much farther the best matches are without the exemplars cited, 1 for no farther. */
  public double distanceRatioCited() {
    return withoutCited.field().meanDistance() / before.field().meanDistance();
  }

  /** How much farther they are without as many at random. */
  public double distanceRatioRandom() {
    return withoutRandom.field().meanDistance() / before.field().meanDistance();
  }

  /** The numbers. */
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(line("all", before));
    rows.add(line("without the %d cited most".formatted(removed), withoutCited));
    rows.add(line("without %d at random".formatted(removed), withoutRandom));
    String agreement = before.agreement().columns().getFirst().title() + " against the network";
    return new Table(List.of("exemplars", agreement, "mean distance", "output changed"), rows);
  }

  private List<String> line(String name, Explanation why) {
    Estimate agreement = why.agreement().against("network").rows().getFirst().values().getFirst();
    return List.of(
        name,
        Table.number(agreement.value(), 4),
        Table.number(why.field().meanDistance(), 4),
        Table.percent(Difference.share(before.composition(), why.composition())));
  }

  /** The check as a section of an explanation. */
  public Section section() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Explanation why : List.of(before, withoutCited, withoutRandom)) {
      json.addObject()
          .put("mean_distance", why.field().meanDistance())
          .put("changed", Difference.share(before.composition(), why.composition()));
    }
    return Section.of(
            "removal",
            "Without the exemplars cited",
            "Explained again without the %d training pictures cited most, and without as many others at random."
                .formatted(removed))
        .with(
            Figure.of(
                List.of(
                    FigurePanel.of(before.composition(), "CompNN", "all exemplars"),
                    FigurePanel.of(withoutCited.composition(), "Without those cited", ""),
                    FigurePanel.of(withoutRandom.composition(), "Without others at random", "")),
                3))
        .with(table())
        .with(json);
  }
}
