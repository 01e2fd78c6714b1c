package org.compnn.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.compose.Contribution;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Run;
import org.compnn.measure.Difference;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

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
   * @param run of the picture that was explained
   * @param before the explanation to check
   * @param removed how many exemplars to drop; the selection must hold more than twice as many
   * @throws UserError if it does not
   */
  public static RemovalCheck of(CompNN compnn, Run run, Explanation before, int removed) {
    Options options = before.settings().options();
    int[] selected = run.selection(options).indices();
    List<Integer> cited =
        before.contributions().stream().limit(removed).map(Contribution::exemplar).toList();
    Set<Integer> named = new HashSet<>(cited);
    List<Integer> others =
        new ArrayList<>(IntStream.of(selected).boxed().filter(i -> !named.contains(i)).toList());
    if (others.size() <= cited.size()) {
      throw UserError.about(
          Knob.VERIFY_BY_REMOVAL,
          "expected to remove fewer than half of the %d training pictures that may match, found %d"
              .formatted(selected.length, removed));
    }
    Collections.shuffle(others, new Random(SEED));
    return new RemovalCheck(
        before,
        run.explain(without(compnn, options, cited)),
        run.explain(without(compnn, options, others.subList(0, cited.size()))),
        cited.size());
  }

  private static Options without(CompNN compnn, Options options, List<Integer> dropped) {
    List<String> without = new ArrayList<>(options.without());
    dropped.forEach(i -> without.add(literal(compnn.gallery().id(i))));
    return options.without(without);
  }

  /** An id as a term that finds it alone, whatever signs it holds. */
  private static String literal(String id) {
    return id.replaceAll("[\\[*?]|^@|^t(?=ag:)", "[$0]");
  }

  /** How much farther the best matches are without the exemplars cited, 1 for no farther. */
  public double distanceRatioCited() {
    return withoutCited.field().meanDistance() / before.field().meanDistance();
  }

  /** How much farther they are without as many at random. */
  public double distanceRatioRandom() {
    return withoutRandom.field().meanDistance() / before.field().meanDistance();
  }

  /** How much of the composition changes without the exemplars cited, see {@link Difference}. */
  public double changedCited() {
    return Difference.share(before.composition(), withoutCited.composition());
  }

  /** How much changes without as many at random. */
  public double changedRandom() {
    return Difference.share(before.composition(), withoutRandom.composition());
  }
}
