package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PaletteTest {
  private static final Palette TWO =
      new Palette(List.of("wall", "door"), List.of(0x0000ff, 0xff0000), OptionalInt.empty());

  @Test
  void namesOfCamVidGetTheColoursOfCamVid() {
    Palette palette = Palette.of(List.of("Sky", "Building", "Road", "Sign_Symbol", "Bicyclist"));
    assertThat(palette.colours()).containsExactly(0x808080, 0x800000, 0x804080, 0xc08080, 0x0080c0);
  }

  @Test
  void namesOfCityscapesGetTheColoursOfCityscapes() {
    Palette palette = Palette.of(List.of("road", "sidewalk", "traffic light", "rider", "bicycle"));
    assertThat(palette.colours()).containsExactly(0x804080, 0xf423e8, 0xfaaa1e, 0xff0000, 0x770b20);
  }

  @Test
  void anyOtherNamesGetColoursThatDifferAndAreNeverBlack() {
    Palette palette = Palette.of(IntStream.range(0, 255).mapToObj(i -> "class " + i).toList());
    assertThat(new HashSet<>(palette.colours())).hasSize(255).doesNotContain(0);
  }

  @Test
  void namesThatOccurTwiceStillGetDifferentColours() {
    assertThat(Palette.of(List.of("Sky", "sky")).colours()).doesNotHaveDuplicates();
  }

  @Test
  void unlabelledIsBlackAndAClassBeyondThePaletteIsGrey() {
    assertThat(TWO.colour(LabelMap.UNLABELLED)).isZero();
    assertThat(TWO.name(LabelMap.UNLABELLED)).isEqualTo("unlabelled");
    assertThat(TWO.colour(2)).isEqualTo(0x606060);
    assertThat(TWO.name(2)).isEqualTo("class 2");
  }

  @Test
  void smearedColoursSnapToTheNearestClassAndTheFarOnesAreCounted() {
    // Near blue, near red, near nothing but rather red, near black.
    Picture picture = picture(0x0406f8, 0xf00408, 0xb03010, 0x030202);

    Snapped snapped = TWO.snap(picture, 16);

    assertThat(snapped.labels().classes()).containsExactly(0, 1, 1, 255);
    assertThat(snapped.far()).isEqualTo(0.25);
  }

  @Test
  void blackIsAClassWhereThePaletteSaysSo() {
    Palette palette =
        new Palette(List.of("ground", "door"), List.of(0x000000, 0xff0000), OptionalInt.empty());
    assertThat(palette.snap(picture(0x030202, 0xff0000), 16).labels().classes())
        .containsExactly(0, 1);
  }

  @Test
  void theIgnoredClassBecomesUnlabelled() {
    Snapped snapped = TWO.ignoring(1).snap(picture(0x0000ff, 0xff0000), 0);
    assertThat(snapped.labels().classes()).containsExactly(0, 255);
    assertThat(snapped.far()).isZero();
    assertThat(TWO.ignoring(1).nearest(0xfe0000)).isEqualTo(LabelMap.UNLABELLED);
  }

  @Test
  void snappingAPaintedLabelMapGivesItBack() {
    Palette palette = Palette.of(IntStream.range(0, 40).mapToObj(i -> "class " + i).toList());
    byte[] classes = new byte[42];
    for (int i = 0; i < 41; i++) {
      classes[i] = (byte) i;
    }
    classes[40] = (byte) 255;
    LabelMap labels = new LabelMap(6, 7, classes);

    Snapped snapped = palette.snap(palette.paint(labels), 0);

    assertThat(snapped.labels().classes()).isEqualTo(classes);
    assertThat(snapped.far()).isZero();
  }

  private static Picture picture(int... pixels) {
    byte[] rgb = new byte[pixels.length * 3];
    for (int i = 0; i < pixels.length; i++) {
      rgb[3 * i] = (byte) (pixels[i] >> 16);
      rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
      rgb[3 * i + 2] = (byte) pixels[i];
    }
    return new Picture(1, pixels.length, rgb);
  }
}
