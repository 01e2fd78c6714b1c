package org.compnn.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.compnn.bench.truth.Parts.Part;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.network.FeatureMap;
import org.junit.jupiter.api.Test;

/** What can be cited and taken out, and the arithmetic of taking it out. */
final class PartsTest {
  private static final double EXACT = 1e-9;

  /** 4 x 4: the upper half of one class, the lower of another, but for a speck. */
  private static Example example(String id, int upper, int lower, int speck) {
    byte[] classes = new byte[16];
    Arrays.fill(classes, 0, 8, (byte) upper);
    Arrays.fill(classes, 8, 16, (byte) lower);
    classes[15] = (byte) speck;
    Picture picture = new Picture(4, 4, new byte[48]);
    return new Example(id, 0, picture, new LabelMap(4, 4, classes), picture);
  }

  private static final List<Example> TWO = List.of(example("a", 0, 1, 2), example("b", 3, 3, 3));

  @Test
  void regionsAreConnectedPixelsOfOneLabelButForSpecks() {
    Parts parts = Parts.regions(TWO);
    assertThat(parts.size()).isEqualTo(3);
    assertThat(parts.pixels()).isEqualTo(8 + 7 + 16);
    assertThat(parts.get(parts.at(0, 0)).label()).isZero();
    assertThat(parts.at(0, 15)).isEqualTo(-1);
    assertThat(parts.get(parts.at(1, 15)).mask().count()).isEqualTo(16);
  }

  @Test
  void withoutARegionItsPixelsHaveNoLabelAndWithoutAPictureThereIsNone() {
    Parts regions = Parts.regions(TWO);
    List<Example> left = regions.without(TWO, List.of(regions.get(regions.at(0, 0))));
    assertThat(left).hasSize(2);
    assertThat(left.get(0).labels().classes()[0] & 0xff).isEqualTo(LabelMap.UNLABELLED);
    assertThat(left.get(0).labels().classes()[8]).isEqualTo((byte) 1);
    assertThat(left.get(1)).isEqualTo(TWO.get(1));
    Parts pictures = Parts.pictures(TWO);
    assertThat(pictures.without(TWO, List.of(pictures.get(0)))).containsExactly(TWO.get(1));
  }

  @Test
  void asMuchIsTakenOutAsComesNearestToTheShare() {
    Parts parts = Parts.regions(TWO);
    int[] order = {parts.at(0, 0), parts.at(0, 8), parts.at(1, 0)};
    assertThat(parts.first(order, 1)).extracting(Part::label).containsExactly(0);
    assertThat(parts.first(order, 11)).hasSize(1);
    assertThat(parts.first(order, 12)).hasSize(2);
    assertThat(parts.first(order, 31)).hasSize(3);
  }

  @Test
  void theOrderIsByWhatIsGivenAndOfEqualsByChance() {
    assertThat(Removal.order(new double[] {1, 3, 2}, 1)).containsExactly(1, 2, 0);
    int[] equals = Removal.order(new double[50], 1);
    assertThat(equals).isNotEqualTo(Removal.order(new double[50], 2));
    assertThat(Arrays.stream(equals).sorted().toArray())
        .isEqualTo(java.util.stream.IntStream.range(0, 50).toArray());
    assertThat(Removal.deviation(List.of(1.0, 3.0))).isCloseTo(Math.sqrt(2), within(EXACT));
  }

  @Test
  void aRatioIsThatOfTheSumsAndNoneOverNothing() {
    Interval twice = Interval.ratio(List.of(2.0, 6.0, 10.0), List.of(1.0, 3.0, 5.0));
    assertThat(twice.mean()).isEqualTo(2);
    assertThat(twice.low()).isCloseTo(2, within(EXACT));
    assertThat(twice.high()).isCloseTo(2, within(EXACT));
    assertThat(Interval.ratio(List.of(1.0), List.of(-1.0)).toString()).isEqualTo("-");
  }

  @Test
  void theHeadsCurvatureIsThatOfTheCrossEntropy() {
    // Two classes of equal probability: p (1 - p) = 1/4 times activation times activation.
    FeatureMap features = new FeatureMap(1, 1, 1, new float[] {3});
    FeatureMap scores = new FeatureMap(1, 1, 2, new float[] {0, 0});
    double[][] second = LastLayer.curvature(new double[0][], features, scores, 1);
    assertThat(second[0]).containsExactly(2.25, 0.75, -2.25, -0.75);
    assertThat(second[3]).containsExactly(-0.75, -0.25, 0.75, 0.25);
  }

  @Test
  void choleskySolvesWhatItWasGiven() {
    double[][] matrix = {{4, 2}, {2, 3}};
    double[] solved = Cholesky.of(matrix).solve(new double[] {8, 8});
    assertThat(solved[0]).isCloseTo(1, within(EXACT));
    assertThat(solved[1]).isCloseTo(2, within(EXACT));
  }
}
