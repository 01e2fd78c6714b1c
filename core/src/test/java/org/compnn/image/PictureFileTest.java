package org.compnn.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureFileTest {
  private static final Palette PALETTE = Palette.of(List.of("wall", "window", "door"));

  @TempDir private Path folder;

  @Test
  void aPictureSurvivesPng() throws IOException {
    Picture picture = random(7, 5);
    Path file = folder.resolve("a.png");

    Files.write(file, PictureFile.png(picture));

    assertThat(PictureFile.read(file)).usingRecursiveComparison().isEqualTo(picture);
    assertThat(PictureFile.size(file)).isEqualTo(new PictureSize(7, 5));
  }

  @Test
  void aLabelMapSurvivesPngAndShowsItsColours() throws IOException {
    LabelMap labels = new LabelMap(2, 3, new byte[] {0, 1, 2, (byte) 254, (byte) 255, 1});
    Path file = folder.resolve("a.png");

    PictureFile.write(file, labels, PALETTE);

    assertThat(PictureFile.readIndices(file)).usingRecursiveComparison().isEqualTo(labels);
    assertThat(PictureFile.read(file)).usingRecursiveComparison().isEqualTo(PALETTE.paint(labels));
  }

  @Test
  void greyIsReadAsStoredAndNotAsLinearLight() throws IOException {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i, 0, 0, i);
    }
    Path file = written(grey, "png");

    byte[] rgb = PictureFile.read(file).rgb();
    byte[] classes = PictureFile.readIndices(file).classes();

    for (int i = 0; i < 256; i++) {
      assertThat(rgb[3 * i] & 0xff).isEqualTo(i);
      assertThat(rgb[3 * i + 1] & 0xff).isEqualTo(i);
      assertThat(rgb[3 * i + 2] & 0xff).isEqualTo(i);
      assertThat(classes[i] & 0xff).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void smallPalettesGiveTheirColoursAndTheirIndices(int bits) throws IOException {
    byte[] red = {10, 20};
    byte[] green = {30, 40};
    byte[] blue = {50, 60};
    BufferedImage image =
        new BufferedImage(
            3, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(bits, 2, red, green, blue));
    image.getRaster().setSample(1, 0, 0, 1);
    Path file = written(image, "png");

    assertThat(PictureFile.read(file).rgb()).containsExactly(10, 30, 50, 20, 40, 60, 10, 30, 50);
    assertThat(PictureFile.readIndices(file).classes()).containsExactly(0, 1, 0);
  }

  @Test
  void sixteenBitsAreScaledToEight() throws IOException {
    BufferedImage image = sixteenBits(ColorSpace.CS_sRGB, 3);
    image.getRaster().setPixel(0, 0, new int[] {0, 65535, 32896});
    image.getRaster().setPixel(1, 0, new int[] {257, 128, 129});
    assertThat(PictureFile.read(written(image, "png")).rgb()).containsExactly(0, 255, 128, 1, 0, 1);
  }

  @Test
  void sixteenBitGreyStoresClassesAsTheyAre() throws IOException {
    BufferedImage image = sixteenBits(ColorSpace.CS_GRAY, 1);
    image.getRaster().setSample(0, 0, 0, 7);
    image.getRaster().setSample(1, 0, 0, 255);
    assertThat(PictureFile.readIndices(written(image, "png")).classes())
        .containsExactly(7, (byte) 255);
  }

  @Test
  void aClassBeyond254IsRefused() throws IOException {
    BufferedImage image = sixteenBits(ColorSpace.CS_GRAY, 1);
    image.getRaster().setSample(1, 0, 0, 256);
    Path file = written(image, "png");
    assertThatThrownBy(() -> PictureFile.readIndices(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(file.toString(), "0..254", "256", "column 1");
  }

  @Test
  void aColourPictureHasNoIndices() throws IOException {
    Path file = folder.resolve("a.png");
    Files.write(file, PictureFile.png(random(2, 2)));
    assertThatThrownBy(() -> PictureFile.readIndices(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(file.toString(), "colour");
    assertThat(PictureFile.readStored(file)).isInstanceOf(Picture.class);
  }

  @Test
  void alphaIsDroppedWhateverItHides() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.getRaster().setPixel(0, 0, new int[] {11, 22, 33, 0});
    image.getRaster().setPixel(1, 0, new int[] {44, 55, 66, 128});
    assertThat(PictureFile.read(written(image, "png")).rgb())
        .containsExactly(11, 22, 33, 44, 55, 66);
  }

  @Test
  void cmykBecomesRgb() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(PictureFileTest.class.getResourceAsStream("cmyk.jpg"))) {
      Picture picture = PictureFile.read(file.readAllBytes(), "cmyk.jpg");
      // Four bars, as they were before Pillow made them CMYK.
      near(picture.pixel(8, 4), 200, 40, 40);
      near(picture.pixel(8, 12), 40, 200, 40);
      near(picture.pixel(8, 20), 40, 40, 200);
      near(picture.pixel(8, 28), 230, 230, 230);
    }
  }

  /** Where EXIF puts the corner of the first row and column, and that of the first and last. */
  @ParameterizedTest
  @CsvSource({
    "1, top left, top right",
    "2, top right, top left",
    "3, bottom right, bottom left",
    "4, bottom left, bottom right",
    "5, top left, bottom left",
    "6, top right, bottom right",
    "7, bottom right, top right",
    "8, bottom left, top left"
  })
  void exifOrientationStandsThePictureUpright(int orientation, String red, String blue)
      throws IOException {
    byte[] rgb = new byte[16 * 32 * 3];
    Arrays.fill(rgb, (byte) 128);
    Picture stored = new Picture(16, 32, rgb);
    paint(stored, 0, 0, 0xff0000);
    paint(stored, 0, 24, 0x0000ff);
    Path file = folder.resolve("a.jpg");
    Files.write(file, withSegment(PictureFile.jpeg(stored, 1), 0xe1, exif(orientation)));

    Picture upright = PictureFile.read(file);

    boolean turned = orientation > 4;
    assertThat(upright.height()).isEqualTo(turned ? 32 : 16);
    assertThat(upright.width()).isEqualTo(turned ? 16 : 32);
    assertThat(PictureFile.size(file))
        .isEqualTo(new PictureSize(upright.height(), upright.width()));
    near(corner(upright, red), 255, 0, 0);
    near(corner(upright, blue), 0, 0, 255);
  }

  @Test
  void aBrokenExifBlockIsIgnored() throws IOException {
    Picture picture = random(8, 16);
    byte[] plain = PictureFile.jpeg(picture, 1);
    byte[] broken = withSegment(plain, 0xe1, "Exif\0\0MMxxxxxxxx".getBytes(UTF_8));
    assertThat(PictureFile.read(broken, "broken").rgb())
        .isEqualTo(PictureFile.read(plain, "plain").rgb());
  }

  @Test
  void aColourProfileChangesNothing() throws IOException {
    byte[] plain = PictureFile.jpeg(random(16, 16), 0.9f);
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    ByteBuffer segment = ByteBuffer.allocate(14 + profile.length);
    segment.put("ICC_PROFILE\0".getBytes(UTF_8)).put((byte) 1).put((byte) 1).put(profile);
    byte[] profiled = withSegment(plain, 0xe2, segment.array());
    assertThat(PictureFile.read(profiled, "profiled").rgb())
        .isEqualTo(PictureFile.read(plain, "plain").rgb());
  }

  @Test
  void aMissingFileAFolderAndAnEmptyFileAreNamed() throws IOException {
    Path missing = folder.resolve("missing.png");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    refused(missing, "no such file");
    refused(folder, "a folder");
    refused(empty, "an empty file");
  }

  @Test
  void whatIsNoPictureIsNamed() throws IOException {
    refused(Files.writeString(folder.resolve("a.png"), "hello"), "something else");
    refused(Files.writeString(folder.resolve("b.jpg"), "RIFF1234WEBPVP8 "), "WebP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void aFileCutShortIsRefused(String kind) throws IOException {
    Picture picture = random(64, 64);
    byte[] whole = kind.equals("png") ? PictureFile.png(picture) : PictureFile.jpeg(picture, 0.9f);
    Path file = folder.resolve("a." + kind);
    for (int percent : new int[] {5, 40, 70, 95}) {
      Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));
      assertThatThrownBy(() -> PictureFile.read(file))
          .as("%d %% of a %s", percent, kind)
          .isInstanceOf(UserError.class)
          .hasMessageContainingAll(file.toString(), "leave it out");
    }
  }

  @Test
  void randomDamageGivesAPictureOrAUserError() {
    byte[][] whole = {
      PictureFile.png(random(20, 20)), PictureFile.jpeg(random(20, 20), 0.8f), gif(), tiff()
    };
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] damaged = whole[i % whole.length].clone();
      for (int k = random.nextInt(6); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        PictureFile.read(damaged, "damaged");
      } catch (UserError e) {
        refused++;
        assertThat(e.getMessage()).startsWith("damaged: ").doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  @Test
  void aPictureOfTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
    byte[] png = PictureFile.png(random(2, 2));
    // The head of a PNG: length, "IHDR", width, height, five bytes, check sum.
    ByteBuffer file = ByteBuffer.wrap(png);
    file.putInt(16, 20_000).putInt(20, 20_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    file.putInt(29, (int) crc.getValue());
    Path bomb = Files.write(folder.resolve("bomb.png"), png);
    refused(bomb, "20000 x 20000");
    assertThatThrownBy(() -> PictureFile.size(bomb)).hasMessageContaining("100 million");
  }

  private static void refused(Path file, String found) {
    assertThatThrownBy(() -> PictureFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(file.toString(), found);
  }

  private static void near(int pixel, int red, int green, int blue) {
    assertThat(pixel >> 16).isCloseTo(red, within(6));
    assertThat((pixel >> 8) & 0xff).isCloseTo(green, within(6));
    assertThat(pixel & 0xff).isCloseTo(blue, within(6));
  }

  private static int corner(Picture picture, String corner) {
    return picture.pixel(
        corner.startsWith("top") ? 2 : picture.height() - 3,
        corner.endsWith("left") ? 2 : picture.width() - 3);
  }

  /** Paints a block of 8 x 8 pixels. */
  private static void paint(Picture picture, int top, int left, int colour) {
    for (int row = top; row < top + 8; row++) {
      for (int column = left; column < left + 8; column++) {
        int at = (row * picture.width() + column) * 3;
        picture.rgb()[at] = (byte) (colour >> 16);
        picture.rgb()[at + 1] = (byte) (colour >> 8);
        picture.rgb()[at + 2] = (byte) colour;
      }
    }
  }

  private static Picture random(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(3).nextBytes(rgb);
    return new Picture(height, width, rgb);
  }

  private static BufferedImage sixteenBits(int space, int bands) {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space), false, false, 1, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
    assertThat(raster.getNumBands()).isEqualTo(bands);
    return new BufferedImage(model, raster, false, null);
  }

  private Path written(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("written." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static byte[] gif() {
    return encoded(new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_INDEXED), "gif");
  }

  private static byte[] tiff() {
    return encoded(new BufferedImage(20, 20, BufferedImage.TYPE_3BYTE_BGR), "tiff");
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(image, format, file)).isTrue();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file.toByteArray();
  }

  /** A JPEG file with one more segment, right after its first marker. */
  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (InputStream rest = new ByteArrayInputStream(jpeg, 2, jpeg.length - 2)) {
      file.write(jpeg, 0, 2);
      file.write(0xff);
      file.write(marker);
      file.write((content.length + 2) >> 8);
      file.write(content.length + 2);
      file.writeBytes(content);
      rest.transferTo(file);
    }
    return file.toByteArray();
  }

  /** An EXIF block of one entry: orientation (0x0112), one short. */
  private static byte[] exif(int orientation) {
    return ByteBuffer.allocate(32)
        .put("Exif\0\0MM\0*".getBytes(UTF_8))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }
}
