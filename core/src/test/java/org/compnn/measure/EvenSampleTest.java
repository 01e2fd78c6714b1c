package org.compnn.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvenSampleTest {
  @Test
  void aSampleIsSpreadOverAllFromTheFirstOn() {
    assertThat(EvenSample.of(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 4)).containsExactly(0, 2, 5, 7);
    assertThat(EvenSample.of(IntStream.range(0, 10).toArray(), 4)).containsExactly(0, 2, 5, 7);
  }

  @Test
  void noMoreAreTakenThanThereAre() {
    assertThat(EvenSample.of(List.of("a", "b"), 3)).containsExactly("a", "b");
    assertThat(EvenSample.of(new int[] {7, 8}, 3)).containsExactly(7, 8);
    assertThat(EvenSample.of(List.of(), 3)).isEmpty();
    assertThat(EvenSample.of(List.of("a"), 0)).isEmpty();
  }

  @Test
  void placesOfVeryManyDoNotOverflow() {
    assertThat(EvenSample.place(999_999, 1_000_000, Integer.MAX_VALUE)).isEqualTo(2_147_481_499);
  }
}
