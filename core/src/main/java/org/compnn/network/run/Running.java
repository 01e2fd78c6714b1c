package org.compnn.network.run;

import java.time.Duration;

/**
 * How sessions run.
 *
 * @param threads threads that one run may use, 1 or more
 * @param timeout what one run may take; then it is ended
 */
public record Running(int threads, Duration timeout) {
  public Running {
    if (threads < 1) {
      throw new IllegalArgumentException("a network runs on 1 thread or more, not " + threads);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a run takes more than no time, not " + timeout);
    }
  }
}
