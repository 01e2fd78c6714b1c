package org.compnn.search.lists;

import java.util.Arrays;

/**
 * The entries with the greatest scores so far, for each of many searches. What remains of equal
 * scores are those that came first. Different searches may be served by different threads at once.
 */
public final class BestEntries {
  private final int slots;
  private final float[] score;
  private final int[] entry;

  public BestEntries(int searches, int slots) {
    this.slots = slots;
    this.score = new float[Math.multiplyExact(searches, slots)];
    this.entry = new int[score.length];
    Arrays.fill(score, Float.NEGATIVE_INFINITY);
    Arrays.fill(entry, -1);
  }

  /** Forgets all entries. */
  void clear() {
    Arrays.fill(score, Float.NEGATIVE_INFINITY);
    Arrays.fill(entry, -1);
  }

  public int slots() {
    return slots;
  }

  /** Only a greater score changes anything. */
  public float least(int search) {
    return score[search * slots + slots - 1];
  }

  /** The k-th best entry, -1 if there are not so many. */
  public int entry(int search, int k) {
    return entry[search * slots + k];
  }

  public float score(int search, int k) {
    return score[search * slots + k];
  }

  public void offer(int search, float value, int of) {
    int from = search * slots;
    int at = from + slots - 1;
    while (at > from && value > score[at - 1]) {
      score[at] = score[at - 1];
      entry[at] = entry[at - 1];
      at--;
    }
    score[at] = value;
    entry[at] = of;
  }
}
