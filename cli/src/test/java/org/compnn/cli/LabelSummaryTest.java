package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.compnn.study.ClassShares;
import org.compnn.study.ClassShares.Share;
import org.junit.jupiter.api.Test;

final class LabelSummaryTest {
  @Test
  void classesNeverSeenAndBlankTargetsAreSaid() {
    ClassShares shares =
        new ClassShares(
            List.of(new Share("road", 1, 2), new Share("sky", 0, 0)),
            9,
            0.25,
            List.of("1", "2", "3", "4", "5", "6", "7"));
    assertThat(String.join("\n", LabelSummary.lines(shares)))
        .isEqualTo(
            """
            class  labelled pixels  pictures
            road           100.0 %    2 of 9
            sky              0.0 %    0 of 9
            Unlabelled: 25.0 % of all pixels
            Never seen in the training labels: sky
            7 of 9 targets are wholly unlabelled: 1, 2, 3, 4, 5 and 2 more; check the label files (--ignored)\
            """);
  }

  @Test
  void nothingIsSaidWithoutTargets() {
    assertThat(LabelSummary.lines(new ClassShares(List.of(), 0, 0, List.of()))).isEmpty();
  }
}
