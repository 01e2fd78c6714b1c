package org.compnn.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Numbered pieces of work, done a few at once ahead of the one thread that takes what comes of them
 * in their order. Each piece may itself use {@link Workers}.
 */
public final class Ahead {
  private Ahead() {}

  /**
   * Does pieces 0 to count - 1 and takes what they give, in this order, on the calling thread.
   *
   * <p>When a piece fails, those before it are taken, none is begun any more, and the failure is
   * thrown when those under way have ended. So it is when taking fails.
   *
   * @param atOnce pieces under way at a time, 1 or more; so many more wait to be taken at the most.
   *     With 1 all is done by the calling thread
   * @param work never gives null
   * @throws IllegalArgumentException if {@code atOnce} is less than 1
   */
  public static <T> void run(
      int count, int atOnce, IntFunction<? extends T> work, Consumer<? super T> take) {
    if (atOnce < 1) {
      throw new IllegalArgumentException("pieces at once are 1 or more, not " + atOnce);
    }
    if (Math.min(count, atOnce) < 2) {
      for (int number = 0; number < count; number++) {
        take.accept(work.apply(number));
      }
      return;
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(count, atOnce), Thread.ofPlatform().daemon().name("ahead-", 0).factory());
    Deque<Future<T>> ahead = new ArrayDeque<>();
    try {
      for (int next = 0; next < count || !ahead.isEmpty(); ) {
        while (next < count && ahead.size() < atOnce) {
          int number = next++;
          ahead.add(pool.submit(() -> work.apply(number)));
        }
        T taken = result(ahead.remove());
        if (next < count) {
          int number = next++;
          ahead.add(pool.submit(() -> work.apply(number)));
        }
        take.accept(taken);
      }
    } finally {
      ahead.forEach(future -> future.cancel(false));
      pool.close();
    }
  }

  /**
   * Waits for a result, however often the thread is interrupted meanwhile; it is so again
   * afterwards.
   *
   * @throws RuntimeException what ended the work, if it did not end well
   */
  public static <T> T result(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
