package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.viewer.JudgementView.RegionView;
import org.compnn.viewer.JudgementView.SummaryView;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final int EACH = 20;

  private static SummaryView picture(int number, List<Double> place) {
    RegionView region =
        new RegionView(
            1,
            List.of(0, 0, 1, 1),
            1,
            Optional.empty(),
            Optional.empty(),
            "taught",
            Optional.empty(),
            place);
    return new SummaryView(
        number,
        "p" + number,
        List.of(),
        1,
        1,
        Optional.empty(),
        1,
        Optional.empty(),
        true,
        true,
        List.of(),
        false,
        1,
        1,
        Map.of(),
        List.of(),
        List.of(),
        place,
        List.of(region));
  }

  /** Three groups that only the third and the fourth axis tell from each other. */
  private static List<SummaryView> threeGroups() {
    Random random = new Random(3);
    return IntStream.range(0, 3 * EACH)
        .mapToObj(
            number ->
                picture(
                    number,
                    Stream.of(0, 0, number % 3 == 1 ? 30 : 0, number % 3 == 2 ? 30 : 0)
                        .map(middle -> middle + random.nextGaussian())
                        .toList()))
        .toList();
  }

  private static double apart(List<Number> one, List<Number> other) {
    return Math.hypot(
        one.get(2).doubleValue() - other.get(2).doubleValue(),
        one.get(3).doubleValue() - other.get(3).doubleValue());
  }

  @Test
  void whatIsAlikeLiesTogetherAndAlwaysInTheSamePlace() {
    Layout laid = Layout.of(threeGroups(), false);
    assertThat(laid.points()).hasSize(3 * EACH);
    for (List<Number> point : laid.points()) {
      List<Number> nearest =
          laid.points().stream()
              .filter(other -> !other.equals(point))
              .min((a, b) -> Double.compare(apart(point, a), apart(point, b)))
              .orElseThrow();
      assertThat(nearest.getFirst().intValue() % 3).isEqualTo(point.getFirst().intValue() % 3);
    }
    assertThat(Layout.of(threeGroups(), false)).isEqualTo(laid);
    assertThat(Layout.of(threeGroups(), true).points().getFirst().get(1)).isEqualTo(1);
  }

  @Test
  void aFewPicturesAreNotLaidOut() {
    assertThatThrownBy(() -> Layout.of(threeGroups().subList(0, 5), false))
        .hasMessage("expected 8 to 5,000 pictures to lay out by their neighbours, found 5");
  }
}
