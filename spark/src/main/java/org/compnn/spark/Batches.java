package org.compnn.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Questions of several threads, worked on together: while some jobs are under way, what is asked
 * meanwhile waits and makes the next. Nobody waits for more to come. Safe for many threads.
 */
final class Batches<Q, A> {
  private record Waiting<Q, A>(Q question, CompletableFuture<A> answer) {}

  private final int atOnce;
  private final long most;
  private final ToLongFunction<Q> size;
  private final Function<List<Q>, List<A>> job;
  private final Deque<Waiting<Q, A>> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * @param atOnce jobs under way at a time, 1 or more
   * @param most what the questions of a job may come to, but for a job of one
   * @param size what a question comes to
   * @param job gives an answer for each question, in their order
   */
  Batches(int atOnce, long most, ToLongFunction<Q> size, Function<List<Q>, List<A>> job) {
    this.atOnce = atOnce;
    this.most = most;
    this.size = size;
    this.job = job;
  }

  /**
   * Waits for an answer.
   *
   * @throws CancellationException if the thread is interrupted
   */
  A ask(Q question) {
    Waiting<Q, A> mine = new Waiting<>(question, new CompletableFuture<>());
    List<Waiting<Q, A>> batch = begin(mine);
    while (!batch.isEmpty()) {
      work(batch);
      batch = next(mine);
    }
    try {
      return mine.answer().join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  private synchronized List<Waiting<Q, A>> begin(Waiting<Q, A> mine) {
    waiting.add(mine);
    return next(mine);
  }

  /** A batch to work on; none once the answer is there. */
  private synchronized List<Waiting<Q, A>> next(Waiting<Q, A> mine) {
    while (!mine.answer().isDone()) {
      if (underWay < atOnce && !waiting.isEmpty()) {
        underWay++;
        return taken();
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        waiting.remove(mine);
        throw new CancellationException("the search was interrupted");
      }
    }
    return List.of();
  }

  /** How many questions are in no job yet. */
  synchronized int left() {
    return waiting.size();
  }

  private List<Waiting<Q, A>> taken() {
    List<Waiting<Q, A>> batch = new ArrayList<>();
    long sum = 0;
    while (!waiting.isEmpty()) {
      sum += size.applyAsLong(waiting.getFirst().question());
      if (!batch.isEmpty() && sum > most) {
        break;
      }
      batch.add(waiting.removeFirst());
    }
    return batch;
  }

  private void work(List<Waiting<Q, A>> batch) {
    try {
      List<A> answers = job.apply(batch.stream().map(Waiting::question).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(one -> one.answer().completeExceptionally(e));
    } finally {
      synchronized (this) {
        underWay--;
        notifyAll();
      }
    }
  }
}
