package org.compnn.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationTest {
  private static final int NONE = LabelMap.UNLABELLED;

  @Test
  void metricsOfASmallCaseAreThoseWorkedOutByHand() {
    LabelMap truth = map(0, 0, 0, 1, 1, 2, NONE, NONE);
    LabelMap answer = map(0, 0, 1, 1, 0, NONE, 0, 3);

    Segmentation metrics = Segmentation.of(ClassCounts.of(truth, answer, 4));

    assertThat(metrics.pixelAccuracy()).isEqualTo(3 / 6.0);
    assertThat(metrics.classAccuracy()).isCloseTo((2 / 3.0 + 1 / 2.0 + 0) / 3, within(1e-12));
    assertThat(metrics.iou().get(0)).isEqualTo(2 / 4.0);
    assertThat(metrics.iou().get(1)).isEqualTo(1 / 3.0);
    assertThat(metrics.iou().get(2)).isEqualTo(0.0);
    assertThat(metrics.iou().get(3)).isNaN();
    assertThat(metrics.meanIou()).isCloseTo((0.5 + 1 / 3.0) / 3, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void metricsAgreeWithSetsOfPixels(long seed) {
    Random random = new Random(seed);
    int classes = 2 + random.nextInt(6);
    int[] truth = random.ints(300, -1, classes).map(c -> c < 0 ? NONE : c).toArray();
    int[] answer = random.ints(300, 0, classes).toArray();

    Segmentation metrics = Segmentation.of(ClassCounts.of(map(truth), map(answer), classes));

    double sum = 0;
    for (int c = 0; c < classes; c++) {
      int label = c;
      Set<Integer> inTruth = new HashSet<>();
      Set<Integer> inAnswer = new HashSet<>();
      IntStream.range(0, 300).filter(i -> truth[i] == label).forEach(inTruth::add);
      IntStream.range(0, 300)
          .filter(i -> truth[i] != NONE && answer[i] == label)
          .forEach(inAnswer::add);
      Set<Integer> both = new HashSet<>(inTruth);
      both.retainAll(inAnswer);
      Set<Integer> either = new HashSet<>(inTruth);
      either.addAll(inAnswer);
      assertThat(metrics.iou().get(c)).isEqualTo((double) both.size() / either.size());
      sum += (double) both.size() / either.size();
    }
    assertThat(metrics.meanIou()).isCloseTo(sum / classes, within(1e-12));
  }

  @Test
  void aDataSetIsMeasuredFromSummedCountsNotFromMeansOfPictures() {
    SegmentationTally tally = new SegmentationTally(List.of("sky", "road"));
    tally.add("small", map(0), map(1));
    tally.add("large", map(0, 0, 0, 1), map(0, 0, 0, 1));

    assertThat(tally.total().pixelAccuracy()).isEqualTo(4 / 5.0);
    assertThat(tally.total().iou()).containsExactly(3 / 4.0, 1 / 2.0);
    assertThat(tally.estimates().getFirst().value()).isEqualTo(4 / 5.0);
    assertThat(tally.perPicture().get(0).values().getFirst()).isEqualTo(0.0);
    assertThat(tally.perPicture().get(1).values().getFirst()).isEqualTo(1.0);
    assertThat(tally.columns()).extracting(Column::title).endsWith("sky", "road");
  }

  @Test
  void sizesKindsAndClassesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> ClassCounts.of(map(0, 1), map(0), 2)).hasMessageContaining("1 x 2");
    assertThatThrownBy(() -> ClassCounts.of(map(0), map(2), 2)).hasMessageContaining("class 2");
    assertThatThrownBy(() -> ClassCounts.of(map(2), map(0), 2)).hasMessageContaining("class 2");
    SegmentationTally tally = new SegmentationTally(List.of("a"));
    assertThatThrownBy(() -> tally.add("p", map(0), Picture.black(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LabelMap map(int... labels) {
    byte[] classes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      classes[i] = (byte) labels[i];
    }
    return new LabelMap(1, labels.length, classes);
  }
}
