package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetTest {
  private static final Palette AB = Palette.of(List.of("a", "b"));
  private static final DatasetOptions LABELS =
      DatasetOptions.of(new TargetFormat.Labels(AB, OptionalInt.of(7)));
  private static final DatasetOptions PICTURES = DatasetOptions.of(new TargetFormat.Image());

  @TempDir private Path folder;

  private void photo(String name, int height, int width) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PictureFile.png(Picture.black(height, width)));
  }

  private void labels(String name, int width, int... classes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] bytes = new byte[classes.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) classes[i];
    }
    PictureFile.write(file, new LabelMap(classes.length / width, width, bytes), AB);
  }

  private static byte[] classes(Pair pair) {
    return ((LabelMap) pair.read().target().orElseThrow()).classes();
  }

  @Test
  void pairedFoldersAreReadInNaturalOrderWithTagsFromFoldersAndFile() throws IOException {
    for (String id : List.of("10", "2", "night/3")) {
      photo("images/" + id + ".png", 1, 3);
      labels("labels/" + id + ".png", 3, 1, 7, 255);
    }
    Files.writeString(folder.resolve("tags.csv"), "id,tags\n2,weather=rain;blurred\n");
    Dataset dataset = Dataset.open(folder, LABELS);
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("2", "10", "night/3");
    assertThat(dataset.pairs().get(0).tags()).containsExactly("weather=rain", "blurred");
    assertThat(dataset.pairs().get(2).tags()).containsExactly("night");
    assertThat(classes(dataset.pairs().get(0))).containsExactly(1, (byte) 255, (byte) 255);
  }

  @Test
  void aMissingTwinIsNamedOrSkippedAndCounted() throws IOException {
    photo("images/1.png", 1, 1);
    labels("labels/1.png", 1, 0);
    photo("images/2.png", 1, 1);
    labels("labels/3.png", 1, 0);
    assertThatThrownBy(() -> Dataset.open(folder, LABELS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("2.png")
        .hasMessageContaining("expected a target");
    Dataset dataset = Dataset.open(folder, LABELS.withSkipBroken(true));
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("1");
    assertThat(dataset.skipped()).hasSize(2);
  }

  @Test
  void sizesThatDifferWithinAPairAreRefused() throws IOException {
    photo("images/1.png", 2, 3);
    labels("labels/1.png", 2, 0, 0);
    assertThatThrownBy(() -> Dataset.open(folder, LABELS).pairs().getFirst().read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected 3 x 2")
        .hasMessageContaining("found 2 x 1");
  }

  @Test
  void aClassBeyondThePaletteIsRefusedWithItsPlace() throws IOException {
    photo("images/1.png", 1, 2);
    labels("labels/1.png", 2, 0, 5);
    assertThatThrownBy(() -> Dataset.open(folder, LABELS).pairs().getFirst().read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found 5 in row 0, column 1");
  }

  @Test
  void labelColoursAreSnappedAndPhotosInTheirPlaceRefused() throws IOException {
    photo("images/1.png", 1, 2);
    Path file = folder.resolve("labels/1.png");
    Files.createDirectories(file.getParent());
    Files.write(file, PictureFile.png(AB.paint(new LabelMap(1, 2, new byte[] {1, 0}))));
    assertThat(classes(Dataset.open(folder, LABELS).pairs().getFirst())).containsExactly(1, 0);
    Files.write(file, PictureFile.png(new Picture(1, 2, new byte[] {90, 90, 90, 90, 91, 93})));
    assertThatThrownBy(() -> Dataset.open(folder, LABELS).pairs().getFirst().read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("far from all of them");
  }

  @Test
  void sideBySidePairsAreCutByDirection() throws IOException {
    byte[] rgb = new byte[2 * 4 * 3];
    rgb[0] = 50;
    rgb[6] = 99;
    Files.write(folder.resolve("1.png"), PictureFile.png(new Picture(2, 4, rgb)));
    assertThatThrownBy(() -> Dataset.open(folder, PICTURES))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("AtoB (left)");
    Pair.Content content =
        Dataset.open(folder, PICTURES.withDirection(Direction.BTOA)).pairs().getFirst().read();
    assertThat(content.input().pixel(0, 0)).isEqualTo(99 << 16);
    assertThat(((Picture) content.target().orElseThrow()).pixel(0, 0)).isEqualTo(50 << 16);
  }

  @Test
  void listFilesFindPathsOfAnotherMachine() throws IOException {
    photo("train/1.png", 1, 1);
    labels("trainannot/1.png", 1, 1);
    Path list = folder.resolve("train.txt");
    Files.writeString(list, "/SegNet/CamVid/train/1.png /SegNet/CamVid/trainannot/1.png\n\n");
    assertThat(classes(Dataset.open(list, LABELS).pairs().getFirst())).containsExactly(1);
  }

  @Test
  void csvGivesTagsAndIds() throws IOException {
    photo("x/1.png", 1, 1);
    labels("y/1.png", 1, 1);
    Path csv = folder.resolve("all.csv");
    Files.writeString(csv, "input,target,tags,id\nx/1.png,y/1.png,city=bern day,first\n");
    Pair pair = Dataset.open(csv, LABELS).pairs().getFirst();
    assertThat(pair.id()).isEqualTo("first");
    assertThat(pair.tags()).containsExactly("city=bern", "day");
    assertThat(classes(pair)).containsExactly(1);
    Files.writeString(csv, "input,target\nx/2.png,y/1.png\n");
    assertThatThrownBy(() -> Dataset.open(csv, LABELS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void cityscapesIdsBecomeTrainingIds() throws IOException {
    photo("leftImg8bit/val/bern/bern_1_2_leftImg8bit.png", 1, 3);
    labels("gtFine/val/bern/bern_1_2_gtFine_labelIds.png", 3, 7, 33, 0);
    Pair pair = Dataset.open(folder, LABELS).pairs().getFirst();
    assertThat(pair.tags()).containsExactly("split=val", "city=bern");
    assertThat(classes(pair)).containsExactly(0, 18, (byte) 255);
  }

  @Test
  void nothingThereIsSaid() {
    assertThatThrownBy(() -> Dataset.open(folder.resolve("none"), LABELS))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(() -> Dataset.open(folder, LABELS))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("expected pictures (PNG, JPEG", "found none");
  }
}
