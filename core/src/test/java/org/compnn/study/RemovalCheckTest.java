package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;
import static org.compnn.study.Colours.rgb;

import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Run;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemovalCheckTest {
  private static final Options EXACT = Options.defaults().layer("bottleneck").exact();

  @TempDir private static Path folder;

  private static CompNN compnn;

  @BeforeAll
  static void build() {
    compnn =
        Colours.labelled(
            folder,
            pair("@near[1]*", picture(red(130)), labels(RED)),
            pair("near1", picture(rgb(110, 118, 0)), labels(GREEN)),
            pair("far", picture(green(250)), labels(GREEN)),
            pair("tag:far", picture(green(251)), labels(GREEN)));
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static RemovalCheck check(Options options, int removed) {
    return check(red(120), options, removed);
  }

  private static RemovalCheck check(int shade, Options options, int removed) {
    Run run = compnn.run(picture(shade));
    return RemovalCheck.of(compnn, run, run.explain(options), removed);
  }

  @Test
  void withoutThePictureThatIsCitedTheNextNearestIsPasted() {
    RemovalCheck check = check(EXACT, 1);
    assertThat(check.removed()).isEqualTo(1);
    assertThat(used(check.before())).containsExactly("@near[1]*");
    assertThat(used(check.withoutCited())).containsExactly("near1");
    assertThat(check.withoutCited().settings().selected()).isEqualTo(3);
    assertThat(check.changedCited()).isEqualTo(1);
    assertThat(check.distanceRatioCited())
        .isCloseTo(
            check.withoutCited().field().meanDistance() / check.before().field().meanDistance(),
            within(1e-12))
        .isGreaterThan(1);
  }

  @Test
  void withoutOthersAtRandomTheSameIsPastedAndTheyAreTheSameEveryTime() {
    RemovalCheck check = check(EXACT, 1);
    assertThat(used(check.withoutRandom())).containsExactly("@near[1]*");
    assertThat(check.withoutRandom().settings().selected()).isEqualTo(3);
    assertThat(check.changedRandom()).isZero();
    assertThat(check.distanceRatioRandom()).isEqualTo(1);
    assertThat(check(EXACT, 1).withoutRandom().settings().options())
        .isEqualTo(check.withoutRandom().settings().options());
  }

  @Test
  void idsThatReadLikePatternsListsOrTagsAreMeantAsTheyAre() {
    RemovalCheck check = check(green(251), EXACT, 1);
    assertThat(used(check.before())).containsExactly("tag:far");
    assertThat(used(check.withoutCited())).containsExactly("far");
  }

  private static List<String> used(Explanation why) {
    return why.contributions().stream().map(c -> why.gallery().id(c.exemplar())).toList();
  }

  @Test
  void whatAnswersWereKeptFromStaysAway() {
    RemovalCheck check = check(EXACT.without("near1"), 1);
    assertThat(used(check.withoutCited())).containsExactly("far");
    assertThat(check.withoutCited().settings().selected()).isEqualTo(2);
  }

  @Test
  void moreThanHalfOfWhatMayMatchIsNotRemoved() {
    assertThatThrownBy(() -> check(EXACT.only("near1", "far"), 1))
        .isInstanceOfSatisfying(
            UserError.class, error -> assertThat(error.knob()).contains(Knob.VERIFY_BY_REMOVAL))
        .hasMessageContaining("fewer than half of the 2 training pictures");
  }
}
