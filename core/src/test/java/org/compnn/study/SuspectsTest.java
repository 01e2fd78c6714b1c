package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.study.Suspects.Region;
import org.compnn.study.Suspects.Suspect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five pictures, each a green square of 8 x 8 pixels on red; the third one's is labelled blue. */
final class SuspectsTest {
  private static final Options BLOCKS = Options.defaults().layer("bottleneck").exact().topK(3);
  private static final int[] SQUARE = {5, 6, 9, 10};

  @TempDir private static Path folder;

  private static CompNN compnn;

  @BeforeAll
  static void build() {
    compnn =
        Colours.labelled(
            folder,
            IntStream.range(0, 5)
                .mapToObj(i -> training(i, i == 2 ? BLUE : GREEN))
                .toArray(Pair[]::new));
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static int[] square(int ground, int inside) {
    int[] blocks = all(ground);
    for (int block : SQUARE) {
      blocks[block] = inside;
    }
    return blocks;
  }

  private static Pair training(int number, int label) {
    return pair(
        "picture " + number,
        picture(square(red(200 + number), green(200 + number))),
        labels(square(RED, label)));
  }

  private static IntFunction<Raster> given() {
    return compnn.source(Labels.ORIGINAL);
  }

  private static Suspects suspects(IntFunction<Raster> targets, Options options) {
    return Suspects.of(compnn, targets, options, Integer.MAX_VALUE, Progress.NONE);
  }

  @Test
  void theRegionThatIsLabelledWronglyComesFirstWithBothLabels() {
    List<Suspect> found = suspects(given(), BLOCKS).pictures();
    assertThat(found).hasSize(5);
    Suspect worst = found.getFirst();
    assertThat(worst.exemplar()).isEqualTo(2);
    assertThat(worst.id()).isEqualTo("picture 2");
    assertThat(worst.regions()).hasSize(1);
    Region region = worst.regions().getFirst();
    assertThat(region.given()).isEqualTo(BLUE);
    assertThat(region.suggested()).isEqualTo(GREEN);
    assertThat(region.mask().pixels().stream().toArray())
        .isEqualTo(
            IntStream.of(SQUARE).flatMap(b -> IntStream.of(Colours.pixels(b))).sorted().toArray());
    assertThat(region.score()).as("its inner pixels, all of whose matches differ").isEqualTo(36);
    for (Suspect other : found.subList(1, 5)) {
      assertThat(other.regions()).isEmpty();
      assertThat(other.score()).isLessThan(worst.score() / 2);
      assertThat(other.softmin()).isGreaterThan(worst.softmin());
    }
  }

  @Test
  void howOftenALabelIsGivenIsCountedByWhatTheNetworkSays() {
    Labelling labelling = Labelling.original(compnn);
    assertThat(labelling.given(GREEN, GREEN)).isEqualTo((4 * 64 + 1) / (5 * 64 + 3.0));
    assertThat(labelling.given(BLUE, GREEN)).isEqualTo((64 + 1) / (5 * 64 + 3.0));
    assertThat(labelling.given(RED, GREEN)).isEqualTo(1 / (5 * 64 + 3.0));
    assertThat(labelling.given(BLUE, new double[] {0, 0.5, 0.5}))
        .isEqualTo(0.5 * labelling.given(BLUE, 1) + 0.5 * labelling.given(BLUE, 2));
    assertThat(labelling.given(9, GREEN)).isZero();
  }

  @Test
  void aUsualMistakeIsLessSuspectThanARareOne() {
    IntFunction<Raster> usual =
        exemplar -> exemplar > 1 ? labels(square(RED, BLUE)) : given().apply(exemplar);
    Options nearest = BLOCKS.leaveOneOut(1);
    double rare = score(suspects(given(), nearest), 2);
    assertThat(score(suspects(usual, nearest), 2)).isPositive().isLessThan(rare);
  }

  private static double score(Suspects suspects, int exemplar) {
    return suspects.pictures().stream()
        .filter(suspect -> suspect.exemplar() == exemplar)
        .mapToDouble(Suspect::score)
        .sum();
  }

  @Test
  void neighboursThatShareTheErrorDoNotHideItWhenTheyAreExcluded() {
    IntFunction<Raster> twice =
        exemplar -> exemplar == 3 ? labels(square(RED, BLUE)) : given().apply(exemplar);
    Options nearest = BLOCKS.topK(1);
    List<Suspect> hidden = suspects(twice, nearest).pictures();
    assertThat(hidden)
        .filteredOn(suspect -> !suspect.regions().isEmpty())
        .extracting(Suspect::exemplar)
        .as("the third matches the second, whose label is right, and the fourth the third")
        .containsExactly(2);
    List<Suspect> found = suspects(twice, nearest.leaveOneOut(1)).pictures();
    assertThat(found)
        .filteredOn(suspect -> !suspect.regions().isEmpty())
        .extracting(Suspect::exemplar)
        .containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void severalLabellingsAtOnceGiveWhatEachGivesAlone() {
    IntFunction<Raster> other =
        exemplar -> exemplar == 4 ? labels(square(BLUE, GREEN)) : given().apply(exemplar);
    List<Suspects> both =
        Suspects.of(compnn, List.of(given(), other), BLOCKS, Integer.MAX_VALUE, Progress.NONE);
    assertThat(both).containsExactly(suspects(given(), BLOCKS), suspects(other, BLOCKS));
    assertThat(both.getLast().pictures().getFirst().exemplar()).isEqualTo(4);
    assertThat(both.getLast().pictures().getFirst().regions().getFirst())
        .extracting(Region::given, Region::suggested)
        .containsExactly(BLUE, RED);
  }

  @Test
  void someOfManyPicturesAreSpreadEvenlyOverThoseSelected() {
    assertThat(Suspects.of(compnn, given(), BLOCKS, 2, Progress.NONE).pictures())
        .extracting(Suspect::exemplar)
        .containsExactly(2, 0);
    assertThat(suspects(given(), BLOCKS.without("picture 2", "picture 0")).pictures())
        .extracting(Suspect::exemplar)
        .containsExactlyInAnyOrder(1, 3, 4);
  }

  @Test
  void pixelsWithoutALabelAreNeverSuspect() {
    IntFunction<Raster> erased =
        exemplar ->
            exemplar == 2 ? labels(square(RED, LabelMap.UNLABELLED)) : given().apply(exemplar);
    assertThat(suspects(erased, BLOCKS).pictures())
        .allSatisfy(suspect -> assertThat(suspect.regions()).isEmpty());
  }

  @Test
  void paintingsAndTrainingSetsWithoutLabelsAreRefused(@TempDir Path other) {
    try (CompNN painted =
        Colours.painted(other.resolve("painted"), pair("a", picture(red(9)), picture(red(9))))) {
      assertRefused(painted);
    }
    try (CompNN unlabelled =
        Colours.labelled(other.resolve("unlabelled"), pair("a", picture(red(9))))) {
      assertRefused(unlabelled);
    }
  }

  private static void assertRefused(CompNN refused) {
    assertThatThrownBy(
            () -> Suspects.of(refused, refused.source(Labels.ORIGINAL), BLOCKS, 1, Progress.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a database with original label maps");
  }
}
