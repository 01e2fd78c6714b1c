package org.compnn.network.graph;

import java.util.Set;

/** The operators that stand for a network's nonlinearity. */
public final class Nonlinearities {
  private static final Set<String> ALL =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "Celu",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Swish",
          "Tanh",
          "Gelu",
          "Mish",
          "Softplus",
          "Softsign",
          "ThresholdedRelu",
          "Clip");

  private Nonlinearities() {}

  public static boolean contains(String operator) {
    return ALL.contains(operator);
  }
}
