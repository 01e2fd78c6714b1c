package org.compnn.train;

import java.io.Console;

/** When it is time to say how far an epoch has come: every ten seconds, in a log every minute. */
final class Pace {
  private final long everyNanos;
  private final long begun = System.nanoTime();
  private long spoken = begun;

  @SuppressWarnings(
      "SystemConsoleNull") // Its nullness is still declared, and NullAway believes it.
  Pace() {
    Console console = System.console();
    everyNanos = (console != null && console.isTerminal() ? 10 : 60) * 1_000_000_000L;
  }

  /** Whether it is time; asked once, it is not for a while. */
  boolean due() {
    long now = System.nanoTime();
    if (now - spoken < everyNanos) {
      return false;
    }
    spoken = now;
    return true;
  }

  /** Seconds since the epoch began. */
  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
