package org.compnn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NearestTest {
  @Test
  void nearNamesComeFirst() {
    List<String> names = List.of("zebra", "style=timber", "style=brick", "brick");
    assertThat(Nearest.of("style=brik", names, 2)).containsExactly("style=brick", "style=timber");
    assertThat(Nearest.of("BRICK", names, 1)).containsExactly("brick");
  }

  @Test
  void aPartOfANameFindsIt() {
    assertThat(Nearest.of("enc.6", List.of("encode", "net.enc.6.1.Conv", "dec.6"), 1))
        .containsExactly("net.enc.6.1.Conv");
  }

  @Test
  void swappedLettersAreOneEdit() {
    assertThat(Nearest.edits("explian", "explain")).isEqualTo(1);
    assertThat(Nearest.edits("", "abc")).isEqualTo(3);
    assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.edits("same", "same")).isZero();
  }

  @Test
  void whatIsFarAwayWasNotMeant() {
    List<String> names = List.of("explain", "evaluate", "layers");
    assertThat(Nearest.likely("explian", names)).containsExactly("explain");
    assertThat(Nearest.likely("xyz", names)).isEmpty();
  }

  @Test
  void aLineNamesADozenAndHowManyMoreThereAre() {
    List<String> names = IntStream.range(0, 15).mapToObj("picture-%02d"::formatted).toList();
    assertThat(Nearest.line("picture-1x", names, "none"))
        .startsWith("the closest are 'picture-1")
        .endsWith("' and 3 more");
    assertThat(Nearest.line("b", List.of("a", "a"), "none")).isEqualTo("the closest are 'a'");
    assertThat(Nearest.line("b", List.of(), "none is there")).isEqualTo("none is there");
  }
}
