package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.Optional;
import org.compnn.compose.Labels;
import org.compnn.database.Manifest;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Settings;
import org.compnn.explain.SmallExplanation;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Quality;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private static final How LISTS = new How.Lists(6, 2, Optional.empty(), 0.125);
  private static final FieldCheck CHECK = new FieldCheck(32, 0.75, 1.0625);
  private static final String CHECKED =
      "75 % of sampled cells got the true nearest match (32 cells, recall 0.75, distance ratio"
          + " 1.063)";

  private static Explanation explanation(Options options, How how, Optional<FieldCheck> check) {
    Explanation why =
        SmallExplanation.of("x", Labels.SELF, 1, SmallExplanation.exemplars("a", "b", "c", "d"));
    Settings was = why.settings();
    return Explanation.of(
        why.name(),
        new Settings(
            was.network(), was.database(), was.layer(), options, was.selected(), was.exemplars()),
        why.palette(),
        why.input(),
        why.network(),
        why.truth(),
        why.composition(),
        why.other(),
        why.reconstruction(),
        new Found(why.field(), how),
        check,
        why.timings(),
        why.gallery(),
        why.frame());
  }

  private static Explanation near(Options options, Optional<FieldCheck> check) {
    return explanation(options, LISTS, check);
  }

  @Test
  void theSearchIsNamedByWhatItCameTo() {
    Options options = Options.defaults();
    assertThat(Words.search(near(options, Optional.empty()))).isEqualTo("field, balanced");
    assertThat(Words.search(near(options.quality(Quality.BEST), Optional.empty())))
        .isEqualTo("field, best");
    assertThat(Words.search(near(options.within(Duration.ofMillis(500)), Optional.empty())))
        .isEqualTo("field, within 0.5 s");
    assertThat(Words.search(explanation(options, new How.Exact(1), Optional.empty())))
        .as("a small database is searched exactly whatever was asked")
        .isEqualTo("exact");
  }

  @Test
  void aBudgetsReachAndTheCheckAreSaid() {
    Options within = Options.defaults().within(Duration.ofMillis(500));
    assertThat(Words.reached(near(within, Optional.of(CHECK))))
        .containsExactly(
            entry("reached", "6 lists per cell, 2 rounds of propagation, 0.13 s"),
            entry("checked", CHECKED));
    assertThat(Words.reached(near(Options.defaults(), Optional.of(CHECK))))
        .containsExactly(entry("checked", CHECKED));
    assertThat(Words.reached(explanation(within, new How.Exact(1), Optional.empty()))).isEmpty();
    assertThat(Words.lines(near(within, Optional.of(CHECK))))
        .containsExactly(
            "Search effort: 6 lists per cell, 2 rounds of propagation, 0.13 s",
            "Search check: " + CHECKED);
  }

  @Test
  void aFieldThatWasNotCheckedThoughNobodyRefusedItSaysSo() {
    Options options = Options.defaults();
    assertThat(Words.unchecked(near(options, Optional.empty()))).isTrue();
    assertThat(Words.reached(near(options, Optional.empty())))
        .containsExactly(entry("checked", "skipped, since it takes more than a second"));
    assertThat(Words.unchecked(near(options.check(0), Optional.empty()))).isFalse();
    assertThat(Words.reached(near(options.check(0), Optional.empty()))).isEmpty();
    assertThat(Words.unchecked(near(options, Optional.of(CHECK)))).isFalse();
    assertThat(Words.unchecked(explanation(options, new How.Exact(1), Optional.empty()))).isFalse();
  }

  @Test
  void whatElseWasAskedStandsBeforeWhatCameOfIt() {
    Options options = Options.defaults().only("a", "b*").without("tag=x").leaveOneOut(3);
    assertThat(Words.further(near(options, Optional.of(CHECK))))
        .containsExactly(
            entry("only", "a b*"),
            entry("without", "tag=x"),
            entry("left out", "x ± 3"),
            entry("checked", CHECKED));
    assertThat(Words.further(near(Options.defaults().check(0), Optional.empty()))).isEmpty();
  }

  @Test
  void whatTheCodeOfCellsCostsIsSaidFirst() {
    Explanation why = near(Options.defaults(), Optional.of(CHECK));
    Settings was = why.settings();
    Explanation coded =
        Explanation.of(
            why.name(),
            new Settings(
                was.network(),
                was.database(),
                was.layer(),
                was.options(),
                was.selected(),
                was.exemplars(),
                Optional.of(new Manifest.CodingEntry(7, 0.99, 128, 480, 4000, 1.0045, 0.88))),
            why.palette(),
            why.input(),
            why.network(),
            why.truth(),
            why.composition(),
            why.other(),
            why.reconstruction(),
            new Found(why.field(), why.how()),
            why.check(),
            why.timings(),
            why.gallery(),
            why.frame());
    assertThat(Words.lines(coded))
        .containsExactly(
            "Stored cells: coded, 6 bytes a cell (float16: 16), along 7 of 8 axes; 480 held-out"
                + " cells, searched for among 4000 by code, had distance ratio 1.0045 and recall"
                + " 0.88",
            "Search check: " + CHECKED);
  }
}
