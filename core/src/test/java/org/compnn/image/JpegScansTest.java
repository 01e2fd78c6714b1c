package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;

final class JpegScansTest {
  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(5);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    return image;
  }

  @Test
  void whatEncodersWriteInSeveralScansIsRead() throws IOException {
    Picture picture = PictureFile.read(ProgressiveJpeg.of(noise()), "noise.jpg");
    assertThat(picture.width()).isEqualTo(64);
    assertThat(picture.height()).isEqualTo(48);
  }

  @Test
  void thousandsOfScansAreRefusedBeforeAnyIsDecoded() throws IOException {
    byte[] hostile = ProgressiveJpeg.ofEmptyScans(5000, 5000, 5000);
    assertThat(hostile).hasSizeLessThan(400_000);
    assertThatThrownBy(() -> PictureFile.read(hostile, "hostile.jpg"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("hostile.jpg: expected a JPEG of at most 100 scans")
        .hasMessageContaining("of 25000000 pixels");
  }

  @Test
  void fewScansOverVeryManyPixelsAreRefusedToo() throws IOException {
    assertThatThrownBy(
            () -> PictureFile.read(ProgressiveJpeg.ofEmptyScans(8000, 8000, 60), "hostile.jpg"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1500 million pixels over all of them");
  }

  @Test
  void aFileCutAnywhereIsCountedWithoutAFault() throws IOException {
    byte[] whole = ProgressiveJpeg.of(noise());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatCode(() -> JpegScans.check(cut, "cut.jpg")).doesNotThrowAnyException();
    }
  }
}
