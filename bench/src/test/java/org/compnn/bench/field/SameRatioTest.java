package org.compnn.bench.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.compnn.bench.field.SameRatio.Point;
import org.junit.jupiter.api.Test;

final class SameRatioTest {
  private static final List<Point> CURVE =
      List.of(new Point(1.08, 1), new Point(1.04, 4), new Point(1.01, 16));

  @Test
  void betweenTwoSettingsSecondsAreInterpolatedByTheirLogarithm() {
    assertThat(SameRatio.seconds(CURVE, 1.06).orElseThrow()).isCloseTo(2, within(1e-9));
    assertThat(SameRatio.seconds(CURVE, 1.04).orElseThrow()).isEqualTo(4);
  }

  @Test
  void aPeerThatIsAlwaysBetterCountsWithItsFastestSetting() {
    assertThat(SameRatio.seconds(CURVE, 1.2)).contains(1.0);
  }

  @Test
  void aPeerThatIsNeverAsGoodDoesNotCount() {
    assertThat(SameRatio.seconds(CURVE, 1.005)).isEmpty();
  }

  @Test
  void aSlowerSettingThatIsWorseIsLeftOut() {
    List<Point> odd = List.of(new Point(1.08, 9), new Point(1.04, 4));
    assertThat(SameRatio.seconds(odd, 1.06)).contains(4.0);
  }

  @Test
  void theFastestPeerAtOurRatioIsTheBest() {
    Score ours = new Score(1.06, 0.5, 0.9);
    List<Result> results =
        List.of(
            result("own", true, 0.5, ours),
            result("slow", false, 8, new Score(1.05, 0.5, 0.9)),
            result("fast", false, 3, new Score(1.05, 0.5, 0.9)),
            result("hasty", false, 1, new Score(1.07, 0.5, 0.9)));
    SameRatio same = SameRatio.of(results).getFirst();
    assertThat(same.peer()).isEqualTo("fast");
    assertThat(same.factor()).isCloseTo(6, within(1e-9));
  }

  @Test
  void aGenericBuildIsNotTheBestPeerBesideOneAtItsFullStrength() {
    Score ours = new Score(1.06, 0.5, 0.9);
    Score theirs = new Score(1.05, 0.5, 0.9);
    List<Result> results =
        List.of(
            result("own", true, 0.5, ours),
            result("generic", true, false, 2, theirs),
            result("compiled for here", false, 3, theirs));
    assertThat(SameRatio.of(results).getFirst().peer()).isEqualTo("compiled for here");
    assertThat(SameRatio.of(results.subList(0, 2)).getFirst().peer())
        .isEqualTo("generic (generic build)");
  }

  private static Result result(String name, boolean own, double seconds, Score score) {
    return result(name, false, own, seconds, score);
  }

  private static Result result(
      String name, boolean generic, boolean own, double seconds, Score score) {
    return new Result(
        name,
        own,
        "",
        generic,
        -1,
        0,
        "",
        List.of(new Result.Setting("1", 2, seconds, 10, -1, score)));
  }
}
