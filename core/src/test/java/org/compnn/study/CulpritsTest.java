package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.explain.Options;
import org.compnn.viewer.QueueView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CulpritsTest {
  private static final Options BLOCKS = Options.defaults().layer("bottleneck").exact();

  @TempDir private static Path folder;

  private static CompNN compnn;
  private static Judge judge;

  @BeforeAll
  static void build() {
    // The network says red of all of them; the first is labelled so, the second is not.
    compnn =
        Colours.labelled(
            folder,
            pair("taught", picture(red(200)), labels(RED)),
            pair("unlearned", picture(red(230)), labels(GREEN)));
    judge = Judge.withoutAxes(compnn, BLOCKS);
  }

  @AfterAll
  static void close() {
    compnn.close();
  }

  private static Judgement judged(int shade) {
    return judge.judge(
        judge.match(pair("wrong", picture(all(red(shade))), labels(all(RED, at(5, GREEN))))),
        References.UNKNOWN);
  }

  private static Culprits.Culprit only(List<Judgement.Charge> charges, long room) {
    Culprits culprits = new Culprits(compnn, room);
    culprits.add(charges);
    assertThat(culprits.ranked(9)).hasSize(1);
    return culprits.ranked(9).getFirst();
  }

  @Test
  void aLabelThatTaughtTheMistakeIsSuggestedWhatWasRight() {
    Culprits.Culprit culprit = only(judged(201).charges(), 1 << 20);
    assertThat(culprit.id()).isEqualTo("taught");
    assertThat(culprit.pixels()).isEqualTo(16);
    Culprits.Region region = culprit.regions().getFirst();
    assertThat(region.given()).isEqualTo(RED);
    assertThat(region.suggested()).isEqualTo(GREEN);
    assertThat(region.pixels()).isEqualTo(16);
  }

  @Test
  void aRightLabelThatTheNetworkDidNotLearnIsNoCulprit() {
    Judgement judgement = judged(231);
    assertThat(judgement.charges()).isNotEmpty();
    Culprits culprits = new Culprits(compnn, 1 << 20);
    culprits.add(judgement.charges());
    assertThat(culprits.ranked(9)).isEmpty();
  }

  @Test
  void withoutRoomForRegionsAPictureIsStillCounted() {
    assertThat(only(judged(201).charges(), 0).regions()).isEmpty();
  }

  @Test
  void chargesThatAreKeptLeadToTheSameRegions() {
    Judgement judgement = judged(201);
    QueueView.ChargesView kept = QueueView.ChargesView.of(judgement);
    Culprits.Culprit again = only(kept.charges(Colours.SIDE, Colours.SIDE), 1 << 20);
    Culprits.Culprit first = only(judgement.charges(), 1 << 20);
    assertThat(again.regions())
        .extracting(Culprits.Region::mask)
        .isEqualTo(first.regions().stream().map(Culprits.Region::mask).toList());
    QueueView view = QueueView.of(again);
    assertThat(view.regions().getFirst().suggested()).contains(GREEN);
  }
}
