package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;

import java.nio.file.Path;
import org.compnn.CompNN;
import org.compnn.image.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassSharesTest {
  @TempDir private Path folder;

  @Test
  void sharesAreOfLabelledPixelsAndBlankTargetsAreNamed() {
    try (CompNN compnn =
        Colours.labelled(
            folder,
            pair("half", picture(1), labels(all(RED, at(0, BLUE), at(1, LabelMap.UNLABELLED)))),
            pair("blank", picture(2), labels(LabelMap.UNLABELLED)),
            pair("none", picture(3)))) {
      ClassShares shares = ClassShares.of(compnn.database());
      assertThat(shares.targets()).isEqualTo(2);
      assertThat(shares.classes())
          .containsExactly(
              new ClassShares.Share("red", 14 / 15.0, 1),
              new ClassShares.Share("green", 0, 0),
              new ClassShares.Share("blue", 1 / 15.0, 1));
      assertThat(shares.unlabelled()).isEqualTo(17 / 32.0);
      assertThat(shares.missing()).containsExactly("green");
      assertThat(shares.blank()).containsExactly("blank");
    }
  }

  @Test
  void aNetworkThatPaintsHasNone() {
    try (CompNN compnn = Colours.painted(folder, pair("a", picture(1), picture(2)))) {
      assertThat(ClassShares.of(compnn.database()).targets()).isZero();
    }
  }
}
