package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ParametersTest {
  @BeforeAll
  static void start() {
    OnPytorch.start();
  }

  /** Kingma and Ba 2015, algorithm 1, by hand on the gradient of a x a. */
  @Test
  void aStepIsAdams() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1, true)) {
      NDArray a = parameters.vector("a", 1, 0.7);
      double value = 0.7;
      double m = 0;
      double v = 0;
      for (int t = 1; t <= 20; t++) {
        try (NDManager own = manager.newSubManager();
            GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
          gradients.backward(own.create(1f).mul(a).square().sum());
        }
        parameters.step(0.05, 0.5);
        double g = 2 * value;
        m = 0.5 * m + 0.5 * g;
        v = 0.999 * v + 0.001 * g * g;
        value -=
            0.05 * m / (1 - Math.pow(0.5, t)) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
        assertThat((double) a.toFloatArray()[0])
            .isCloseTo(value, org.assertj.core.data.Offset.offset(1e-5));
      }
    }
  }

  @Test
  void frozenWeightsHaveNoGradient() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1, true)) {
      NDArray a = parameters.vector("a", 1, 0.5);
      parameters.learn(false);
      assertThat(a.hasGradient()).isFalse();
      parameters.learn(true);
      assertThat(a.hasGradient()).isTrue();
    }
  }

  @Test
  void heInitHasTheDeviationOfItsFanIn() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1, true)) {
      float[] w = parameters.kernel("w", new Shape(64, 32, 3, 3)).toFloatArray();
      double squares = 0;
      for (float number : w) {
        squares += (double) number * number;
      }
      assertThat(Math.sqrt(squares / w.length))
          .isCloseTo(Math.sqrt(2.0 / (32 * 9)), org.assertj.core.data.Percentage.withPercentage(3));
    }
  }
}
