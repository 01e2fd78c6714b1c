package org.compnn.bench.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GrowthTest {
  private static Growth run(String name, int exemplars, double seconds) {
    return new Growth(
        name,
        exemplars,
        2,
        List.of(Optional.of(seconds), Optional.of(2 * seconds), Optional.empty()));
  }

  @Test
  void runsOfACaseAreComparedWhereOneHasEightTimesTheExemplars() {
    List<Growth.Eightfold> found =
        Growth.eightfold(
            List.of(
                run("a@1/8", 46, 0.1),
                run("a@1/2", 184, 0.12),
                run("a", 367, 0.15),
                run("b", 367, 9),
                run("a@4", 1468, 0.3)));
    assertThat(found).extracting(Growth.Eightfold::from).containsExactly(46, 184);
    assertThat(found).extracting(Growth.Eightfold::to).containsExactly(367, 1468);
    assertThat(found.getFirst().times().getFirst().orElseThrow()).isEqualTo(0.15 / 0.1);
    assertThat(found.getFirst().times().getLast()).isEmpty();
  }
}
