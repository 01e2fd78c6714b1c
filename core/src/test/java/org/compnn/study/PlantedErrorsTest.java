package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight pictures: six with a green block that can be relabelled, one too plain, one unlabelled. */
final class PlantedErrorsTest {
  private static final int PLAIN = 6;
  private static final int UNLABELLED = 7;

  @TempDir private static Path folder;

  private static CompNN compnn;

  @BeforeAll
  static void build() {
    compnn =
        Colours.labelled(
            folder,
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        switch (i) {
                          case PLAIN -> pair("plain", picture(red(200)), labels(RED));
                          case UNLABELLED -> pair("unlabelled", picture(red(200)));
                          default ->
                              pair("" + i, picture(red(200)), labels(all(RED, at(2 * i, GREEN))));
                        })
                .toArray(Pair[]::new));
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static PlantedErrors planted(int pictures, long seed) {
    return PlantedErrors.in(compnn.database(), pictures, 3, seed);
  }

  private static Map<Integer, List<Integer>> changes(PlantedErrors planted) {
    return planted.changed().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e ->
                    IntStream.range(0, 256)
                        .mapToObj(i -> (int) e.getValue().classes()[i])
                        .toList()));
  }

  @Test
  void theSameSeedPlantsTheSameAndAnotherOneOthers() {
    assertThat(changes(planted(3, 1))).hasSize(3).isEqualTo(changes(planted(3, 1)));
    assertThat(IntStream.range(2, 6).mapToObj(seed -> changes(planted(3, seed))).toList())
        .anyMatch(other -> !other.equals(changes(planted(3, 1))));
  }

  @Test
  void oneConnectedRegionOfFitSizeIsGivenAnotherClass() {
    PlantedErrors planted = planted(6, 3);
    assertThat(planted.changed()).hasSize(6);
    planted
        .changed()
        .forEach(
            (exemplar, labels) -> {
              LabelMap before = (LabelMap) compnn.database().target(exemplar);
              BitSet changed = new BitSet();
              for (int i = 0; i < before.classes().length; i++) {
                changed.set(i, before.classes()[i] != labels.classes()[i]);
              }
              assertThat(new Mask(16, 16, changed).components()).hasSize(1);
              assertThat(changed.stream().toArray()).isEqualTo(Colours.pixels(2 * exemplar));
              int first = changed.nextSetBit(0);
              assertThat(changed.stream().map(i -> labels.classes()[i]).distinct().toArray())
                  .containsExactly(labels.classes()[first]);
              assertThat((int) labels.classes()[first]).isBetween(0, 2).isNotEqualTo(GREEN);
            });
  }

  @Test
  void picturesWithoutAFitRegionOrLabelsAreLeftAsTheyAre() {
    PlantedErrors all = planted(100, 5);
    assertThat(all.changed()).containsOnlyKeys(0, 1, 2, 3, 4, 5);
    assertThat(planted(0, 5).changed()).isEmpty();
  }

  @Test
  void theLabelsAreThePlantedOnesWhereThereAreAnyAndElseTheOriginalOnes() {
    LabelMap error = labels(GREEN);
    PlantedErrors one = new PlantedErrors(Map.of(2, error));
    LabelMap original = labels(RED);
    assertThat(one.over(exemplar -> original).apply(2)).isSameAs(error);
    assertThat(one.over(exemplar -> original).apply(3)).isSameAs(original);
  }

  @Test
  void onlyChangedPicturesOfTheHeadOfARankingCountAsFound() {
    PlantedErrors two = new PlantedErrors(Map.of(2, labels(GREEN), 5, labels(GREEN)));
    List<Integer> ranking = List.of(4, 2, 0, 5);
    assertThat(two.found(ranking, 1)).isZero();
    assertThat(two.found(ranking, 3)).isEqualTo(1);
    assertThat(two.found(ranking, 4)).isEqualTo(2);
    assertThat(two.found(ranking, 20)).isEqualTo(2);
  }
}
