package org.compnn.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PictureKindsTest {
  /** Two by two pixels, made by libwebp: lossless, and the same to be turned to the right. */
  private static final String WEBP =
      "UklGRjgAAABXRUJQVlA4TCwAAAAvAUAAAB8gECBM+PI/Y0NIQOj+33GNkIAwQvd/pfkP4E9TAtkAZaowi+h/fA==";

  private static final String TURNED_WEBP =
      "UklGRmwAAABXRUJQVlA4WAoAAAAIAAAAAQAAAQAAVlA4TCwAAAAvAUAAAB8gECBM+PI/Y0NIQOj+33GNkIAwQvd/pfkP4E9T"
          + "AtkAZaowi+h/fEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=";

  @TempDir private Path folder;

  private static Picture read(byte[] file) {
    return PictureFile.read(file, "it");
  }

  private static byte[] text(String file) {
    return file.getBytes(ISO_8859_1);
  }

  @Test
  void webPIsReadAndStandsUpright() {
    Picture picture = read(Base64.getDecoder().decode(WEBP));
    assertThat(picture.rgb())
        .containsExactly(bytes(10, 20, 30, 200, 100, 50, 0, 0, 0, 255, 255, 255));
    assertThat(read(Base64.getDecoder().decode(TURNED_WEBP)).rgb())
        .containsExactly(bytes(0, 0, 0, 10, 20, 30, 255, 255, 255, 200, 100, 50));
  }

  @Test
  void netpbmPicturesAreReadAsTextAndAsBytes() {
    assertThat(read(text("P3 2 1 255 10 20 30 1 2 3\n")).rgb())
        .containsExactly(bytes(10, 20, 30, 1, 2, 3));
    assertThat(read(text("P6\n# said by whom\n1 1\n255\n\u0009\u0008\u0007")).rgb())
        .containsExactly(bytes(9, 8, 7));
    assertThat(read(text("P1\n2 1\n1 0\n")).rgb())
        .as("1 is ink")
        .containsExactly(bytes(0, 0, 0, 255, 255, 255));
  }

  @Test
  void aPgmHoldsClassesOnlyIfItsLevelsAreNotStretched() throws IOException {
    Path file = folder.resolve("a.pgm");
    Files.write(file, text("P2\n3 1\n255\n0 7 255\n"));
    assertThat(PictureFile.readIndices(file).classes()).containsExactly(bytes(0, 7, 255));
    Files.write(file, text("P2\n# up to eleven\n3 1\n11\n0 7 11\n"));
    assertThatThrownBy(() -> PictureFile.readIndices(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("a.pgm", "levels end at 11", "save them as PNG");
  }

  @Test
  void aJpegHoldsNoClasses() throws IOException {
    Path file = folder.resolve("a.jpg");
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    assertThat(ImageIO.write(grey, "jpeg", file.toFile())).isTrue();
    assertThatThrownBy(() -> PictureFile.readIndices(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("a.jpg", "found a JPEG, which changes them");
    assertThat(PictureFile.readStored(file)).isInstanceOf(Picture.class);
  }

  @Test
  void greyWithAlphaHoldsClasses() throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(rows)) {
      deflated.write(new byte[] {0, 1, 99, 2, 0});
    }
    ByteBuffer head = ByteBuffer.allocate(13).putInt(2).putInt(1).put(new byte[] {8, 4, 0, 0, 0});
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(text("\u0089PNG\r\n\u001a\n"));
    png.writeBytes(chunk("IHDR", head.array()));
    png.writeBytes(chunk("IDAT", rows.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    Path file = Files.write(folder.resolve("a.png"), png.toByteArray());
    assertThat(PictureFile.readIndices(file).classes()).containsExactly(1, 2);
  }

  @Test
  void exifInPngStandsThePictureUpright() {
    byte[] plain = PictureFile.png(new Picture(1, 2, bytes(1, 2, 3, 4, 5, 6)));
    byte[] exif = tiff(ByteOrder.BIG_ENDIAN, new int[][] {{274, 6}}, new byte[0]);
    byte[] chunk = chunk("eXIf", exif);
    // After the signature and IHDR.
    ByteBuffer turned = ByteBuffer.allocate(plain.length + chunk.length);
    turned.put(plain, 0, 33).put(chunk).put(plain, 33, plain.length - 33);
    Picture picture = read(turned.array());
    assertThat(picture.height()).isEqualTo(2);
    assertThat(picture.rgb()).containsExactly(bytes(1, 2, 3, 4, 5, 6));
    assertThat(PictureFile.size(turned.array(), "it")).isEqualTo(new PictureSize(2, 1));
  }

  @Test
  void cmykTiffWithoutProfileIsWhatInkLeavesOfTheLight() {
    byte[] file = tiffPicture(5, 4, bytes(0, 0, 0, 0, 255, 0, 0, 0, 255, 128, 0, 51, 9, 9, 9, 255));
    assertThat(read(file).rgb())
        .containsExactly(bytes(255, 255, 255, 0, 255, 255, 0, 102, 204, 0, 0, 0));
  }

  @Test
  void labTiffIsRefused() {
    byte[] file = tiffPicture(8, 3, new byte[12]);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "it: expected RGB, grey, palette or CMYK, found TIFF in L*a*b*; convert it to RGB");
  }

  @ParameterizedTest
  @CsvSource({
    "AAAADGpQICANCocK, JPEG 2000",
    "/0//UQ==, JPEG 2000",
    "AAAAGGZ0eXBoZWlj, HEIC",
    "AAAAGGZ0eXBhdmlm, AVIF",
    "k05VTVBZAQA=, a NumPy array",
    "dmVyc2lvbiBodHRwczovL2dpdC1sZnMuZ2l0aHViLmNvbQ==, Git LFS pointer",
    "AAUWBwACAAA=, AppleDouble"
  })
  void whatIsNotReadIsNamedWithWhatToDo(String head, String kind) {
    assertThatThrownBy(() -> read(Base64.getDecoder().decode(head)))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("PNG, JPEG, WebP", kind, "convert it to PNG");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] chunk(String name, byte[] content) {
    byte[] named = ByteBuffer.allocate(4 + content.length).put(text(name)).put(content).array();
    CRC32 crc = new CRC32();
    crc.update(named);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(named)
        .putInt((int) crc.getValue())
        .array();
  }

  /** Four pixels beside each other, in 8-bit samples. */
  private static byte[] tiffPicture(int space, int samples, byte[] pixels) {
    int entries = 9;
    int offset = 8 + 2 + entries * 12 + 4;
    int[][] tags = {
      {256, 4},
      {257, 1},
      {258, 8},
      {259, 1},
      {262, space},
      {273, offset},
      {277, samples},
      {278, 1},
      {279, pixels.length}
    };
    return tiff(ByteOrder.LITTLE_ENDIAN, tags, pixels);
  }

  /** A TIFF file of short entries, and what lies behind them. */
  private static byte[] tiff(ByteOrder order, int[][] tags, byte[] behind) {
    ByteBuffer file = ByteBuffer.allocate(8 + 2 + tags.length * 12 + 4 + behind.length);
    file.order(order).put(text(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"));
    file.putShort((short) 42).putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) 3).putInt(1);
      file.putShort((short) tag[1]).putShort((short) 0);
    }
    return file.putInt(0).put(behind).array();
  }
}
