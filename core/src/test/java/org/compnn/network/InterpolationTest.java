package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.compnn.network.geometry.Geometry;
import org.junit.jupiter.api.Test;

final class InterpolationTest {
  private static final FeatureMap FOUR = new FeatureMap(2, 2, 1, new float[] {0, 4, 8, 12});
  private static final Offset<Float> NEAR = Offset.offset(1e-5f);

  @Test
  void twoByTwoCellsAreMadeFourByFourBetweenTheirCentres() {
    assertThat(Enlarged.mixed(FOUR, Interpolation.linear(2, 4), Interpolation.linear(2, 4)).cells())
        .containsExactly(0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12);
  }

  @Test
  void cornersStayWhereTheyAreWhereTheyAreAligned() {
    Interpolation aligned = Interpolation.linear(2, 4, i -> i / 3f);
    assertThat(Enlarged.mixed(FOUR, aligned, aligned).cells())
        .containsExactly(
            new float[] {
              0, 4 / 3f, 8 / 3f, 4, 8 / 3f, 4, 16 / 3f, 20 / 3f, 16 / 3f, 20 / 3f, 8, 28 / 3f, 8,
              28 / 3f, 32 / 3f, 12
            },
            NEAR);
  }

  @Test
  void cubicConvolutionTakesFourCells() {
    // Between the middle ones of four cells 0, 0, 1, 1 lies their mean; weights add up to 1.
    Interpolation middle = Interpolation.cubic(4, 1, _ -> 1.5f, -0.75f, true);
    assertThat(middle.weight(0, 0)).isEqualTo(-0.09375f);
    assertThat(middle.weight(0, 1)).isEqualTo(0.59375f);
    Interpolation edge = Interpolation.cubic(4, 1, _ -> -0.5f, -0.75f, false);
    assertThat(edge.weight(0, 0) + edge.weight(0, 1)).isZero();
    assertThat(edge.weight(0, 2) + edge.weight(0, 3)).isEqualTo(1, NEAR);
    assertThat(edge.cell(0, 0)).isZero();
  }

  @Test
  void newCellsLieBetweenTheOldAndSeeWhatTheirNeighboursSee() {
    Geometry finer = Interpolation.linear(4, 32).of(new Geometry(4, 8, 4, 4, 4));
    assertThat(finer.cells()).isEqualTo(32);
    assertThat(finer.stride()).isEqualTo(1);
    assertThat(finer.origin()).isEqualTo(0.5);
    // Cell 4 lies half a pixel behind the first of the two cells of 8 pixels that make it.
    assertThat(finer.after()).isEqualTo(11.5);
    assertThat(finer.before()).isEqualTo(11.5);
  }
}
