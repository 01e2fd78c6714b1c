package org.compnn.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads, the calling one among them: the pool that all calculations share.
 *
 * <p>Several callers may use it at once, and a piece of work may itself have pieces done. Nobody
 * waits for work that no thread has begun: a caller does what is left of its pieces by itself. So
 * there is no deadlock, however many callers there are.
 *
 * <p>Its threads are daemons, begin with the first work and end when there has been none for a
 * while. Once closed it has none left: callers then do all of their work by themselves.
 */
public final class Workers implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final int threads;
  private final ThreadPoolExecutor others;

  private Workers(int threads) {
    this.threads = threads;
    int most = Math.max(1, threads - 1);
    this.others =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("compnn-", 1).daemon().factory(),
            // What a closed pool refuses stays with the caller.
            new ThreadPoolExecutor.DiscardPolicy());
    others.allowCoreThreadTimeOut(true);
  }

  /**
   * A pool of its own.
   *
   * @param threads the calling one among them, 1 or more
   * @throws IllegalArgumentException if there are fewer
   */
  public static Workers of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads are 1 or more, not " + threads);
    }
    return new Workers(threads);
  }

  /** A pool of as many threads as the machine has processors for this JVM. */
  public static Workers ofMachine() {
    return of(Runtime.getRuntime().availableProcessors());
  }

  /** How many threads do the work of one caller at the most, the calling one among them. */
  public int threads() {
    return threads;
  }

  /**
   * One numbered piece of work, told which of its caller's threads does it: no two threads have the
   * same number, from 0 (the caller itself) to {@link #threads} - 1, at a time.
   */
  @FunctionalInterface
  public interface Piece {
    void run(int number, int thread);
  }

  /**
   * Does pieces 0 to count - 1, in any order, and returns when all are done.
   *
   * <p>When a piece fails, those not begun are left out; the failure is thrown when those under way
   * have ended. An interrupt of the calling thread is left to the pieces that it runs.
   */
  public void run(int count, Piece piece) {
    int helpers = Math.min(threads, count) - 1;
    Pieces pieces = new Pieces(count, piece, Math.max(0, helpers));
    List<Help> help = new ArrayList<>();
    for (int thread = 1; thread <= helpers; thread++) {
      help.add(new Help(pieces, thread));
    }
    try {
      help.forEach(others::execute);
      pieces.drain(0);
    } finally {
      pieces.leaveOutTheRest();
      for (Help each : help) {
        if (each.withdraw()) {
          others.remove(each);
        }
      }
      pieces.awaitHelp();
    }
    pieces.throwFailure();
  }

  /**
   * What a function gives for 0 to count - 1, in this order, calculated in any.
   *
   * @param function called once for each, from several threads at once; never gives null
   */
  public <T> List<T> map(int count, IntFunction<? extends T> function) {
    @SuppressWarnings("unchecked") // Nobody else sees the array.
    T[] results = (T[]) new Object[count];
    run(count, (number, _) -> results[number] = function.apply(number));
    return List.of(results);
  }

  @Override
  public void close() {
    others.shutdown();
  }

  /** The pieces of one caller. */
  private static final class Pieces {
    private final int count;
    private final Piece piece;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch helping;

    Pieces(int count, Piece piece, int helpers) {
      this.count = count;
      this.piece = piece;
      this.helping = new CountDownLatch(helpers);
    }

    void drain(int thread) {
      try {
        for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
          piece.run(number, thread);
        }
      } catch (Throwable e) {
        leaveOutTheRest();
        if (!failure.compareAndSet(null, e)) {
          Throwable first = failure.get();
          if (first != null && !first.equals(e)) {
            first.addSuppressed(e);
          }
        }
      }
    }

    void leaveOutTheRest() {
      next.set(count);
    }

    /** Waits through interrupts, which it leaves set: pieces under way use what the caller owns. */
    void awaitHelp() {
      boolean interrupted = false;
      while (true) {
        try {
          helping.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void throwFailure() {
      switch (failure.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }

  /**
   * One thread's part in the pieces of a caller: begun by that thread or taken back by the caller.
   */
  private static final class Help implements Runnable {
    private final Pieces pieces;
    private final int thread;
    private final AtomicBoolean taken = new AtomicBoolean();

    Help(Pieces pieces, int thread) {
      this.pieces = pieces;
      this.thread = thread;
    }

    @Override
    public void run() {
      if (taken.compareAndSet(false, true)) {
        try {
          pieces.drain(thread);
        } finally {
          pieces.helping.countDown();
        }
      }
    }

    /** Takes it back; false if it has begun. */
    boolean withdraw() {
      boolean withdrawn = taken.compareAndSet(false, true);
      if (withdrawn) {
        pieces.helping.countDown();
      }
      return withdrawn;
    }
  }
}
