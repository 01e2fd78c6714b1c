package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the numbers in label pictures mean, where one picture alone cannot tell. */
final class LabelCodingTest {
  private static final Palette TWO = Palette.of(List.of("background", "road"));
  private static final Palette THREE = Palette.of(List.of("red", "green", "blue"));

  @TempDir private Path folder;

  private int made;

  /** A pair whose target has these numbers in each of its bands, one row. */
  private void pair(String ending, int type, int... numbers) throws IOException {
    BufferedImage image = new BufferedImage(numbers.length, 1, type);
    for (int x = 0; x < numbers.length; x++) {
      for (int band = 0; band < image.getRaster().getNumBands(); band++) {
        image.getRaster().setSample(x, 0, band, band == 3 ? 255 : numbers[x]);
      }
    }
    Path target = folder.resolve("labels/" + made + "." + ending);
    Files.createDirectories(target.getParent());
    assertThat(ImageIO.write(image, ending, target.toFile())).isTrue();
    photo(numbers.length, 1);
  }

  private void photo(int width, int height) throws IOException {
    Path input = folder.resolve("images/" + made + ".png");
    Files.createDirectories(input.getParent());
    Files.write(input, PictureFile.png(Picture.black(height, width)));
    made++;
  }

  private void grey(int... numbers) throws IOException {
    pair("png", BufferedImage.TYPE_BYTE_GRAY, numbers);
  }

  private Dataset open(Palette palette) {
    return Dataset.open(
        folder, DatasetOptions.of(new TargetFormat.Labels(palette, OptionalInt.empty())));
  }

  private static List<Integer> labels(Dataset dataset, int index) {
    LabelMap map = (LabelMap) dataset.pairs().get(index).target().orElseThrow();
    List<Integer> labels = new ArrayList<>();
    for (byte label : map.classes()) {
      labels.add(label & 0xff);
    }
    return labels;
  }

  @Test
  void masksOfBlackAndWhiteAloneHaveClassOneInWhite() throws IOException {
    grey(0, 0, 0);
    grey(0, 255, 255);
    grey(255, 255, 255);
    Dataset dataset = open(TWO);
    assertThat(labels(dataset, 0)).containsExactly(0, 0, 0);
    assertThat(labels(dataset, 1)).containsExactly(0, 1, 1);
    assertThat(labels(dataset, 2)).containsExactly(1, 1, 1);
    assertThat(dataset.reading().notes())
        .singleElement()
        .asString()
        .contains("255 is taken for class 1, 'road'");
  }

  @Test
  void whiteIsUnlabelledWhereAnyMaskHasClassOne() throws IOException {
    grey(0, 255, 0);
    grey(0, 1, 255);
    Dataset dataset = open(TWO);
    assertThat(labels(dataset, 0)).containsExactly(0, 255, 0);
    assertThat(labels(dataset, 1)).containsExactly(0, 1, 255);
    assertThat(dataset.reading().notes()).isEmpty();
  }

  @Test
  void whiteIsUnlabelledForThreeClassesOrWhereOneIsIgnored() throws IOException {
    grey(0, 255);
    assertThat(labels(open(THREE), 0)).containsExactly(0, 255);
    DatasetOptions ignoring = DatasetOptions.of(new TargetFormat.Labels(TWO, OptionalInt.of(255)));
    assertThat(labels(Dataset.open(folder, ignoring), 0)).containsExactly(0, 255);
  }

  @Test
  void aMaskUnlikeAllOthersIsRefusedAndNotGuessed() throws IOException {
    for (int i = 0; i < 400; i++) {
      grey(0, 255);
    }
    // Not among those that are looked at first.
    Path odd = folder.resolve("labels/397.png");
    PictureFile.write(odd, new LabelMap(1, 2, new byte[] {1, (byte) 255}), TWO);
    Dataset dataset = open(TWO);
    int at = dataset.pairs().stream().map(Pair::id).toList().indexOf("397");
    assertThatThrownBy(() -> labels(dataset, at))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.knobs()).containsExactly(Knob.IGNORED))
        .hasMessageContainingAll("397.png", "found 1 in row 0, column 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR})
  void indicesInEqualChannelsAreIndices(int type) throws IOException {
    pair("png", type, 0, 1, 2, 255);
    pair("png", type, 0, 0, 0, 0);
    Dataset dataset = open(THREE);
    assertThat(labels(dataset, 0)).containsExactly(0, 1, 2, 255);
    assertThat(labels(dataset, 1)).containsExactly(0, 0, 0, 0);
    assertThat(dataset.reading().notes()).singleElement().asString().contains("class indices");
  }

  @Test
  void aMaskInEqualChannelsIsAMask() throws IOException {
    pair("png", BufferedImage.TYPE_3BYTE_BGR, 0, 255);
    assertThat(labels(open(TWO), 0)).containsExactly(0, 1);
  }

  @Test
  void greyColoursOfClassesStayColours() throws IOException {
    Palette camvid = Palette.of(List.of("Sky", "Building", "Road"));
    pair("png", BufferedImage.TYPE_3BYTE_BGR, 128, 128, 0);
    assertThat(labels(open(camvid), 0)).containsExactly(0, 0, 255);
  }

  @Test
  void anIndexBeyondTheClassesInEqualChannelsIsRefused() throws IOException {
    pair("png", BufferedImage.TYPE_3BYTE_BGR, 0, 7, 7);
    assertThatThrownBy(() -> labels(open(THREE), 0))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("0.png", "0..2", "found 7");
  }

  @Test
  void indicesInAGreyJpegAreRefused() throws IOException {
    jpeg(BufferedImage.TYPE_BYTE_GRAY, 0, 1, 2);
    assertThatThrownBy(() -> labels(open(THREE), 0))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "0.jpg", "grey picture saved as a JPEG", "save label pictures as PNG");
    assertThatThrownBy(() -> labels(open(TWO), 0)).isInstanceOf(UserError.class);
  }

  @Test
  void blackAndWhiteInAJpegIsAMask() throws IOException {
    jpeg(BufferedImage.TYPE_BYTE_GRAY, 0, 255, 255);
    assertThat(labels(open(TWO), 0)).contains(0, 1).doesNotContain(255);
  }

  @Test
  void aJpegOfGreyClassesIsSnapped() throws IOException {
    Palette greys =
        new Palette(List.of("dark", "light"), List.of(0x404040, 0xc0c0c0), OptionalInt.empty());
    jpeg(BufferedImage.TYPE_BYTE_GRAY, 0x40, 0xc0, 0xc0);
    assertThat(labels(open(greys), 0)).contains(0, 1).doesNotContain(255);
  }

  /** A pair of blocks of 16 x 16 pixels beside each other, saved as JPEG. */
  private void jpeg(int type, int... levels) throws IOException {
    BufferedImage image = new BufferedImage(16 * levels.length, 16, type);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < 16; y++) {
        image.getRaster().setSample(x, y, 0, levels[x / 16]);
      }
    }
    Path target = folder.resolve("labels/" + made + ".jpg");
    Files.createDirectories(target.getParent());
    assertThat(ImageIO.write(image, "jpeg", target.toFile())).isTrue();
    photo(image.getWidth(), 16);
  }
}
