package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Base64;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelMeFolderTest {
  private static final String SHAPES =
      """
      "shapes": [
        {"label": "wall", "shape_type": "rectangle", "points": [[4, 3], [0, 0]]},
        {"label": "door", "points": [[1, 0], [2, 0], [2, 2], [1, 2]], "shape_type": "polygon"},
        {"label": "edge", "points": [[1, 0], [2, 0]], "shape_type": "line"},
        {"label": "__ignore__", "points": [[3, 0], [4, 0], [4, 1], [3, 1]]}]
      """;

  @TempDir private Path folder;

  @Test
  void shapesLieAsTheyWereDrawn() {
    Dataset dataset =
        new Tree(folder)
            .photo("day/1.png", 3, 4)
            .text(
                "day/1.json",
                "{\"imagePath\": \"..\\\\day\\\\1.png\", \"imageHeight\": 3, \"imageWidth\": 4,"
                    + SHAPES
                    + "}")
            .open(Tree.STORED);
    assertThat(dataset.reading().layout()).contains(DatasetLayout.LABELME);
    assertThat(dataset.reading().classes()).containsExactly("door", "wall");
    assertThat(dataset.pairs().getFirst().id()).isEqualTo("day/1");
    assertThat(dataset.pairs().getFirst().tags()).containsExactly("day");
    assertThat(Tree.target(dataset.pairs().getFirst()))
        .containsExactly(1, 0, 1, 255, 1, 0, 1, 1, 1, 1, 1, 1);
    assertThat(dataset.reading().notes()).anyMatch(note -> note.startsWith("1 lines and points"));
  }

  @Test
  void aPictureWithinTheFileIsReadAndMasksArePixels() {
    String photo =
        Base64.getEncoder()
            .encodeToString(
                PictureFile.png(new Picture(1, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9})));
    String mask =
        Base64.getEncoder()
            .encodeToString(PictureFile.png(new Picture(1, 2, new byte[] {-1, -1, -1, 0, 0, 0})));
    Dataset dataset =
        new Tree(folder)
            .text(
                "1.json",
                """
                {"version": "5.0", "imageData": "%s", "imagePath": "gone.jpg", "shapes": [
                  {"label": "cell", "shape_type": "mask", "points": [[1, 0], [2, 0]], "mask": "%s"}]}
                """
                    .formatted(photo, mask))
            .open(Tree.classes("background", "cell"));
    Pair.Content content = dataset.pairs().getFirst().read();
    assertThat(content.input().pixel(0, 2)).isEqualTo(0x070809);
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(0, 1, 0);
  }

  @Test
  void aCircleIsGivenByItsCentreAndAPoint() {
    Dataset dataset =
        new Tree(folder)
            .photo("1.png", 3, 3)
            .text(
                "1.json",
                """
                {"imagePath": "1.png", "shapes": [
                  {"label": "a", "shape_type": "circle", "points": [[1.5, 1.5], [2.7, 1.5]]}]}
                """)
            .open(Tree.STORED);
    assertThat(Tree.target(dataset.pairs().getFirst()))
        .containsExactly(255, 0, 255, 0, 0, 0, 255, 0, 255);
  }

  @Test
  void aMissingPictureAndAStrangeNameAreNamed() {
    Tree tree = new Tree(folder).text("1.json", "{\"imagePath\": \"gone.png\", " + SHAPES + "}");
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("gone.png");
    tree.photo("gone.png", 3, 4).text("labels.txt", "__ignore__\n_background_\nwall\n");
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'door'");
  }
}
