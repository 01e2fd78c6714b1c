package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CocoFolderTest {
  /** Categories 7 and 90, and a picture of 4 x 3 pixels. */
  private static final String HEAD =
      """
      {"images": [{"id": 5, "file_name": "a.png", "width": 4, "height": 3}],
       "categories": [{"id": 90, "name": "Dog"}, {"id": 7, "name": "cat"}],
       "annotations": [%s]}
      """;

  @TempDir private Path folder;

  private static String rectangle(int category, int left, int top, int right, int bottom) {
    return """
    {"id": 1, "image_id": 5, "category_id": %d, "iscrowd": 0,
     "segmentation": [[%d, %d, %d, %d, %d, %d, %d, %d]]}
    """
        .formatted(category, left, top, right, top, right, bottom, left, bottom);
  }

  private Dataset opened(DatasetOptions options, String... annotations) {
    return new Tree(folder)
        .photo("val2017/a.png", 3, 4)
        .text("annotations/instances_val2017.json", HEAD.formatted(String.join(",", annotations)))
        .open(options);
  }

  @Test
  void polygonsCoverThePixelsWhoseCentresLieWithin() {
    Dataset dataset = opened(Tree.STORED, rectangle(90, 1, 0, 3, 2));
    assertThat(dataset.reading().layout()).contains(DatasetLayout.COCO);
    assertThat(dataset.reading().classes()).containsExactly("cat", "Dog");
    Pair pair = dataset.pairs().getFirst();
    assertThat(pair.id()).isEqualTo("a");
    assertThat(pair.tags()).containsExactly("split=val2017");
    assertThat(Tree.target(pair))
        .containsExactly(255, 1, 1, 255, 255, 1, 1, 255, 255, 255, 255, 255);
  }

  @Test
  void theSmallerOfTwoLiesOnTopInWhateverOrder() {
    int[] expected = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    String large = rectangle(7, 0, 0, 4, 3);
    String small = rectangle(90, 1, 1, 2, 2);
    assertThat(Tree.target(opened(Tree.STORED, large, small).pairs().getFirst()))
        .containsExactly(expected);
    assertThat(Tree.target(opened(Tree.STORED, small, large).pairs().getFirst()))
        .containsExactly(expected);
  }

  @Test
  void runLengthsAreReadAsNumbersAndAsText() {
    String numbers =
        """
        {"id": 1, "image_id": 5, "category_id": 7, "iscrowd": 1,
         "segmentation": {"size": [3, 4], "counts": [1, 5, 1, 2, 3]}}
        """;
    String text = numbers.replace("[1, 5, 1, 2, 3]", "\"151M2\"");
    // Down the columns: 1 outside, 5 inside, 1 outside, 2 inside, 3 outside.
    int[] expected = {255, 0, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255};
    assertThat(Tree.target(opened(Tree.STORED, numbers).pairs().getFirst()))
        .containsExactly(expected);
    assertThat(Tree.target(opened(Tree.STORED, text).pairs().getFirst())).containsExactly(expected);
  }

  @Test
  void aCrowdLiesUnderEverythingElse() {
    String crowd =
        """
        {"id": 1, "image_id": 5, "category_id": 7, "iscrowd": 1,
         "segmentation": {"size": [3, 4], "counts": [0, 1, 11]}}
        """;
    assertThat(
            Tree.target(opened(Tree.STORED, rectangle(90, 0, 0, 4, 3), crowd).pairs().getFirst()))
        .containsOnly(1);
  }

  @Test
  void categoriesAreTheClassesOfTheSameName() {
    Dataset dataset =
        opened(
            Tree.classes("background", "dog", "horse"),
            rectangle(90, 0, 0, 1, 1),
            rectangle(7, 1, 0, 2, 1));
    assertThat(Tree.target(dataset.pairs().getFirst()))
        .containsExactly(1, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(dataset.reading().notes())
        .containsExactly(
            "Categories that the network has no class for are unlabelled: cat",
            "Pixels that no annotation covers are background");
  }

  @Test
  void withoutASharedNameOrderDecidesAndIsSaid() {
    Dataset dataset = opened(Tree.classes("none", "x", "y"), rectangle(90, 0, 0, 1, 1));
    assertThat(Tree.target(dataset.pairs().getFirst())).startsWith(2, 0, 0);
    assertThat(dataset.reading().notes()).first().asString().contains("cat is x, Dog is y");
    assertThatThrownBy(() -> opened(Tree.classes("x"), rectangle(90, 0, 0, 1, 1)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found 2 categories");
  }

  @Test
  void panopticSegmentsAreReadFromTheirColours() {
    String json =
        """
        {"images": [{"id": 1, "file_name": "a.jpg", "width": 2, "height": 1}],
         "categories": [{"id": 3, "name": "sky", "isthing": 0}, {"id": 1, "name": "car"}],
         "annotations": [{"image_id": 1, "file_name": "a.png", "segments_info": [
           {"id": 66051, "category_id": 3}, {"id": 9, "category_id": 1}]}]}
        """;
    Dataset dataset =
        new Tree(folder)
            .photo("train/a.jpg", 1, 2)
            // 66051 is 3 + 2 * 256 + 1 * 65536.
            .colours("annotations/panoptic_train/a.png", 2, 0x030201, 0)
            .text("annotations/panoptic_train.json", json)
            .open(Tree.STORED);
    assertThat(dataset.reading().classes()).containsExactly("car", "sky");
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(1, 255);
  }

  @Test
  void partsWithTheirOwnFilesAreReadTogether() {
    Tree tree = new Tree(folder);
    for (String part : List.of("train", "valid")) {
      tree.photo(part + "/a.png", 3, 4)
          .text(part + "/_annotations.coco.json", HEAD.formatted(rectangle(7, 0, 0, 4, 3)));
    }
    assertThat(tree.open(Tree.STORED).pairs())
        .extracting(Pair::id)
        .containsExactly("train/a", "valid/a");
    Dataset one = new Tree(folder.resolve("valid")).open(Tree.STORED);
    assertThat(one.pairs()).extracting(Pair::id).containsExactly("a");
    assertThat(one.pairs().getFirst().tags()).containsExactly("split=valid");
  }

  @Test
  void boxesWithoutMasksAndPicturesOfAnotherSizeAreRefused() {
    assertThatThrownBy(
            () ->
                opened(
                    Tree.STORED,
                    "{\"id\": 1, \"image_id\": 5, \"category_id\": 7, \"bbox\": [0, 0, 1, 1]}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("boxes");
    Dataset dataset = opened(Tree.STORED, rectangle(7, 0, 0, 4, 3));
    new Tree(folder).photo("val2017/a.png", 4, 3);
    assertThatThrownBy(() -> dataset.pairs().getFirst().read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected 4 x 3 pixels")
        .hasMessageContaining("found 3 x 4");
  }

  @Test
  void brokenRunLengthsAreRefused() {
    for (String counts : List.of("[1, 2]", "[13]", "[-1, 13]", "\"~~\"", "\"oooooooo\"")) {
      assertThatThrownBy(
              () ->
                  opened(
                      Tree.STORED,
                      """
                      {"id": 1, "image_id": 5, "category_id": 7,
                       "segmentation": {"size": [3, 4], "counts": %s}}
                      """
                          .formatted(counts)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("run lengths");
    }
  }

  @Test
  void longRunsTakeSeveralLetters() {
    assertThat(RunText.parse("T3151M2")).containsExactly(100, 1, 5, 2, 2, 4);
  }
}
