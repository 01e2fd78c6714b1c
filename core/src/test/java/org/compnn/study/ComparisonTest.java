package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;

import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.study.Comparison.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTest {
  private static final Options EXACT = Options.defaults().layer("bottleneck").exact();

  @TempDir private Path folder;

  @Test
  void whatChangesIsTheShareOfTheFirstOutputAndTheMostUsedAreKnownWithoutTheDatabase() {
    Query query = Query.of("query", picture(all(red(200), at(0, green(200)), at(1, green(200)))));
    List<Variant> variants;
    try (CompNN compnn =
        Colours.labelled(
            folder,
            pair("red", picture(red(190)), labels(RED)),
            pair("green", picture(green(190)), labels(GREEN)))) {
      Explanation all = compnn.explain(query, EXACT);
      Explanation red = compnn.explain(query, EXACT.only("red"));
      variants = List.of(Variant.of("all", all), Variant.of("only red", red));
    }
    Comparison comparison = new Comparison("query", variants);
    assertThat(comparison.changed(variants.getFirst())).isZero();
    assertThat(comparison.changed(variants.getLast())).isEqualTo(2 / 16.0);
    assertThat(variants.getFirst().mostUsed()).containsExactly("red", "green");
    assertThat(variants.getLast().mostUsed()).containsExactly("red");
  }

  @Test
  void threeAtMostAreCalledTheMostUsed() {
    try (CompNN compnn =
        Colours.labelled(
            folder,
            pair("a", picture(red(10)), labels(RED)),
            pair("b", picture(red(60)), labels(RED)),
            pair("c", picture(red(110)), labels(RED)),
            pair("d", picture(red(160)), labels(RED)))) {
      Explanation why =
          compnn.explain(
              Query.of(
                  "query",
                  picture(
                      all(
                          red(60),
                          at(0, red(10)),
                          at(1, red(110)),
                          at(2, red(110)),
                          at(3, red(160))))),
              EXACT);
      assertThat(Variant.of("all", why).mostUsed()).containsExactly("b", "c", "a");
    }
  }

  @Test
  void nothingIsNotCompared() {
    assertThatThrownBy(() -> new Comparison("query", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
