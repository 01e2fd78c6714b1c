package org.compnn.network.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.compnn.threads.NativeCalls;

/**
 * Ends a run of ONNX Runtime that takes too long, or that the process's end waits for. The run ends
 * between two of its operators, those within loops included; a single operator is not interrupted.
 */
final class Watch implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final OrtSession.RunOptions run;
  private final ScheduledFuture<?> alarm;
  private final NativeCalls.Call call;
  private boolean over;
  private boolean expired;

  private Watch(OrtSession.RunOptions run, Running how) {
    this.run = run;
    this.call = NativeCalls.begin(this::terminate);
    this.alarm = CLOCK.schedule(this::end, how.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Watches a run until closed. */
  static Watch over(OrtSession.RunOptions run, Running how) {
    return new Watch(run, how);
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("network-timeout").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  private synchronized void end() {
    expired = !over;
    terminate();
  }

  private synchronized void terminate() {
    // The options may be closed or used again once the run is over.
    if (!over) {
      try {
        run.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Whether the run was ended. */
  synchronized boolean expired() {
    return expired;
  }

  @Override
  public void close() {
    synchronized (this) {
      over = true;
    }
    alarm.cancel(false);
    call.close();
  }
}
