package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.rgb;

import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.study.Blame.Culprit;
import org.compnn.study.Blame.Region;
import org.junit.jupiter.api.Test;

final class VotesTest {
  @Test
  void labelsAreAlikeWhereTheyAreTheSameAndColoursWithinATenth() {
    LabelMap map = labels(all(RED, at(1, GREEN)));
    assertThat(Votes.alike(map, 0, map, 8)).isTrue();
    assertThat(Votes.alike(map, 0, map, 4)).isFalse();
    Picture colours = picture(all(rgb(0, 0, 0), at(1, rgb(76, 0, 0)), at(2, rgb(26, 26, 26))));
    assertThat(Votes.alike(colours, 0, colours, 4)).isTrue();
    assertThat(Votes.alike(colours, 0, colours, 8)).isFalse();
  }

  @Test
  void onlyPixelsOfLabelMapsCanBeUnlabelled() {
    LabelMap map = labels(all(RED, at(1, LabelMap.UNLABELLED)));
    assertThat(Votes.unlabelled(map, 0)).isFalse();
    assertThat(Votes.unlabelled(map, 4)).isTrue();
    assertThat(Votes.unlabelled(picture(rgb(255, 255, 255)), 0)).isFalse();
  }

  @Test
  void anAccountAddsUpSharesAndHasARegionForPixelsThatTouch() {
    Account account = new Account(2 * 3);
    account.add(charge(0.75, 0.25, new int[] {0, 3}, new float[] {0.5f, 0.25f}));
    account.add(charge(1, 0.5, new int[] {5}, new float[] {1}));
    Culprit culprit = account.culprit(7, "seven", 2, 3);
    assertThat(culprit.exemplar()).isEqualTo(7);
    assertThat(culprit.id()).isEqualTo("seven");
    assertThat(culprit.pixels()).isEqualTo(1.75);
    assertThat(culprit.doubtful()).isEqualTo(0.75);
    assertThat(culprit.regions()).extracting(Region::pixels).containsExactly(1.0, 0.75);
    assertThat(culprit.regions())
        .extracting(region -> region.mask().pixels().stream().boxed().toList())
        .containsExactly(List.of(5), List.of(0, 3));
  }

  private static Judgement.Charge charge(
      double pixels, double doubtful, int[] sources, float[] shares) {
    return new Judgement.Charge(7, pixels, doubtful, 0, sources, shares, shares);
  }
}
