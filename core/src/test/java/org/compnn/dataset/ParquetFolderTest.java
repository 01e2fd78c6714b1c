package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.image.Picture;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files are PyArrow's: five pairs in row groups of two with Snappy and paths, two pairs without
 * compression and paths. Picture n is 3 x 2 of red 10 n, its labels 0, 1, 2, n, 255, 1.
 */
final class ParquetFolderTest {
  @TempDir private Path folder;

  @BeforeEach
  void data() throws IOException {
    for (String part : List.of("train", "validation")) {
      try (var in = ParquetFolderTest.class.getResourceAsStream(part + ".parquet")) {
        new Tree(folder).bytes("data/" + part + "-00000-of-00001.parquet", in.readAllBytes());
      }
    }
  }

  @Test
  void rowsAreReadInWhateverOrder() {
    Dataset dataset = new Tree(folder).open(Tree.STORED);
    assertThat(dataset.reading().layout()).contains(DatasetLayout.PARQUET);
    assertThat(dataset.pairs()).hasSize(7);
    assertThat(dataset.pairs().get(3).id()).isEqualTo("data/train-00000-of-00001/3");
    assertThat(dataset.pairs().get(5).tags()).containsExactly("split=validation");
    for (int n : new int[] {4, 0, 1, 3, 2, 6, 5, 0}) {
      Pair.Content content = dataset.pairs().get(n).read();
      assertThat(content.input().pixel(1, 2)).isEqualTo((10 * n) << 16);
      assertThat(Tree.target(dataset.pairs().get(n))).containsExactly(0, 1, 2, n, 255, 1);
    }
    assertThat(dataset.reading().notes())
        .containsExactly("Inputs from column image, targets from column label");
  }

  @Test
  void aNetworksClassesAreCheckedAndTheDirectionTurned() {
    Path file = folder.resolve("data/train-00000-of-00001.parquet");
    Dataset few = Dataset.open(file, Tree.classes("a", "b"));
    assertThatThrownBy(() -> few.pairs().getFirst().read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("row 0, target");
    DatasetOptions pictures =
        DatasetOptions.of(new TargetFormat.Image()).withDirection(Direction.BTOA);
    Pair.Content content = Dataset.open(file, pictures).pairs().get(2).read();
    assertThat(((Picture) content.target().orElseThrow()).pixel(0, 0)).isEqualTo(20 << 16);
  }

  @Test
  void namesComeFromTheFileBeside() {
    Dataset dataset =
        new Tree(folder)
            .text("id2label.json", "{\"1\": \"car\", \"0\": \"sky\"}")
            .open(Tree.STORED);
    assertThat(dataset.reading().classes()).containsExactly("sky", "car");
  }

  @Test
  void aBrokenFileIsOneLine() {
    Tree tree = new Tree(folder).text("data/train-00000-of-00001.parquet", "PAR1 and no more");
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected Parquet")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aPageThatReachesBeyondItsColumnIsNotReadWithoutEnd() throws IOException {
    Path file = folder.resolve("data/train-00000-of-00001.parquet");
    byte[] bytes = Files.readAllBytes(file);
    bytes[153] = 40;
    bytes[2719] = 70;
    bytes[2720] = 15;
    bytes[4413] = 0;
    Files.write(file, bytes);
    assertThatThrownBy(
            () -> {
              for (Pair pair : new Tree(folder).open(Tree.STORED).pairs()) {
                pair.read();
              }
            })
        .isInstanceOf(UserError.class)
        .hasMessageContaining("(length 0)");
  }
}
