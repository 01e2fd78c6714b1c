package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;
import static org.compnn.study.Colours.rgb;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.compnn.CompNN;
import org.compnn.explain.Options;
import org.compnn.image.LabelMap;
import org.compnn.progress.Progress;
import org.compnn.study.Judgement.Doubt;
import org.compnn.viewer.VerdictWords;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JudgeTest {
  private static final Options BLOCKS = Options.defaults().layer("bottleneck").exact().topK(2);

  @TempDir private static Path folder;

  private static CompNN compnn;
  private static Judge judge;
  private static References references;

  @BeforeAll
  static void build() {
    // The second is labelled green, which the network does not say of it.
    compnn =
        Colours.labelled(
            folder,
            pair("0", picture(red(200)), labels(RED)),
            pair("1", picture(red(202)), labels(GREEN)),
            pair("2", picture(red(206)), labels(RED)),
            pair("3", picture(all(red(210), at(7, rgb(0, 90, 0)))), labels(RED)));
    judge = Judge.of(compnn, BLOCKS);
    references = judge.references(Progress.NONE);
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static Judgement judged(String id, LabelMap truth, int... shades) {
    return judge.judge(judge.match(pair(id, picture(shades), truth)), references);
  }

  @Test
  void aRegionIsConnectedPixelsOfOneRightAndOneGivenClass() {
    Judgement judgement =
        judged(
            "two",
            labels(all(RED, at(0, GREEN), at(1, GREEN), at(2, BLUE), at(10, GREEN))),
            red(206));
    assertThat(judgement.wrong()).isEqualTo(4 * 16);
    assertThat(judgement.error().orElseThrow()).isCloseTo(0.25, within(1e-9));
    assertThat(judgement.regions()).hasSize(3);
    Judgement.Region largest = judgement.regions().getFirst();
    assertThat(largest.mask().count()).isEqualTo(32);
    assertThat(largest.truth()).isEqualTo(GREEN);
    assertThat(largest.given()).isEqualTo(RED);
    assertThat(judgement.confusions())
        .extracting(Judgement.Confusion::truth, Judgement.Confusion::pixels)
        .containsExactly(tuple(GREEN, 48L), tuple(BLUE, 16L));
  }

  @Test
  void theSourcesOfARegionAreItsMatchesByTrainingPicture() {
    Judgement.Region region =
        judged(
                "wrong",
                labels(all(RED, at(5, GREEN), at(6, GREEN))),
                all(red(206), at(5, red(200)), at(6, red(202))))
            .regions()
            .getFirst();
    assertThat(region.sources())
        .extracting(Judgement.Source::id)
        .containsExactlyInAnyOrder("0", "1");
    assertThat(region.sources()).extracting(Judgement.Source::share).containsExactly(0.5, 0.5);
    assertThat(region.sources())
        .filteredOn(source -> source.id().equals("1"))
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.label()).isEqualTo(GREEN);
              assertThat(source.self()).isEqualTo(RED);
              assertThat(source.mask().count()).isPositive();
            });
    assertThat(region.votes()).extracting(Judgement.Vote::share).containsExactly(0.5, 0.5);
    assertThat(VerdictWords.of(region, compnn.palette()))
        .startsWith("Red, should be green.")
        .contains("1 of 2 matched training pictures carries the label red: 0 (50 %).");
  }

  @Test
  void whatIsFarFromAllTrainingPicturesIsCalledUnfamiliarAndNotTrusted() {
    Judgement strange = judged("strange", labels(RED), rgb(255, 250, 250));
    assertThat(strange.doubts()).contains(Doubt.UNFAMILIAR);
    assertThat(strange.familiar()).isFalse();
    assertThat(strange.trusted()).isFalse();
    assertThat(strange.distance()).isEqualTo(OptionalInt.of(100));
    assertThat(VerdictWords.of(strange, compnn.palette()))
        .contains("Unfamiliar")
        .contains("Do not rely on it: unlike anything in the training set");
    assertThat(judged("known", labels(RED), red(202)).familiar()).isTrue();
  }

  @Test
  void withoutReferencesNothingIsNovelAndNoDistanceHasAPercentile() {
    Matched matched = judge.match(pair("strange", picture(rgb(255, 250, 250)), labels(GREEN)));
    Judgement provisional = judge.judge(matched, References.UNKNOWN);
    assertThat(provisional.distance()).isEmpty();
    assertThat(provisional.causes()).containsEntry(Blame.Cause.NOVEL, 0L);
    assertThat(judge.judge(matched, references).causes()).containsEntry(Blame.Cause.NOVEL, 256L);
  }

  @Test
  void aTrainingPictureIsJudgedAgainstTheOthers() {
    Judgement judgement = judge.judge(judge.match(1), references);
    assertThat(judgement.id()).isEqualTo("1");
    assertThat(judgement.wrong()).isEqualTo(256);
    assertThat(judgement.regions().getFirst().sources())
        .extracting(Judgement.Source::id)
        .doesNotContain("1");
  }

  @Test
  void withoutATruthThereIsNoErrorButAPlaceOnTheMap() {
    Judgement judgement = judge.judge(judge.match(pair("unknown", picture(red(203)))), references);
    assertThat(judgement.error()).isEmpty();
    assertThat(judgement.regions()).isEmpty();
    assertThat(judgement.embedding().length).isBetween(1, TrainingAxes.OF_PICTURES);
    assertThat(VerdictWords.of(judgement, compnn.palette())).startsWith("What is right is not");
  }

  @Test
  void unlabelledPixelsAreNeitherRightNorWrong() {
    Judgement judgement =
        judged("part", labels(all(LabelMap.UNLABELLED, at(0, GREEN), at(1, RED))), red(206));
    assertThat(judgement.labelled()).isEqualTo(32);
    assertThat(judgement.error().orElseThrow()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void whatPaintsIsJudgedByHowFarItIsOff(@TempDir Path other) {
    try (CompNN painter =
        Colours.painted(
            other,
            pair("grey", picture(rgb(99, 99, 99)), picture(rgb(100, 100, 100))),
            pair("light", picture(rgb(190, 190, 190)), picture(rgb(90, 90, 90))))) {
      Judge painted = Judge.of(painter, BLOCKS);
      Judgement judgement =
          painted.judge(
              painted.match(
                  pair(
                      "shown",
                      picture(rgb(100, 100, 100)),
                      picture(all(rgb(100, 100, 100), at(5, rgb(253, 253, 253)))))),
              painted.references(Progress.NONE));
      assertThat(judgement.error().orElseThrow()).isCloseTo(0.6 / 16, within(1e-4));
      assertThat(judgement.wrong()).isEqualTo(16);
      assertThat(judgement.confusions()).isEmpty();
      assertThat(judgement.regions()).hasSize(1);
      assertThat(judgement.regions().getFirst().given()).isEqualTo(Judgement.NO_CLASS);
      assertThat(VerdictWords.of(judgement, painter.palette()))
          .startsWith("Off by 3.7 % of the range on average.");
    }
  }
}
