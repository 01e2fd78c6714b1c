package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PairedFoldersTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "images,masks",
    "img,ann",
    "input,target",
    "A,B",
    "X,y",
    "JPEGImages,Annotations",
    "Images,ground_truth"
  })
  void foldersAreKnownByManyNames(String inputs, String targets) {
    Tree tree = new Tree(folder).photo(inputs + "/1.png", 1, 2).labels(targets + "/1.png", 2, 1, 0);
    Dataset dataset = tree.open(Tree.STORED);
    assertThat(dataset.reading().layout()).contains(DatasetLayout.PAIRED);
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(1, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "images/train/1,masks/train/1,images/val/1,masks/val/1",
    "train/images/1,train/masks/1,val/images/1,val/masks/1",
    "train/1,train_masks/1,val/1,val_masks/1",
    "trainA/1,trainB/1,valA/1,valB/1",
    "train_images/1,train_labels/1,val_images/1,val_labels/1"
  })
  void partsAreTaggedWhereverTheyStand(String a, String b, String c, String d) {
    Tree tree =
        new Tree(folder)
            .photo(a + ".png", 1, 1)
            .labels(b + ".png", 1, 1)
            .photo(c + ".png", 1, 1)
            .labels(d + ".png", 1, 2);
    Dataset dataset = tree.open(Tree.STORED);
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("train/1", "val/1");
    assertThat(dataset.pairs())
        .extracting(Pair::tags)
        .containsExactly(List.of("split=train"), List.of("split=val"));
    assertThat(Tree.target(dataset.pairs().get(1))).containsExactly(2);
  }

  @Test
  void aPartIsChosenByItsFolder() {
    Tree tree =
        new Tree(folder)
            .photo("images/train/1.png", 1, 1)
            .labels("masks/train/1.png", 1, 1)
            .photo("images/val/2.png", 1, 1)
            .labels("masks/val/2.png", 1, 3);
    Dataset dataset = new Tree(folder.resolve("images/val")).open(Tree.STORED);
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("2");
    assertThat(dataset.pairs().getFirst().tags()).containsExactly("split=val");
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(3);
    assertThat(dataset.reading().notes()).singleElement().asString().contains("masks");
    assertThat(tree.open(Tree.STORED).pairs()).hasSize(2);
  }

  @Test
  void unpairedFoldersAreRefused() {
    Tree tree = new Tree(folder).photo("trainA/1.png", 1, 1).photo("trainB/7.png", 1, 1);
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unpaired");
  }

  @Test
  void twoFoldersOfTargetsAreRefusedByName() {
    Tree tree =
        new Tree(folder)
            .photo("images/1.png", 1, 1)
            .labels("labels/1.png", 1, 1)
            .labels("masks/1.png", 1, 1);
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("labels/ and masks/");
  }
}
