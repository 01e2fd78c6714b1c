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
    account.charge(0, 0.5, false);
    account.charge(3, 0.25, true);
    account.charge(5, 0.5, true);
    account.charge(5, 0.5, false);
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
}
