package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  @Test
  void everyEpochIsALine() {
    History history = new History(List.of()).plus(Map.of("l1", 0.5)).plus(Map.of("l1", 0.25));
    assertThat(history.csv()).isEqualTo("epoch,l1\n1,0.500000\n2,0.250000\n");
  }

  @Test
  void theCurveGoesFromItsHighestToItsLowestPoint() {
    History history =
        new History(List.of())
            .plus(Map.of("l1", 4.0))
            .plus(Map.of("l1", 3.0))
            .plus(Map.of("l1", 2.0));
    assertThat(history.svg())
        .contains("points=\"170.0,20.0 435.0,65.0 700.0,110.0\"", ">l1</text>", "last 2.000")
        .startsWith("<svg")
        .endsWith("</svg>\n");
  }
}
