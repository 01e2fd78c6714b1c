package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartsTest {
  private static final Parts SET =
      Parts.of("set", List.of("x"), List.of("a", "b", "c", "d"), List.of(3, 1, 2, 4));

  private static BitSet chosen(int from, int to) {
    BitSet chosen = new BitSet();
    chosen.set(from, to);
    return chosen;
  }

  @Test
  void partsEndBetweenShardsWhereThereAreEnough() {
    assertThat(SET.cut(chosen(0, 10), 2))
        .containsExactly(
            new Part("set", List.of("x", "d"), 0, 0, 6),
            new Part("set", List.of("x", "a", "b", "c"), 6, 0, 4));
    // Shards that nobody chose are not opened.
    assertThat(SET.cut(chosen(4, 7), 2))
        .containsExactly(
            new Part("set", List.of("x", "a", "b", "d"), 4, 0, 2),
            new Part("set", List.of("x", "a", "b", "c"), 6, 0, 4));
  }

  @Test
  void partsLieWithinShardsWhereThereAreFew() {
    Parts one = Parts.of("db", List.of(), List.of(""), List.of(10));
    assertThat(one.cut(chosen(2, 9), 3))
        .containsExactly(
            new Part("db", List.of(), 0, 2, 5),
            new Part("db", List.of(), 0, 5, 7),
            new Part("db", List.of(), 0, 7, 9));
    assertThat(one.cut(chosen(2, 4), 8)).hasSize(2);
    assertThat(SET.cut(chosen(3, 7), 4))
        .containsExactly(
            new Part("set", List.of("x", "a", "c", "d"), 3, 0, 1),
            new Part("set", List.of("x", "a", "b", "d"), 4, 0, 1),
            new Part("set", List.of("x", "a", "b", "d"), 4, 1, 2),
            new Part("set", List.of("x", "a", "b", "c"), 6, 0, 1));
  }

  @Test
  void whereNothingIsChosenOnePartFindsNothing() {
    Part part = SET.cut(new BitSet(), 2).getFirst();
    assertThat(part).isEqualTo(new Part("set", List.of("x", "b", "c", "d"), 0, 0, 3));
    assertThat(part.selection(new BitSet(), 3).size()).isZero();
  }
}
