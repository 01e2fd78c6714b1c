package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SurveyTest {
  @TempDir private Path folder;

  @Test
  void classesAreCountedOverAllPixelsAndPictures() {
    Dataset dataset =
        new Tree(folder)
            .photo("images/train/1.png", 1, 4)
            .labels("masks/train/1.png", 4, 0, 0, 2, 255)
            .photo("images/train/2.png", 2, 2)
            .labels("masks/train/2.png", 2, 0, 0, 0, 0)
            .open(Tree.STORED);
    Survey survey = Survey.of(dataset, 100, Progress.NONE);
    assertThat(survey.read()).isEqualTo(2);
    assertThat(survey.kinds()).containsEntry("label maps", 2);
    assertThat(survey.sizes()).containsEntry("4 x 1", 1).containsEntry("2 x 2", 1);
    assertThat(survey.tags()).containsEntry("split=train", 2);
    assertThat(survey.classes())
        .containsExactly(
            new Survey.ClassCount(0, "class 0", 0.75, 2),
            new Survey.ClassCount(2, "class 2", 0.125, 1),
            new Survey.ClassCount(255, "unlabelled", 0.125, 1));
  }

  @Test
  void classesThatNeverOccurAreCountedTooWhereTheyAreNamed() {
    Dataset dataset =
        new Tree(folder)
            .photo("images/1.png", 1, 1)
            .labels("masks/1.png", 1, 1)
            .open(Tree.classes("sky", "car"));
    assertThat(Survey.of(dataset, 100, Progress.NONE).classes())
        .containsExactly(
            new Survey.ClassCount(0, "sky", 0, 0), new Survey.ClassCount(1, "car", 1, 1));
  }

  @Test
  void aFewColoursAreClassesAndBrokenPairsAreNamed() {
    Dataset dataset =
        new Tree(folder)
            .photo("images/1.png", 1, 4)
            .colours("masks/1.png", 4, 0xff0000, 0xff0000, 0xff0000, 0x00ff00)
            .photo("images/2.png", 1, 1)
            .text("masks/2.png", "no picture")
            .open(Tree.STORED);
    Survey survey = Survey.of(dataset, 100, Progress.NONE);
    assertThat(survey.colours())
        .containsExactly(
            new Survey.ColourCount(0xff0000, 0.75, 1), new Survey.ColourCount(0x00ff00, 0.25, 1));
    assertThat(survey.broken()).singleElement().asString().contains("2.png");
  }

  @Test
  void aLimitIsSpreadEvenly() {
    Tree tree = new Tree(folder);
    for (int i = 0; i < 10; i++) {
      tree.photo("images/" + i + ".png", 1, 1).labels("masks/" + i + ".png", 1, i < 5 ? 0 : 1);
    }
    Survey survey = Survey.of(tree.open(Tree.STORED), 2, Progress.NONE);
    assertThat(survey.read()).isEqualTo(2);
    assertThat(survey.classes()).extracting(Survey.ClassCount::share).containsExactly(0.5, 0.5);
  }
}
