package org.compnn.search.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.compnn.database.MemoryCells;
import org.compnn.database.Selection;
import org.compnn.network.FeatureMap;
import org.compnn.search.Distance;
import org.compnn.search.GlobalMatch;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GlobalSearchTest {
  @ParameterizedTest
  @EnumSource(Distance.class)
  void orderIsThatOfTheDistanceOfWholeLayers(Distance distance) {
    Random random = new Random(8);
    List<FeatureMap> maps = new ArrayList<>();
    for (int n = 0; n < 9; n++) {
      maps.add(MemoryCells.random(random, 4, 5, 3));
    }
    FeatureMap query = MemoryCells.random(random, 4, 5, 3);
    List<GlobalMatch> matches =
        GlobalSearch.nearest(
            MemoryCells.of(maps),
            query,
            distance,
            Selection.all(9).without(2, 3),
            4,
            Workers.of(2));
    List<Double> expected = new ArrayList<>();
    for (int n = 0; n < 9; n++) {
      if (n != 2 && n != 3) {
        expected.add(plain(query.cells(), maps.get(n).cells(), distance));
      }
    }
    expected.sort(null);
    assertThat(matches).hasSize(4);
    for (int i = 0; i < 4; i++) {
      GlobalMatch match = matches.get(i);
      assertThat(match.distance()).isCloseTo(expected.get(i), within(1e-9));
      assertThat(plain(query.cells(), maps.get(match.exemplar()).cells(), distance))
          .isCloseTo(match.distance(), within(1e-9));
    }
  }

  private static double plain(float[] one, float[] other, Distance distance) {
    double squares = 0;
    double dot = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow((double) one[i] - other[i], 2);
      dot += (double) one[i] * other[i];
      left += Math.pow(one[i], 2);
      right += Math.pow(other[i], 2);
    }
    return distance == Distance.L2 ? squares : 1 - dot / (Math.sqrt(left) * Math.sqrt(right));
  }

  @ParameterizedTest
  @EnumSource(Distance.class)
  void anExemplarIsItsOwnNearestAndEqualOnesComeInOrder(Distance distance) {
    Random random = new Random(9);
    FeatureMap own = MemoryCells.random(random, 3, 3, 4);
    MemoryCells store = MemoryCells.of(List.of(MemoryCells.random(random, 3, 3, 4), own, own));
    assertThat(GlobalSearch.nearest(store, own, distance, Selection.all(3), 2, Workers.of(2)))
        .containsExactly(new GlobalMatch(1, 0), new GlobalMatch(2, 0));
    assertThat(GlobalSearch.nearest(store, own, distance, Selection.all(3), 9, Workers.of(2)))
        .hasSize(3);
  }

  @Test
  void theMatchesAreTheSameForAnyNumberOfThreads() {
    Random random = new Random(10);
    List<FeatureMap> maps = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      // Few levels, so that equal distances abound.
      maps.add(MemoryCells.coarse(random, 2, 2, 1, 3));
    }
    MemoryCells store = MemoryCells.of(maps);
    FeatureMap query = MemoryCells.coarse(random, 2, 2, 1, 3);
    List<GlobalMatch> one = nearest(store, query, 1);
    assertThat(nearest(store, query, 2)).isEqualTo(one);
    assertThat(nearest(store, query, 7)).isEqualTo(one);
  }

  private static List<GlobalMatch> nearest(MemoryCells store, FeatureMap query, int threads) {
    try (Workers workers = Workers.of(threads)) {
      return GlobalSearch.nearest(store, query, Distance.L2, Selection.all(50), 20, workers);
    }
  }

  @Test
  void whatSinglePrecisionLeavesOutIsNoneOfTheNearest() {
    Random random = new Random(11);
    FeatureMap query = MemoryCells.random(random, 9, 40, 17);
    List<FeatureMap> maps = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      // Nearly as far as each other, so that rounding exchanges some.
      float[] cells = query.cells().clone();
      for (int i = 0; i < cells.length; i++) {
        cells[i] += random.nextBoolean() ? 1 : -1;
      }
      cells[n] += (n % 5) * 1e-4f;
      maps.add(new FeatureMap(9, 40, 17, cells));
    }
    List<GlobalMatch> all = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      all.add(new GlobalMatch(n, plain(query.cells(), maps.get(n).cells(), Distance.L2)));
    }
    all.sort(Comparator.comparingDouble(GlobalMatch::distance));
    MemoryCells store = MemoryCells.of(maps);
    for (int k : new int[] {1, 3, 12, 40}) {
      List<GlobalMatch> found =
          GlobalSearch.nearest(store, query, Distance.L2, Selection.all(40), k, Workers.of(3));
      assertThat(found).hasSize(k);
      for (int i = 0; i < k; i++) {
        assertThat(found.get(i).distance()).isCloseTo(all.get(i).distance(), within(1e-9));
      }
    }
  }

  @Test
  void aQueryOfAnotherGridIsRefused() {
    Random random = new Random(9);
    MemoryCells store = MemoryCells.of(List.of(MemoryCells.random(random, 3, 3, 4)));
    FeatureMap query = MemoryCells.random(random, 3, 4, 4);
    assertThatThrownBy(
            () ->
                GlobalSearch.nearest(store, query, Distance.L2, Selection.all(1), 1, Workers.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 x 4 x 4");
  }
}
