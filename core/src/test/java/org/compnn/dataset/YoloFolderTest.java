package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YoloFolderTest {
  private static final String YAML =
      """
      path: ../datasets/of-another-machine
      train: images/train  # the pictures
      val: images/val
      names:
        0: person
        1: "traffic light"
      """;

  @TempDir private Path folder;

  private Tree tree() {
    return new Tree(folder)
        .text("data.yaml", YAML)
        .photo("images/train/1.png", 2, 4)
        .photo("images/val/2.png", 1, 2)
        .text("labels/train/1.txt", "1 0.5 0 1 0 1 1 0.5 1\n0 0.75 0 1 0 1 0.5 0.75 0.5\n");
  }

  @Test
  void polygonsAreSharesOfThePictureAndTheSmallerLiesOnTop() {
    Dataset dataset = tree().open(Tree.STORED);
    assertThat(dataset.reading().layout()).contains(DatasetLayout.YOLO);
    assertThat(dataset.reading().classes()).containsExactly("person", "traffic light");
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("train/1", "val/2");
    assertThat(dataset.pairs().getFirst().tags()).containsExactly("split=train");
    assertThat(Tree.target(dataset.pairs().getFirst()))
        .containsExactly(255, 255, 1, 0, 255, 255, 1, 1);
    assertThat(dataset.reading().notes()).anyMatch(note -> note.startsWith("1 pictures have no"));
  }

  @Test
  void withABackgroundWhatIsNotCoveredBelongsToIt() {
    Dataset dataset = tree().open(Tree.classes("background", "person", "traffic light"));
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(0, 0, 2, 1, 0, 0, 2, 2);
    assertThat(Tree.target(dataset.pairs().get(1))).containsExactly(0, 0);
  }

  @Test
  void roboflowsPathsAndNamesInAListAreRead() {
    new Tree(folder)
        .text("data.yaml", "train: ../train/images\nval: ../valid/images\nnc: 1\nnames: ['dog']\n")
        .photo("train/images/1.png", 1, 1)
        .text("train/labels/1.txt", "0 0 0 1 0 1 1 0 1")
        .photo("valid/images/1.png", 1, 1);
    Dataset dataset = Dataset.open(folder.resolve("data.yaml"), Tree.STORED);
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("train/1", "val/1");
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(0);
  }

  @Test
  void aListOfPicturesIsFollowed() {
    tree()
        .text("data.yaml", YAML.replace("images/train ", "train.txt "))
        .text("train.txt", "./images/train/1.png\n");
    assertThat(new Tree(folder).open(Tree.STORED).pairs())
        .extracting(Pair::id)
        .containsExactly("train/images/train/1", "val/2");
  }

  @Test
  void boxesAndOtherWordsAreRefusedByLine() {
    Tree tree = tree();
    for (String line :
        List.of("0 0.5 0.5 1 1", "2 0 0 1 0 1 1", "0 0 0 1 0 x 1", "0 0 0 9 0 1 1")) {
      tree.text("labels/train/1.txt", "0 0 0 1 0 1 1\n" + line);
      assertThatThrownBy(() -> tree.open(Tree.STORED).pairs().getFirst().read())
          .isInstanceOf(UserError.class)
          .hasMessageContaining("1.txt: line 2");
    }
  }

  @Test
  void labelsWithoutNamesAndBrokenYamlAreRefused() {
    Tree tree = new Tree(folder).photo("images/1.png", 1, 1).text("labels/1.txt", "0 0 0 1 0 1 1");
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("data.yaml");
    tree.text("data.yaml", "train: [\nnames: {");
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected YAML")
        .hasMessageNotContaining("\n");
  }

  @Test
  void theRootOfAllFoldersIsNoFolderOfPictures() {
    Tree tree = tree().text("data.yaml", YAML.replace("images/train", "/"));
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected a folder of pictures, found the root of all folders")
        .hasMessageNotContaining("\n");
  }
}
