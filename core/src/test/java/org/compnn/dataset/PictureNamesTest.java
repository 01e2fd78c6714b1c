package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files in folders are pictures of a data set, and which belong together. */
final class PictureNamesTest {
  private static final Palette AB = Palette.of(List.of("a", "b"));
  private static final DatasetOptions LABELS =
      DatasetOptions.of(new TargetFormat.Labels(AB, OptionalInt.empty()));

  @TempDir private Path folder;

  private Path photo(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, PictureFile.png(Picture.black(1, 1)));
  }

  private void labels(String name) throws IOException {
    labels(name, AB, 1);
  }

  private void labels(String name, Palette palette, int label) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    PictureFile.write(file, new LabelMap(1, 1, new byte[] {(byte) label}), palette);
  }

  private List<String> ids() {
    return Dataset.open(folder, LABELS).pairs().stream().map(Pair::id).toList();
  }

  @Test
  void linkedFoldersAndFilesAreFollowed(@TempDir Path elsewhere) throws IOException {
    Path photo = photo("0.png");
    Files.move(photo, elsewhere.resolve("0.png"));
    labels("labels/1.png");
    labels("labels/deep/0.png");
    Files.createDirectories(folder.resolve("images"));
    Files.createSymbolicLink(folder.resolve("images/1.png"), elsewhere.resolve("0.png"));
    Files.createSymbolicLink(folder.resolve("images/deep"), elsewhere);
    assertThat(ids()).containsExactly("1", "deep/0");
  }

  @Test
  void aLoopOfLinksIsRefused() throws IOException {
    photo("images/0.png");
    labels("labels/0.png");
    Files.createSymbolicLink(folder.resolve("images/more"), folder);
    assertThatThrownBy(this::ids)
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("images/more", "leads back", "remove it");
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws IOException {
    photo("images/0.png");
    labels("labels/0.png");
    labels("labels/1.png");
    Files.createSymbolicLink(folder.resolve("images/1.png"), folder.resolve("gone.png"));
    assertThatThrownBy(() -> Dataset.open(folder, LABELS).pairs().getLast().read())
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("images/1.png", "no such file");
  }

  @Test
  void filesOfMacsWindowsAndServersAreLeftOut() throws IOException {
    photo("images/0.png");
    labels("labels/0.png");
    for (String foreign :
        List.of(
            "._0.png", ".DS_Store", "Thumbs.db", "__MACOSX/x.png", "@eaDir/y.jpg", ".old/z.png")) {
      for (String side : List.of("images/", "labels/")) {
        Path file = folder.resolve(side + foreign);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {0, 5, 22, 7});
      }
    }
    assertThat(ids()).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "labels"})
  void twoFilesOfOneStemAreRefusedByName(String side) throws IOException {
    photo("images/0.png");
    labels("labels/0.png");
    Files.write(folder.resolve(side + "/0.jpg"), PictureFile.jpeg(Picture.black(1, 1), 1));
    assertThatThrownBy(this::ids)
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(side + "/0.jpg and 0.png", "rename or remove one");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0_mask",
    "0, 0_gt",
    "0, 0_label",
    "0, 0-mask",
    "0, 0.mask",
    "0, 0_L",
    "0, 0_segmentation",
    "0, 0_seg",
    "0, 0_GT",
    "0_sat, 0_mask",
    "0_leftImg8bit, 0_gtFine_labelTrainIds",
    "0_img, 0"
  })
  void targetsWithAnEndingAreFound(String input, String target) throws IOException {
    photo("images/" + input + ".png");
    labels("labels/" + target + ".png");
    Pair pair = Dataset.open(folder, LABELS).pairs().getFirst();
    assertThat(pair.id()).isEqualTo(input);
    assertThat(((LabelMap) pair.target().orElseThrow()).label(0, 0)).isEqualTo(1);
  }

  @Test
  void theSameStemGoesBeforeOneWithAnEnding() throws IOException {
    for (String id : List.of("0", "0_mask")) {
      photo("images/" + id + ".png");
      labels("labels/" + id + ".png", AB, id.equals("0") ? 0 : 1);
    }
    List<Pair> pairs = Dataset.open(folder, LABELS).pairs();
    assertThat(pairs).extracting(Pair::id).containsExactly("0", "0_mask");
    assertThat(((LabelMap) pairs.getFirst().target().orElseThrow()).label(0, 0)).isZero();
  }

  @Test
  void twoTargetsOfOneEndingAreRefusedByName() throws IOException {
    photo("images/0.png");
    labels("labels/0_mask.png");
    labels("labels/0-mask.png");
    assertThatThrownBy(this::ids)
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("0-mask.png and 0_mask.png", "expected one target of 0");
  }

  @Test
  void idsOfCityscapesBecomeTrainingIdsAndItsOtherFilesAreLeftOut() throws IOException {
    Palette classes = Palette.of(IntStream.range(0, 19).mapToObj(i -> "class" + i).toList());
    photo("images/a_leftImg8bit.png");
    labels("labels/a_gtFine_labelIds.png", classes, 26);
    photo("labels/a_gtFine_color.png");
    labels("labels/a_gtFine_instanceIds.png", classes, 26);
    Dataset dataset =
        Dataset.open(
            folder, DatasetOptions.of(new TargetFormat.Labels(classes, OptionalInt.empty())));
    LabelMap target = (LabelMap) dataset.pairs().getFirst().target().orElseThrow();
    assertThat(target.label(0, 0)).as("car").isEqualTo(13);
    assertThat(dataset.reading().notes())
        .anyMatch(note -> note.contains("left out 2 files"))
        .anyMatch(note -> note.contains("19 training ids"));
  }

  @Test
  void namesOfEitherNormalFormMeet() throws IOException {
    String name = "straße_für_東京";
    photo("images/" + Normalizer.normalize(name, Normalizer.Form.NFD) + ".png");
    labels("labels/" + Normalizer.normalize(name, Normalizer.Form.NFC) + ".png");
    assertThat(ids()).containsExactly(Normalizer.normalize(name, Normalizer.Form.NFC));
  }

  @Test
  void picturesThatAreNotReadAreNamedAndNotLeftOutInSilence() throws IOException {
    Files.write(folder.resolve("0.jp2"), new byte[] {0, 0, 0, 12, 'j', 'P', ' ', ' '});
    assertThatThrownBy(this::ids)
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll("0.jp2", "JPEG 2000", "convert it to PNG");
  }
}
