package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pascal VOC, ADE20K and nnU-Net: label pictures whose numbers a layout explains. */
final class LabelPictureLayoutsTest {
  @TempDir private Path folder;

  @Test
  void vocTakesTheListedPicturesAndTheirBorderIsUnlabelled() {
    Tree tree = new Tree(folder.resolve("VOC2012"));
    for (String id : new String[] {"1", "2", "3"}) {
      tree.photo("JPEGImages/" + id + ".png", 1, 3)
          .labels("SegmentationClass/" + id + ".png", 3, 0, 2, 255);
    }
    tree.photo("JPEGImages/4.png", 1, 1)
        .text("ImageSets/Segmentation/train.txt", "1\n")
        .text("ImageSets/Segmentation/val.txt", "2\n");
    Dataset dataset = tree.open(Tree.STORED);
    assertThat(dataset.reading().layout()).contains(DatasetLayout.VOC);
    assertThat(dataset.reading().classes()).hasSize(21).startsWith("background", "aeroplane");
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("1", "2");
    assertThat(dataset.pairs().get(1).tags()).containsExactly("split=val");
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(0, 2, 255);
    assertThat(dataset.reading().notes()).hasSize(2);
  }

  @Test
  void vocColoursStandForTheIndicesOfItsPalette() {
    Tree tree =
        new Tree(folder)
            .photo("JPEGImages/1.png", 1, 4)
            .colours("SegmentationClass/1.png", 4, 0, 0x800000, 0x400000, 0xe0e0c0);
    assertThat(Tree.target(tree.open(Tree.STORED).pairs().getFirst()))
        .containsExactly(0, 1, 8, 255);
    assertThatThrownBy(() -> tree.open(Tree.classes("a", "b")).pairs().getFirst().read())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("#400000 in row 0, column 2");
  }

  @Test
  void aLabelMapNamesTheColours() {
    Tree tree =
        new Tree(folder)
            .photo("JPEGImages/1.png", 1, 2)
            .text("labelmap.txt", "# label:color\nbackground:0,0,0::\nroof:10,20,30::\n")
            .colours("SegmentationClass/1.png", 2, 0x0a141e, 0);
    assertThat(Tree.target(tree.open(Tree.classes("Roof", "Background")).pairs().getFirst()))
        .containsExactly(0, 1);
  }

  @Test
  void adesZeroIsUnlabelledForANetworkOf150Classes() {
    Tree tree =
        new Tree(folder)
            .photo("images/training/ADE_train_1.png", 1, 3)
            .labels("annotations/training/ADE_train_1.png", 3, 0, 1, 150);
    Dataset dataset = tree.open(Tree.STORED);
    assertThat(dataset.reading().layout()).contains(DatasetLayout.ADE20K);
    assertThat(dataset.pairs().getFirst().tags()).containsExactly("split=training");
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(255, 0, 149);
    String[] names = IntStream.range(0, 151).mapToObj(i -> "class " + i).toArray(String[]::new);
    assertThat(Tree.target(tree.open(Tree.classes(names)).pairs().getFirst()))
        .containsExactly(0, 1, 150);
    assertThat(Tree.target(tree.open(Tree.classes(Arrays.copyOf(names, 150))).pairs().getFirst()))
        .containsExactly(255, 0, 149);
    assertThatThrownBy(() -> tree.open(Tree.classes("a", "b")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("found 2 classes");
  }

  @Test
  void nnUnetsLabelsAreNamedByItsFile() {
    Tree tree =
        new Tree(folder)
            .text(
                "dataset.json",
                """
                {"channel_names": {"0": "R"}, "file_ending": ".png",
                 "labels": {"background": 0, "tumour": 2, "organ": 1, "ignore": 3}}
                """)
            .photo("imagesTr/case_1_0000.png", 1, 4)
            .labels("labelsTr/case_1.png", 4, 0, 1, 2, 3);
    Dataset dataset = tree.open(Tree.STORED);
    assertThat(dataset.reading().layout()).contains(DatasetLayout.NNUNET);
    assertThat(dataset.reading().classes()).containsExactly("background", "organ", "tumour");
    assertThat(dataset.pairs()).extracting(Pair::id).containsExactly("case_1");
    assertThat(Tree.target(dataset.pairs().getFirst())).containsExactly(0, 1, 2, 255);
    assertThat(
            Tree.target(
                tree.open(Tree.classes("Tumour", "Organ", "Background")).pairs().getFirst()))
        .containsExactly(2, 1, 0, 255);
    tree.text("dataset.json", "{\"labels\": {\"a\": 0}, \"file_ending\": \".nii.gz\"}");
    assertThatThrownBy(() -> tree.open(Tree.STORED))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(".nii.gz");
  }
}
