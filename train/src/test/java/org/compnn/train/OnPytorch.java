package org.compnn.train;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Starts PyTorch for a test, or skips the test where its native libraries are not there. */
final class OnPytorch {
  private OnPytorch() {}

  static void start() {
    assumeTrue(
        Pytorch.present(),
        "PyTorch's native libraries are not on the class path; run with -Pnatives");
    Pytorch.start(1);
  }
}
