package org.compnn.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RanksTest {
  private static final double EXACT = 1e-12;

  @Test
  void theOrderOfTheGainsHasAnNdcgOfOne() {
    assertThat(Ranks.ndcg(new double[] {3, 0, 1}, new double[] {9, 1, 5})).isEqualTo(1);
  }

  @Test
  void theNdcgOfAnOrderUpsideDownIsWhatTheDiscountsSay() {
    // 1 at the third place over 1 at the first: 1 / log2(4).
    assertThat(Ranks.ndcg(new double[] {1, 0, 0}, new double[] {1, 2, 3}))
        .isCloseTo(0.5, within(EXACT));
  }

  @Test
  void lossesThatFellAreNoGain() {
    assertThat(Ranks.ndcg(new double[] {2, -5}, new double[] {1, 0})).isEqualTo(1);
    assertThat(Ranks.ndcg(new double[] {-1, -5}, new double[] {1, 0})).isNaN();
  }

  @Test
  void equalScoresCountAsShuffled() {
    double both = (1 + 1 / (Math.log(3) / Math.log(2))) / 2;
    assertThat(Ranks.ndcg(new double[] {1, 0}, new double[] {4, 4})).isCloseTo(both, within(EXACT));
    assertThat(Ranks.reciprocalRank(new double[] {1, 0, 0}, new double[] {4, 4, 4})).isEqualTo(0.5);
    assertThat(Ranks.topOne(new double[] {1, 0}, new double[] {4, 4})).isEqualTo(0.5);
  }

  @Test
  void theReciprocalRankIsThatOfTheGreatestGain() {
    assertThat(Ranks.reciprocalRank(new double[] {0, 7, 1, 2}, new double[] {9, 5, 8, 1}))
        .isCloseTo(1 / 3.0, within(EXACT));
    assertThat(Ranks.topOne(new double[] {0, 7}, new double[] {9, 5})).isZero();
    assertThat(Ranks.topOne(new double[] {0, 7}, new double[] {5, 9})).isEqualTo(1);
  }

  @Test
  void averagePrecisionIsTheMeanPrecisionDownToEachRelevantItem() {
    // Relevant at ranks 1 and 3: (1/1 + 2/3) / 2.
    assertThat(
            Ranks.averagePrecision(
                new double[] {4, 3, 2, 1}, new boolean[] {true, false, true, false}))
        .isCloseTo(5 / 6.0, within(EXACT));
    assertThat(
            Ranks.averagePrecision(
                new double[] {1, 1, 1, 1}, new boolean[] {true, false, false, false}))
        .isEqualTo(0.25);
    assertThat(Ranks.averagePrecision(new double[] {1}, new boolean[] {false})).isNaN();
  }

  @Test
  void spearmanKnowsOrdersAndTies() {
    assertThat(Ranks.spearman(new double[] {1, 2, 9}, new double[] {10, 20, 21}))
        .isCloseTo(1, within(EXACT));
    assertThat(Ranks.spearman(new double[] {1, 2, 9}, new double[] {3, 2, 1}))
        .isCloseTo(-1, within(EXACT));
    // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 over the root of 4.5 times 5.
    assertThat(Ranks.spearman(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
        .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(EXACT));
    assertThat(Ranks.spearman(new double[] {1, 1}, new double[] {1, 2})).isNaN();
  }

  @Test
  void theFirstOnesAreTheGreatest() {
    assertThat(Ranks.first(new double[] {1, 7, 7, 3}, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void anIntervalHoldsItsMeanAndLeavesOutWhatIsNoNumber() {
    Interval interval = Interval.of(List.of(0.0, 1.0, Double.NaN, 0.0, 1.0));
    assertThat(interval.mean()).isEqualTo(0.5);
    assertThat(interval.count()).isEqualTo(4);
    assertThat(interval.low()).isLessThan(0.5);
    assertThat(interval.high()).isGreaterThan(0.5);
    assertThat(Interval.of(List.of(2.0, 2.0))).isEqualTo(new Interval(2, 2, 2, 2));
    assertThat(Interval.of(List.of(Double.NaN)).count()).isZero();
  }
}
