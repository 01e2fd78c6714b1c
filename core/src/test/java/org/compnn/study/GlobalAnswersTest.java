package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.explain.Options;
import org.compnn.image.LabelMap;
import org.compnn.image.Raster;
import org.compnn.study.GlobalAnswers.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GlobalAnswersTest {
  @TempDir private Path folder;

  @Test
  void aTrainingPictureIsNearestToItselfByEveryLayerWithBothLabels() {
    try (CompNN compnn =
        Colours.labelled(
            folder,
            pair("red", picture(red(200)), labels(BLUE)),
            pair("green", picture(green(200)), labels(BLUE)),
            pair("dark", picture(green(50))))) {
      List<Answer> answers =
          GlobalAnswers.of(compnn, compnn.run(picture(green(200))), Options.defaults());
      assertThat(answers)
          .extracting(answer -> answer.layer().shortName(), Answer::labels)
          .containsExactlyInAnyOrder(
              tuple("penultimate", Labels.ORIGINAL),
              tuple("penultimate", Labels.SELF),
              tuple("bottleneck", Labels.ORIGINAL),
              tuple("bottleneck", Labels.SELF));
      for (Answer answer : answers) {
        assertThat(answer.match().exemplar()).isEqualTo(1);
        assertThat(answer.match().distance()).isCloseTo(0, within(1e-6));
        assertThat(answer.input().rgb()).isEqualTo(picture(green(200)).rgb());
        assertLabel(answer.output(), answer.labels() == Labels.SELF ? GREEN : BLUE);
      }
      List<Answer> others =
          GlobalAnswers.of(
              compnn, compnn.run(picture(green(200))), Options.defaults().without("green"));
      assertThat(others)
          .as("the nearest that is left has no original label")
          .extracting(Answer::labels)
          .containsExactly(Labels.SELF, Labels.SELF);
      assertThat(others).allSatisfy(answer -> assertThat(answer.match().exemplar()).isEqualTo(2));
      assertLabel(compnn.source(Labels.SELF).apply(0), RED);
    }
  }

  private static void assertLabel(Raster output, int label) {
    assertThat(((LabelMap) output).classes()).isEqualTo(labels(label).classes());
  }
}
