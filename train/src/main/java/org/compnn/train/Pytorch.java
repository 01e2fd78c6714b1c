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
   * Says so where it is not there, before anything is read.
   *
   * @throws UserError if the native libraries are not there
   */
  static void need() {
    if (!present()) {
      throw new UserError(
          "expected PyTorch, which trains, found none: it is not packaged; train from a clone"
              + " (bin/compnn train), or with PyTorch itself, and export");
    }
  }

  /**
   * Starts it.
   *
   * @param threads how many to compute with, 0 for all cores
   * @throws UserError if the native libraries are not there
   */
  static void start(int threads) {
    need();
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (threads > 0) {
      System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }
    Engine.getInstance();
  }
}
