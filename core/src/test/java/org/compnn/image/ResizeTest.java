package org.compnn.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ResizeTest {
  static List<String> pillow() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(ResizeTest.class.getResourceAsStream("pillow-resize.txt"))) {
      return new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(l -> !l.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pillow")
  void everyFilterGivesPillowsPixels(String line) {
    String[] part = line.split(" ", -1);
    int[] number = Arrays.stream(part, 1, 6).mapToInt(Integer::parseInt).toArray();
    Picture picture = random(number[1], number[2], number[0]);

    Picture resized = Resize.picture(picture, number[3], number[4], Resample.valueOf(part[0]));

    byte[] first = new byte[part.length - 7];
    for (int i = 0; i < first.length; i++) {
      first[i] = (byte) Integer.parseInt(part[7 + i]);
    }
    assertThat(Arrays.copyOf(resized.rgb(), first.length)).isEqualTo(first);
    CRC32 crc = new CRC32();
    crc.update(resized.rgb());
    assertThat("%08x".formatted(crc.getValue())).isEqualTo(part[6]);
  }

  @Test
  void labelsAreTakenFromTheNearestPixelAsPicturesAre() {
    Picture picture = random(37, 53, 9);
    byte[] red = new byte[37 * 53];
    for (int i = 0; i < red.length; i++) {
      red[i] = picture.rgb()[3 * i];
    }
    Picture resizedPicture = Resize.picture(picture, 19, 71, Resample.NEAREST);

    LabelMap resized = Resize.labels(new LabelMap(37, 53, red), 19, 71);

    assertThat(resized.height()).isEqualTo(19);
    assertThat(resized.width()).isEqualTo(71);
    for (int i = 0; i < resized.classes().length; i++) {
      assertThat(resized.classes()[i]).isEqualTo(resizedPicture.rgb()[3 * i]);
    }
  }

  @Test
  void theNumbersOfTheFiltersAreThoseOfPillow() {
    assertThat(List.of(0, 1, 2, 3, 4, 5).stream().map(Resample::fromCode))
        .containsExactly(
            Resample.NEAREST,
            Resample.LANCZOS,
            Resample.BILINEAR,
            Resample.BICUBIC,
            Resample.BOX,
            Resample.HAMMING);
  }

  private static Picture random(int height, int width, long seed) {
    byte[] rgb = new byte[height * width * 3];
    long s = seed;
    for (int i = 0; i < rgb.length; i++) {
      s = (s * 1103515245 + 12345) & 0x7fffffff;
      rgb[i] = (byte) (s >> 16);
    }
    return new Picture(height, width, rgb);
  }
}
