package org.compnn.threads;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Calls into native code that are under way, so that a process can end without taking the native
 * library from beneath them: that would crash it. Safe for many threads.
 */
public final class NativeCalls {
  private static final Object LOCK = new Object();
  private static final Set<Call> UNDER_WAY = new HashSet<>();
  private static boolean stopped;

  private NativeCalls() {}

  /** One call, or several that belong together; closing it ends it. */
  public static final class Call implements AutoCloseable {
    private final Runnable abort;

    private Call(Runnable abort) {
      this.abort = abort;
    }

    @Override
    public void close() {
      synchronized (LOCK) {
        UNDER_WAY.remove(this);
        LOCK.notifyAll();
      }
    }
  }

  /**
   * Begins a call that cannot be asked to end early.
   *
   * @throws CancellationException if the process is about to end
   */
  public static Call begin() {
    return begin(() -> {});
  }

  /**
   * Begins a call.
   *
   * @param abort asks the native code to end early; returns at once, and is not called once the
   *     call is closed
   * @throws CancellationException if the process is about to end
   */
  public static Call begin(Runnable abort) {
    synchronized (LOCK) {
      if (stopped) {
        throw new CancellationException("the process is ending");
      }
      Call call = new Call(abort);
      UNDER_WAY.add(call);
      return call;
    }
  }

  /** Whether no more calls begin. */
  public static boolean isStopped() {
    synchronized (LOCK) {
      return stopped;
    }
  }

  /**
   * Lets no more calls begin, asks those under way to end early and waits until they have.
   *
   * @param longest how long to wait
   * @return whether all have ended
   */
  public static boolean stop(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    synchronized (LOCK) {
      stopped = true;
      UNDER_WAY.forEach(call -> call.abort.run());
      while (!UNDER_WAY.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        LOCK.wait(left);
      }
      return true;
    }
  }
}
