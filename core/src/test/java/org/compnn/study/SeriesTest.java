package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.compose.Coherence;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.problem.UserError;
import org.compnn.study.Series.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeriesTest {
  private static final Options EXACT = Options.defaults().exact();

  /** 16 shades, 10 levels from one to the next. */
  private static final int[] SHADES =
      IntStream.range(0, 16).map(block -> red(50 + 10 * block)).toArray();

  @TempDir private static Path folder;

  private static CompNN compnn;

  @BeforeAll
  static void build() {
    compnn = Colours.labelled(folder, pair("shades", picture(SHADES), labels(RED)));
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static Series series(int[] shades, Options options, String... layers) {
    return Series.of(compnn, Query.of("query", picture(shades)), List.of(layers), options);
  }

  @Test
  void thereIsAStepForEachLayerFromInputToOutputWhateverTheOrder() {
    assertThat(series(SHADES, EXACT).name()).isEqualTo("query");
    for (Series each :
        List.of(
            series(SHADES, EXACT),
            series(SHADES, EXACT, "penultimate", "bottleneck"),
            series(
                SHADES, EXACT.layer("bottleneck"), "penultimate", "bottleneck", "penultimate"))) {
      assertThat(each.steps())
          .extracting(step -> step.layer().shortName())
          .containsExactly("bottleneck", "penultimate");
      assertThat(each.steps())
          .allSatisfy(step -> assertThat(step.why().settings().layer()).isEqualTo(step.layer()));
    }
    assertThat(series(SHADES, EXACT, "penultimate").steps()).hasSize(1);
    assertThatThrownBy(() -> series(SHADES, EXACT, "middle"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found 'middle'");
  }

  @Test
  void aPictureOfTheTrainingSetIsOnePieceWhereItsCellsAreTold() {
    List<Step> steps = series(SHADES, EXACT).steps();
    assertThat(steps.getFirst().coherence()).isEqualTo(new Coherence(1, 16, 16));
    assertThat(steps.getFirst().meanPixels()).isEqualTo(256);
    // The cells of a block are all the same, and so all match the first of them.
    assertThat(steps.getLast().coherence()).isEqualTo(new Coherence(256, 1, 1));
    assertThat(steps.getLast().meanPixels()).isEqualTo(1);
  }

  @Test
  void theMeanDistanceIsThatOfANumberSoThatLayersAndHyperpatchesCompare() {
    int[] lighter = IntStream.of(SHADES).map(shade -> shade + red(3)).toArray();
    double variance = IntStream.range(0, 16).mapToDouble(b -> Math.pow(10 * b - 75, 2)).sum() / 16;
    for (int hyperpatch : new int[] {1, 3}) {
      assertThat(series(lighter, EXACT.hyperpatch(hyperpatch)).steps())
          .as("one of three channels is 3 levels off everywhere")
          .allSatisfy(
              step ->
                  assertThat(step.meanDistance())
                      .isCloseTo(9 / variance / 3, within(1e-5 / variance)));
    }
  }
}
