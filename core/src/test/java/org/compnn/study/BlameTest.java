package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.dataset;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;
import static org.compnn.study.Colours.rgb;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.image.LabelMap;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.study.Blame.Cause;
import org.compnn.study.Blame.Culprit;
import org.compnn.study.Blame.Region;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlameTest {
  private static final Options BLOCKS = Options.defaults().layer("bottleneck").exact();

  private static final Dataset SECOND = dataset(pair("1", picture(red(201)), labels(GREEN)));

  @TempDir private static Path folder;

  private static CompNN trained;
  private static CompNN frames;

  @BeforeAll
  static void build() {
    trained =
        Colours.labelled(
            folder.resolve("trained"),
            training("one", 80, rgb(124, 0, 129), BLUE),
            training("two", 100, rgb(123, 0, 130), RED),
            training("three", 120, rgb(129, 0, 124), RED));
    // Frames of one video; the second is labelled green, which it is not.
    frames =
        Colours.labelled(
            folder.resolve("frames"),
            pair("0", picture(red(200)), labels(RED)),
            pair("1", picture(red(201)), labels(GREEN)),
            pair("2", picture(red(203)), labels(RED)),
            pair("3", picture(red(210)), labels(RED)));
  }

  @AfterAll
  static void close() {
    trained.close();
    frames.close();
  }

  /** Nearly grey; the network says red. */
  private static int grey(int level) {
    return rgb(level + 2, level, level);
  }

  /**
   * A training picture with a block for each cause: red labelled red (taught), green labelled red
   * (unlearned), hardly green labelled green (unexplained), hardly blue labelled green (doubtful),
   * and one that differs among the pictures (ambiguous), as their grounds do. No two blocks touch.
   */
  private static Pair training(String id, int ground, int ambiguous, int ambiguousLabel) {
    return pair(
        id,
        picture(
            all(
                grey(ground),
                at(0, red(200)),
                at(2, green(200)),
                at(5, rgb(120, 130, 0)),
                at(7, rgb(0, 120, 130)),
                at(8, ambiguous))),
        labels(all(RED, at(5, GREEN), at(7, GREEN), at(8, ambiguousLabel))));
  }

  /** A picture with a wrong block for each cause, the last novel, and one without a label. */
  private static Dataset wrong() {
    return dataset(
        pair(
            "wrong",
            picture(
                all(
                    grey(100),
                    at(15, red(201)),
                    at(1, green(201)),
                    at(3, rgb(130, 120, 0)),
                    at(4, rgb(0, 130, 120)),
                    at(6, rgb(125, 0, 128)),
                    at(9, rgb(255, 250, 250)))),
            labels(
                all(
                    RED,
                    at(15, GREEN),
                    at(1, BLUE),
                    at(3, BLUE),
                    at(4, RED),
                    at(6, GREEN),
                    at(9, GREEN),
                    at(12, LabelMap.UNLABELLED)))));
  }

  @Test
  void everyWrongPixelHasTheCauseThatMostOfItsMatchesSpeakFor() {
    Blame blame = Blame.of(trained, wrong(), BLOCKS.topK(3));
    assertThat(blame.causes())
        .isEqualTo(
            Map.of(
                Cause.TAUGHT, 32L,
                Cause.UNLEARNED, 16L,
                Cause.UNEXPLAINED, 16L,
                Cause.AMBIGUOUS, 16L,
                Cause.NOVEL, 16L));
    assertThat(blame.wrong()).isEqualTo(6 * 16);
    assertThat(blame.labelled()).isEqualTo(15 * 16);
    assertThat(blame.pictures()).isEqualTo(1);
  }

  @Test
  void matchesThatSayTheWrongLabelShareThePixelsAndDoubtIsWhereTheNetworkSaysAnother() {
    Blame blame = alike(BLOCKS.topK(3));
    double third = 16 / 3.0;
    assertThat(blame.culprits()).extracting(Culprit::id).containsExactly("one", "two", "three");
    assertThat(blame.culprits()).extracting(Culprit::exemplar).containsExactly(0, 1, 2);
    assertCulprit(blame.culprits().get(0), 3 * third + 8, 2 * third);
    assertCulprit(blame.culprits().get(1), 3 * third + 8, 2 * third + 8);
    assertCulprit(blame.culprits().get(2), 3 * third, 2 * third);
  }

  private static Blame alike(Options options) {
    return Blame.of(trained, wrong(), options, Weigh.NONE, Integer.MAX_VALUE, Progress.NONE);
  }

  @Test
  void matchesThatCarryTheWrongLabelCountByHowLittleTheNetworkLearnedIt() {
    Blame loss =
        Blame.of(trained, wrong(), BLOCKS.topK(3), Weigh.LOSS, Integer.MAX_VALUE, Progress.NONE);
    assertThat(loss.weigh()).isEqualTo(Weigh.LOSS);
    assertThat(loss.causes()).isEqualTo(alike(BLOCKS.topK(3)).causes());
    // Of the block that is taught, red of 200, and of that which is doubtful.
    for (int block : new int[] {0, 7}) {
      double[] weights = new double[3];
      for (int exemplar = 0; exemplar < 3; exemplar++) {
        weights[exemplar] =
            1 - trained.database().learned(exemplar).orElseThrow().probability(pixel(block));
      }
      double all = Arrays.stream(weights).sum();
      for (int exemplar = 0; exemplar < 3; exemplar++) {
        assertThat(charged(loss, exemplar, block))
            .isCloseTo(16 * weights[exemplar] / all, within(1e-4));
      }
    }
    // Nothing there is labelled as the network wrongly says: alike.
    assertThat(charged(loss, 0, 2)).isCloseTo(16 / 3.0, within(1e-4));
  }

  /** The first pixel of a block. */
  private static int pixel(int block) {
    return Colours.pixels(block)[0];
  }

  /** The wrong pixels that lead to a block of a training picture. */
  private static double charged(Blame blame, int exemplar, int block) {
    return blame.culprits().stream()
        .filter(culprit -> culprit.exemplar() == exemplar)
        .flatMap(culprit -> culprit.regions().stream())
        .filter(region -> region.mask().pixels().get(pixel(block)))
        .mapToDouble(Region::pixels)
        .sum();
  }

  private static void assertCulprit(Culprit culprit, double pixels, double doubtful) {
    assertThat(culprit.pixels()).isCloseTo(pixels, within(1e-9));
    assertThat(culprit.doubtful()).isCloseTo(doubtful, within(1e-9));
  }

  @Test
  void theRegionsAreTheTrainingPixelsThatWrongOnesLeadToAndTheWorstComesFirst() {
    Culprit first = alike(BLOCKS.topK(3)).culprits().getFirst();
    assertThat(first.regions()).hasSize(4);
    Region worst = first.regions().getFirst();
    assertThat(worst.mask().pixels().stream().toArray()).isEqualTo(Colours.pixels(8));
    assertThat(worst.pixels()).isEqualTo(8);
    assertThat(first.regions().subList(1, 4))
        .extracting(region -> region.mask().pixels().stream().toArray())
        .containsExactlyInAnyOrder(Colours.pixels(0), Colours.pixels(2), Colours.pixels(7));
    assertThat(first.regions().get(1).pixels()).isCloseTo(16 / 3.0, within(1e-5));
  }

  @Test
  void aTrainingPictureMatchesItselfUnlessItIsLeftOutWithItsNeighbours() {
    assertOne(Blame.of(frames, SECOND, BLOCKS), Cause.UNLEARNED, "1");
    assertOne(Blame.of(frames, SECOND, BLOCKS.leaveOneOut(0)), Cause.TAUGHT, "0");
    assertOne(Blame.of(frames, SECOND, BLOCKS.leaveOneOut(1)), Cause.TAUGHT, "3");
  }

  private static void assertOne(Blame blame, Cause cause, String culprit) {
    assertThat(blame.causes()).containsEntry(cause, 256L);
    assertThat(blame.wrong()).isEqualTo(256);
    assertThat(blame.culprits()).extracting(Culprit::id).containsExactly(culprit);
    assertThat(blame.culprits().getFirst().pixels()).isEqualTo(256);
  }

  @Test
  void novelIsWhatIsFartherThanTrainingPicturesAreFromOthersThatAreNoNeighbours() {
    double variance = (12.25 + 6.25 + 0.25 + 42.25) / 4;
    assertThat((double) Blame.of(frames, SECOND, BLOCKS).novelDistance())
        .isCloseTo(49 / variance, within(1e-3));
    assertThat((double) Blame.of(frames, SECOND, BLOCKS.leaveOneOut(1)).novelDistance())
        .isCloseTo(81 / variance, within(1e-3));
    Dataset far = dataset(pair("far", picture(red(218)), labels(GREEN)));
    assertThat(Blame.of(frames, far, BLOCKS).causes()).containsEntry(Cause.NOVEL, 256L);
    assertThat(Blame.of(frames, far, BLOCKS).culprits()).isEmpty();
    assertThat(Blame.of(frames, far, BLOCKS.leaveOneOut(1)).causes())
        .containsEntry(Cause.TAUGHT, 256L);
    assertThat(Blame.of(frames, far, BLOCKS.only("3")).novelDistance())
        .as("one picture has no other to be near to")
        .isInfinite();
  }

  @Test
  void someOfManyPicturesAreSpreadEvenly() {
    Dataset four =
        dataset(
            pair("a", picture(red(200)), labels(all(LabelMap.UNLABELLED, at(0, RED)))),
            pair("b", picture(red(200)), labels(RED)),
            pair("c", picture(red(200)), labels(all(RED, at(1, LabelMap.UNLABELLED)))),
            pair("d", picture(red(200)), labels(RED)));
    Blame blame = Blame.of(frames, four, BLOCKS, Weigh.NONE, 2, Progress.NONE);
    assertThat(blame.pictures()).isEqualTo(2);
    assertThat(blame.labelled()).isEqualTo(16 + 15 * 16);
    assertThat(blame.wrong()).isZero();
    assertThat(blame.causes()).containsOnlyKeys(Cause.values());
  }

  @Test
  void coloursOfPicturesAreWrongWhereTheyDifferByMoreThanATenth(@TempDir Path other) {
    try (CompNN compnn =
        Colours.painted(
            other,
            pair("grey", picture(rgb(99, 99, 99)), picture(rgb(100, 100, 100))),
            pair("light", picture(rgb(190, 190, 190)), picture(rgb(90, 90, 90))))) {
      Dataset paintings =
          dataset(
              pair(
                  "shown",
                  picture(all(rgb(100, 100, 100), at(3, rgb(189, 189, 189)))),
                  picture(all(rgb(120, 120, 120), at(0, rgb(140, 140, 140))))));
      Blame blame = Blame.of(compnn, paintings, BLOCKS);
      assertThat(blame.labelled()).isEqualTo(256);
      assertThat(blame.causes())
          .containsEntry(Cause.TAUGHT, 16L)
          .containsEntry(Cause.UNLEARNED, 16L)
          .containsEntry(Cause.NOVEL, 0L);
      assertThat(blame.culprits()).extracting(Culprit::id).containsExactly("grey", "light");
    }
  }

  @Test
  void missingTruthIsRefused() {
    Dataset unknown = dataset(pair("unknown", picture(red(200))));
    assertThatThrownBy(() -> Blame.of(frames, unknown, BLOCKS))
        .isInstanceOf(UserError.class)
        .hasMessage("unknown: expected ground truth to find wrong pixels, found none");
  }

  @Test
  void aDatabaseWithoutOriginalLabelsIsRefused(@TempDir Path other) {
    try (CompNN compnn = Colours.labelled(other, pair("0", picture(red(200))))) {
      assertThatThrownBy(() -> Blame.of(compnn, SECOND, BLOCKS))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected a database with original labels, found none");
    }
  }
}
