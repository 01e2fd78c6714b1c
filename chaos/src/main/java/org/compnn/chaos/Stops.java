package org.compnn.chaos;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices when this process stood still, as it does while the machine sleeps or somebody stops the
 * campaign for a while. What ran out of time meanwhile says nothing and is tried again.
 */
final class Stops {
  private static final long LOOK_MILLISECONDS = 500;

  /** Half of the shortest time within which the server wants to hear something. */
  private static final long STILL_NANOSECONDS = 15_000_000_000L;

  private static final AtomicLong COUNT = new AtomicLong();

  static {
    Thread.ofPlatform().daemon().name("stops").start(Stops::watch);
  }

  private Stops() {}

  private static void watch() {
    long before = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(LOOK_MILLISECONDS);
        long now = System.nanoTime();
        if (now - before > STILL_NANOSECONDS) {
          COUNT.incrementAndGet();
        }
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How often so far. */
  static long count() {
    return COUNT.get();
  }

  /** Whether it stood still since, or may have: this thread may go on before another notices. */
  static boolean since(long count) throws InterruptedException {
    Thread.sleep(2 * LOOK_MILLISECONDS);
    return count() > count;
  }
}
