package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PictureFileTest {
  @TempDir private Path folder;

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  @Test
  void aPictureComesBackFromPngAsItWas() {
    Picture picture = new Picture(1, 2, new byte[] {1, 2, 3, (byte) 200, 100, 0});
    assertThat(PictureFile.read(PictureFile.png(picture), "x").rgb()).isEqualTo(picture.rgb());
  }

  @Test
  void aLabelMapComesBackFromPngAsItWasAndLooksLikeItsPalette() throws IOException {
    Palette palette = Palette.of(List.of("a", "b"));
    LabelMap labels = new LabelMap(1, 3, new byte[] {0, 1, (byte) LabelMap.UNLABELLED});
    Path file = folder.resolve("labels.png");
    PictureFile.write(file, labels, palette);
    assertThat(PictureFile.readIndices(file).classes()).isEqualTo(labels.classes());
    Picture shown = PictureFile.read(file);
    assertThat(shown.pixel(0, 1)).isEqualTo(palette.colour(1));
    assertThat(shown.pixel(0, 2)).isEqualTo(Palette.UNLABELLED_COLOUR);
  }

  @Test
  void greyIsReadAsStoredAndNotGammaConverted() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 1);
    grey.getRaster().setSample(1, 0, 0, 77);
    byte[] file = encoded(grey, "png");
    assertThat(PictureFile.read(file, "x").rgb()).containsExactly(1, 1, 1, 77, 77, 77);
  }

  @Test
  void sixteenBitsAreScaledToEight() throws IOException {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(0, 0, 0, 65535 / 5);
    assertThat(PictureFile.read(encoded(grey, "png"), "x").rgb()).containsExactly(51, 51, 51);
  }

  @Test
  void alphaIsDropped() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x000a0b0c);
    assertThat(PictureFile.read(encoded(image, "png"), "x").rgb()).containsExactly(10, 11, 12);
  }

  /** A JPEG of 16 x 8 pixels, dark on the left, with an EXIF orientation put in. */
  private static byte[] turned(int orientation) throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 8; y++) {
      for (int x = 8; x < 16; x++) {
        image.setRGB(x, y, 0xffffff);
      }
    }
    byte[] jpeg = encoded(image, "jpeg");
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      18,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, 16, false, true",
    "3, 8, 16, true, false",
    "6, 16, 8, false, false",
    "8, 16, 8, true, true"
  })
  void exifOrientationIsApplied(
      int orientation, int height, int width, boolean topLeftWhite, boolean topRightWhite)
      throws IOException {
    Picture picture = PictureFile.read(turned(orientation), "x");
    assertThat(picture.height()).isEqualTo(height);
    assertThat(picture.width()).isEqualTo(width);
    assertThat((picture.pixel(1, 1) & 0xff) > 128).isEqualTo(topLeftWhite);
    assertThat((picture.pixel(1, width - 2) & 0xff) > 128).isEqualTo(topRightWhite);
  }

  @Test
  void aBrokenFileIsRefusedByName() throws IOException {
    byte[] whole = PictureFile.png(Picture.black(64, 64));
    Path file = folder.resolve("half.png");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> PictureFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("half.png")
        .hasMessageContaining("expected")
        .hasMessageContaining("found");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> PictureFile.read(file)).isInstanceOf(UserError.class);
    Files.writeString(file, "no picture at all");
    assertThatThrownBy(() -> PictureFile.read(file)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> PictureFile.read(folder.resolve("none.png")))
        .isInstanceOf(UserError.class);
  }

  @Test
  void aColourPictureIsNoLabelMap() throws IOException {
    Path file = folder.resolve("colour.png");
    Files.write(file, PictureFile.png(Picture.black(2, 2)));
    assertThatThrownBy(() -> PictureFile.readIndices(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("class indices");
  }
}
