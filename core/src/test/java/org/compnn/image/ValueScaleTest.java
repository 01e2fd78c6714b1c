package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValueScaleTest {
  private static final ValueMap DEPTH = new ValueMap(1, 4, 1, new float[] {2, 10, Float.NaN, 6});

  @Test
  void oneChannelRunsFromTheFirstColourToTheLast() {
    ValueScale scale = ValueScale.of(Stream.of(DEPTH));
    Picture painted = scale.paint(DEPTH);

    assertThat(scale).isEqualTo(new ValueScale(2, 10));
    assertThat(painted.pixel(0, 0)).isEqualTo(ValueScale.colours().getFirst());
    assertThat(painted.pixel(0, 1)).isEqualTo(ValueScale.colours().getLast());
    assertThat(painted.pixel(0, 2)).isEqualTo(ValueScale.NO_VALUE);
    assertThat(painted.pixel(0, 3)).isEqualTo(ValueScale.along(0.5f));
  }

  @Test
  void severalMapsShareOneRangeAndNumbersBeyondItLieAtItsEnds() {
    ValueMap other = new ValueMap(1, 2, 1, new float[] {-4, Float.POSITIVE_INFINITY});
    assertThat(ValueScale.of(Stream.of(DEPTH, other))).isEqualTo(new ValueScale(-4, 10));
    assertThat(new ValueScale(0, 1).and(new ValueScale(-1, 0.5f))).isEqualTo(new ValueScale(-1, 1));
    assertThat(new ValueScale(3, 4).paint(DEPTH).pixel(0, 0))
        .isEqualTo(ValueScale.colours().getFirst());
  }

  @Test
  void threeChannelsAreRedGreenAndBlue() {
    ValueMap normals = new ValueMap(1, 1, 3, new float[] {1, 0, -1});
    assertThat(new ValueScale(-1, 1).paint(normals).pixel(0, 0)).isEqualTo(0xff8000);
  }

  @Test
  void aFlatMapAndAnEmptyOneCanBeShown() {
    assertThat(ValueScale.of(Stream.of(ValueMap.unknown(2, 2, 1)))).isEqualTo(new ValueScale(0, 1));
    assertThat(new ValueScale(5, 5).share(5)).isEqualTo(0.5f);
  }

  @Test
  void aPaletteShowsValuesInItsRangeOrInTheirOwn() {
    Palette palette = Palette.of(List.of());
    assertThat(palette.paint(DEPTH).pixel(0, 1)).isEqualTo(ValueScale.colours().getLast());
    assertThat(palette.showing(new ValueScale(2, 18)).paint(DEPTH).pixel(0, 1))
        .isEqualTo(ValueScale.along(0.5f));
  }
}
