package org.compnn.chaos;

import java.time.Duration;

/**
 * When a process is taken to hang: it has had a processor for the whole of its time and is not
 * done, or it had next to none of it and wants none. One that waits for its turn on a machine that
 * does other work is waited for.
 */
final class Patience {
  /** What a JVM takes of a processor in some minutes with nothing to do. */
  private static final Duration IDLE = Duration.ofMillis(500);

  private final Process process;
  private final Duration limit;
  private final Duration begun;
  private Duration last;
  private long stops = Stops.count();

  /**
   * @param seconds what the process may take
   */
  Patience(Process process, int seconds) {
    this.process = process;
    this.limit = Duration.ofSeconds(seconds);
    this.begun = taken();
    this.last = begun;
  }

  /** Whether to give up, after waiting in vain for as many seconds as there are once more. */
  boolean isOver() throws InterruptedException {
    Duration now = taken();
    boolean done = now.minus(begun).compareTo(limit) >= 0;
    boolean idle = now.minus(last).compareTo(IDLE) < 0;
    last = now;
    boolean stood = Stops.since(stops);
    stops = Stops.count();
    return !stood && (done || idle);
  }

  private Duration taken() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
