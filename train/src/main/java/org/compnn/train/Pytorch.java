package org.compnn.train;

import ai.djl.engine.Engine;
import org.compnn.problem.UserError;

/** Starts PyTorch, and sees to it that nothing is fetched while the program runs. */
final class Pytorch {
  private Pytorch() {}

  /** Whether PyTorch's native libraries are on the class path. */
  static boolean present() {
    return Pytorch.class.getResource("/native/lib/pytorch.properties") != null;
  }

  /**
   * Starts it.
   *
   * @param threads how many to compute with, 0 for all cores
   * @throws UserError if the native libraries are not there
   */
  static void start(int threads) {
    if (!present()) {
      throw new UserError(
          "expected PyTorch's native libraries on the class path, found none; run bin/compnn train,"
              + " or build with -Pnatives");
    }
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
    Engine.getInstance();
  }
}
