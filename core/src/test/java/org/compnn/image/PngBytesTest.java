package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngBytesTest {
  private static final Palette PALETTE =
      new Palette(List.of("road", "sky"), List.of(0x123456, 0xfedcba), OptionalInt.empty());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 255, 256})
  void aPictureOfFewColoursHasThemAllWhateverBitsTheyTake(int colours) {
    Random random = new Random(colours);
    byte[] palette = bytes(random, 3 * colours);
    byte[] rgb = new byte[3 * 7 * 37];
    for (int i = 0; i < 7 * 37; i++) {
      System.arraycopy(palette, 3 * (i < colours ? i : random.nextInt(colours)), rgb, 3 * i, 3);
    }
    Picture picture = new Picture(7, 37, rgb);

    byte[] png = PictureFile.fewColours(picture).orElseThrow();

    assertThat(PictureFile.read(png, "few").rgb()).isEqualTo(rgb);
    assertThat(png.length).isLessThan(7 * 37 + 3 * 256 + 200);
  }

  @Test
  void aPictureOfMoreColoursIsStoredAsItIsOrByItsDifferences() {
    byte[] noise = bytes(new Random(1), 3 * 40 * 60);
    byte[] smooth = new byte[noise.length];
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] = (byte) (i / 180 * 3 + i % 180 / 3 * 2 + i % 3 * 40);
    }

    assertThat(PictureFile.fewColours(new Picture(40, 60, noise))).isEmpty();
    for (byte[] rgb : List.of(noise, smooth)) {
      byte[] png = PictureFile.png(new Picture(40, 60, rgb));
      assertThat(PictureFile.read(png, "many").rgb()).isEqualTo(rgb);
    }
    assertThat(PictureFile.png(new Picture(40, 60, smooth)).length).isLessThan(noise.length / 4);
  }

  @Test
  void aLabelMapForTheEyeHasTheColoursOfItsClassesAndOfUnlabelledPixels() {
    byte[] classes = {0, 1, (byte) 255, 1, 7, 0};
    LabelMap labels = new LabelMap(2, 3, classes);

    byte[] png = PictureFile.smallPng(labels, PALETTE);

    assertThat(PictureFile.read(png, "labels").rgb()).isEqualTo(PALETTE.paint(labels).rgb());
    assertThat(png.length).isLessThan(PictureFile.png(labels, PALETTE).length);
  }

  @Test
  void otherReadersReadThem() throws IOException {
    byte[] levels = {0, 3, (byte) 200, (byte) 255};
    byte[] grey = PictureFile.grey(new LabelMap(1, 4, levels));

    var read = ImageIO.read(new ByteArrayInputStream(grey));

    assertThat(read.getRaster().getSamples(0, 0, 4, 1, 0, (int[]) null))
        .isEqualTo(new int[] {0, 3, 200, 255});
    byte[] rgb = bytes(new Random(2), 3 * 300 * 4);
    var colours = ImageIO.read(new ByteArrayInputStream(PictureFile.png(new Picture(4, 300, rgb))));
    int[] samples = colours.getRaster().getPixels(0, 0, 300, 4, (int[]) null);
    byte[] narrowed = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      narrowed[i] = (byte) samples[i];
    }
    assertThat(Arrays.equals(narrowed, rgb)).isTrue();
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
