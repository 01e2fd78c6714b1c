package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ProbabilitiesTest {
  private static final List<String> ABC = List.of("a", "b", "c");

  private static FeatureMap scores(float... of) {
    return new FeatureMap(1, 1, of.length, of);
  }

  @Test
  void rawScoresGoThroughASoftmax() {
    Output raw = new Output.ClassScores(ABC, OptionalInt.empty());
    FeatureMap scores = scores(1, 3, -40);
    double b = 1 / (1 + Math.exp(-2));
    assertThat(Probabilities.of(scores, raw, 0)[1]).isCloseTo(b, within(1e-9));
    assertThat(Probabilities.of(scores, raw, 0, 1)).isCloseTo(b, within(1e-7));
    assertThat(Probabilities.of(scores, raw, 0, 3)).isZero();
  }

  @Test
  void sharesAreTakenAsPartsOfTheirSum() {
    Output shares = new Output.ClassScores(ABC, OptionalInt.empty(), false, true);
    assertThat(Probabilities.of(scores(0.1f, 0.3f, 0), shares, 0, 1)).isCloseTo(0.75, within(1e-6));
    assertThat(Probabilities.of(scores(0, 0, 0), shares, 0, 2)).isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void aSingleScoreGoesThroughASigmoidUnlessItDidAlready() {
    Output raw = new Output.SigmoidScore(ABC.subList(0, 2), OptionalInt.empty(), 0);
    Output done = new Output.SigmoidScore(ABC.subList(0, 2), OptionalInt.empty(), 0.5);
    assertThat(Probabilities.of(scores(0), raw, 0, 1)).isEqualTo(0.5);
    assertThat(Probabilities.of(scores(0.25f), done, 0, 0)).isEqualTo(0.75);
    assertThat(Probabilities.has(new Output.Values(1, 1))).isFalse();
  }
}
