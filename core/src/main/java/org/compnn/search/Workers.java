package org.compnn.search;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of threads, the calling one among them. */
final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService others;

  Workers(int threads) {
    this.threads = threads;
    this.others =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1), Thread.ofPlatform().name("search-", 1).daemon().factory());
  }

  /** One numbered piece of work, told which of the threads (from 0) does it. */
  @FunctionalInterface
  interface Piece {
    void run(int number, int thread);
  }

  /** Does pieces 0 to count - 1, in any order, and returns when all are done. */
  void run(int count, Piece piece) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 1; thread < Math.min(threads, count); thread++) {
      int number = thread;
      running.add(others.submit(() -> drain(next, count, piece, number)));
    }
    try {
      drain(next, count, piece, 0);
    } finally {
      next.set(count);
      join(running);
    }
  }

  private static void drain(AtomicInteger next, int count, Piece piece, int thread) {
    try {
      for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
        piece.run(number, thread);
      }
    } finally {
      // When one piece fails the others need not begin.
      next.set(count);
    }
  }

  private static void join(List<Future<?>> running) {
    boolean interrupted = false;
    RuntimeException failure = null;
    for (Future<?> future : running) {
      while (true) {
        try {
          future.get();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          failure =
              e.getCause() instanceof RuntimeException cause
                  ? cause
                  : new IllegalStateException(e.getCause());
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    others.shutdown();
  }
}
