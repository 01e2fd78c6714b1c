package org.compnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.search.Distance;
import org.compnn.search.Method;
import org.compnn.search.Quality;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private static final Options DEFAULTS = Options.defaults();

  @Test
  void withoutAnyChoiceSingleCellsOfAllExemplarsAreMatchedByABalancedFieldSearch() {
    assertThat(DEFAULTS)
        .isEqualTo(
            new Options(
                Optional.empty(),
                Labels.SELF,
                1,
                Distance.L2,
                1,
                Overlap.NONE,
                List.of(),
                List.of(),
                false,
                0,
                new Method.Near(Quality.BALANCED),
                OptionalInt.empty()));
  }

  @Test
  void eachChoiceChangesThatAloneAndLeavesTheOptionsAsTheyWere() {
    Options all =
        DEFAULTS
            .layer("bottleneck")
            .labels(Labels.ORIGINAL)
            .hyperpatch(3)
            .distance(Distance.COSINE)
            .topK(5)
            .overlap(Overlap.AVERAGE)
            .only("a", "b")
            .without("c")
            .leaveOneOut(2)
            .exact()
            .check(7);
    assertThat(all)
        .isEqualTo(
            new Options(
                Optional.of("bottleneck"),
                Labels.ORIGINAL,
                3,
                Distance.COSINE,
                5,
                Overlap.AVERAGE,
                List.of("a", "b"),
                List.of("c"),
                true,
                2,
                new Method.Exact(),
                OptionalInt.of(7)));
    assertThat(DEFAULTS).isEqualTo(Options.defaults()).isNotEqualTo(all);
  }

  @Test
  void theLastMethodThatIsChosenHolds() {
    assertThat(DEFAULTS.quality(Quality.BEST).method()).isEqualTo(new Method.Near(Quality.BEST));
    assertThat(DEFAULTS.exact().within(Duration.ofMillis(250)).method())
        .isEqualTo(new Method.Within(0.25));
    assertThat(DEFAULTS.within(Duration.ofSeconds(2)).exact().method())
        .isEqualTo(new Method.Exact());
  }

  @Test
  void termsThatChangeAfterwardsChangeNothing() {
    List<String> terms = new ArrayList<>(List.of("a"));
    Options options = DEFAULTS.only(terms).without(terms);
    terms.add("b");
    assertThat(options.only()).containsExactly("a");
    assertThat(options.without()).containsExactly("a");
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    List<ThrowingCallable> wrong =
        List.of(
            () -> DEFAULTS.hyperpatch(0),
            () -> DEFAULTS.topK(0),
            () -> DEFAULTS.leaveOneOut(-1),
            () -> DEFAULTS.check(-1),
            () -> DEFAULTS.within(Duration.ZERO));
    wrong.forEach(each -> assertThatThrownBy(each).isInstanceOf(IllegalArgumentException.class));
  }
}
