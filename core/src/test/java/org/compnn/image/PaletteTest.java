package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PaletteTest {
  private static final Palette RED_GREEN =
      new Palette(List.of("red", "green"), List.of(0xff0000, 0x00ff00), OptionalInt.empty());

  @Test
  void smearedColoursSnapToTheNearestClassAndFarOnesAreCounted() {
    Picture picture =
        new Picture(
            1, 4, new byte[] {(byte) 250, 4, 4, 3, (byte) 249, 2, (byte) 140, 100, 0, 2, 2, 2});
    Snapped snapped = RED_GREEN.snap(picture, 8);
    assertThat(snapped.labels().classes()).containsExactly(0, 1, 0, (byte) LabelMap.UNLABELLED);
    assertThat(snapped.far()).isEqualTo(0.25);
  }

  @Test
  void theIgnoredClassIsUnlabelled() {
    assertThat(RED_GREEN.ignoring(1).nearest(0x00fe00)).isEqualTo(LabelMap.UNLABELLED);
  }

  @Test
  void coloursOfManyClassesDiffer() {
    List<String> names = java.util.stream.IntStream.range(0, 200).mapToObj(i -> "c" + i).toList();
    assertThat(Palette.of(names).colours().stream().distinct().count()).isGreaterThan(190);
  }

  @Test
  void paintingAndSnappingAreInverse() {
    LabelMap labels = new LabelMap(1, 3, new byte[] {0, 1, (byte) LabelMap.UNLABELLED});
    assertThat(RED_GREEN.snap(RED_GREEN.paint(labels), 0).labels().classes())
        .isEqualTo(labels.classes());
  }
}
