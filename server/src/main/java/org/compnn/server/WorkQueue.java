package org.compnn.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Does a few calculations at once and lets a bounded number wait. A client has one at a time: its
 * newer one ends the older. Calculations run on platform threads, since native code would hold up
 * the carriers of virtual ones, which serve everything else.
 */
final class WorkQueue implements AutoCloseable {
  private final ThreadPoolExecutor workers;
  private final Map<String, Work<?>> byClient = new ConcurrentHashMap<>();

  WorkQueue(int atOnce, int waiting) {
    workers =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().daemon().name("explain-", 0).factory());
  }

  /**
   * Waits for a calculation's end.
   *
   * @throws Refusal 503 if too many wait, 409 if it was cancelled, 422 if it cannot be done as
   *     asked
   */
  <T> T run(String client, Callable<T> calculation) {
    Work<T> work = new Work<>(calculation);
    cancel(byClient.put(client, work));
    try {
      workers.execute(work);
      return work.get();
    } catch (RejectedExecutionException e) {
      throw new Refusal(503, "the queue is full; try again soon");
    } catch (CancellationException e) {
      throw new Refusal(409, "cancelled, or replaced by a newer request of the same page");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel(work);
      throw new Refusal(503, "the server is shutting down");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw asked(cause == null ? e : cause);
    } finally {
      byClient.remove(client, work);
    }
  }

  /** Whether anybody waits for an answer. */
  boolean isBusy() {
    return !byClient.isEmpty();
  }

  /** Ends what a client waits for, if it waits for anything. */
  boolean cancel(String client) {
    return cancel(byClient.get(client));
  }

  /** How far a client's calculation is. */
  Optional<Work.State> state(String client) {
    return Optional.ofNullable(byClient.get(client)).map(Work::standing);
  }

  private boolean cancel(@Nullable Work<?> work) {
    if (work == null) {
      return false;
    }
    workers.remove(work);
    return work.cancel(true);
  }

  private static RuntimeException asked(Throwable cause) {
    return switch (cause) {
      case Refusal refusal -> refusal;
      case UserError error -> new Refusal(422, String.valueOf(error.getMessage()));
      case CancellationException _ -> new Refusal(409, "cancelled");
      default -> new IllegalStateException(cause);
    };
  }

  @Override
  public void close() {
    workers.shutdownNow();
    byClient.values().forEach(this::cancel);
    try {
      // Databases are closed next, and their mapped files must not be read after that.
      if (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a calculation did not end within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
