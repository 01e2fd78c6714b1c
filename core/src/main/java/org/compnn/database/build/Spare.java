package org.compnn.database.build;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Large arrays that were used and may be used again: fresh ones would have to be cleared, and lie
 * in no cache. Safe for many threads.
 */
final class Spare<A> implements IntFunction<A> {
  /** Of each length; more than are under way would only take memory. */
  private static final int KEPT = 8;

  private final Map<Integer, Deque<A>> spare = new HashMap<>();
  private final IntFunction<A> fresh;

  Spare(IntFunction<A> fresh) {
    this.fresh = fresh;
  }

  /** An array of that length, whatever is in it. */
  @Override
  public A apply(int length) {
    synchronized (this) {
      Deque<A> some = spare.get(length);
      if (some != null && !some.isEmpty()) {
        return some.pop();
      }
    }
    return fresh.apply(length);
  }

  /** Takes back an array that nobody uses any more. */
  synchronized void giveBack(A array, int length) {
    Deque<A> some = spare.computeIfAbsent(length, _ -> new ArrayDeque<>());
    if (some.size() < KEPT) {
      some.push(array);
    }
  }
}
