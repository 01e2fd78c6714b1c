package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PrincipalAxesTest {
  @Test
  void theFirstAxisIsTheOneInWhichPointsDifferMost() {
    float[] points = {-3, 0, 1, 3, 0, 1, 0, -1, 1, 0, 1, 1};
    PrincipalAxes axes = PrincipalAxes.of(points, 3, 8);
    assertThat(axes.axes()).as("nothing differs in the third direction").hasSize(2);
    assertThat(axes.axes().get(0)).containsExactly(new float[] {1, 0, 0}, within(1e-4f));
    assertThat(axes.axes().get(1)).containsExactly(new float[] {0, 1, 0}, within(1e-4f));
    assertThat(axes.project(points, 3)).containsExactly(new float[] {3, 0}, within(1e-4f));
  }

  @Test
  void pointsThatAreAllTheSameHaveNoAxes() {
    assertThat(PrincipalAxes.of(new float[] {1, 2, 1, 2}, 2, 2).axes()).isEmpty();
  }
}
