package org.compnn.search.exact;

import java.util.Arrays;

/**
 * For each query cell the matches with the greatest scores so far; of equal scores the smaller
 * exemplar, then cell. What remains does not depend on the order in which matches are offered.
 *
 * <p>Different cells may be used by different threads at once.
 */
public final class Candidates {
  private final int slots;
  private final float[] score;
  private final int[] exemplar;
  private final int[] cell;
  private final float[] threshold;

  public Candidates(int queryCells, int slots) {
    this.slots = slots;
    int n = Math.multiplyExact(queryCells, slots);
    this.score = new float[n];
    this.exemplar = new int[n];
    this.cell = new int[n];
    this.threshold = new float[queryCells];
    Arrays.fill(score, Float.NEGATIVE_INFINITY);
    Arrays.fill(exemplar, -1);
    Arrays.fill(threshold, Float.NEGATIVE_INFINITY);
  }

  int slots() {
    return slots;
  }

  /** All entries, {@link #slots} a query cell; -1 where there is none. */
  int[] exemplar() {
    return exemplar;
  }

  int[] cell() {
    return cell;
  }

  float[] score() {
    return score;
  }

  /** Only a greater score can change anything for that query cell. */
  float threshold(int query) {
    return threshold[query];
  }

  /** From now on matches of exemplars from {@code first} on are offered. */
  void expect(int query, int first) {
    int worst = query * slots + slots - 1;
    // A match of equal score displaces the worst one only if it stands before it.
    threshold[query] = exemplar[worst] >= first ? Math.nextDown(score[worst]) : score[worst];
  }

  public void offer(int query, float value, int ofExemplar, int ofCell, int first) {
    int from = query * slots;
    int at = from + slots - 1;
    if (!before(value, ofExemplar, ofCell, at)) {
      return;
    }
    while (at > from && before(value, ofExemplar, ofCell, at - 1)) {
      score[at] = score[at - 1];
      exemplar[at] = exemplar[at - 1];
      cell[at] = cell[at - 1];
      at--;
    }
    score[at] = value;
    exemplar[at] = ofExemplar;
    cell[at] = ofCell;
    expect(query, first);
  }

  private boolean before(float value, int ofExemplar, int ofCell, int at) {
    if (value != score[at]) {
      return value > score[at];
    }
    return ofExemplar != exemplar[at] ? ofExemplar < exemplar[at] : ofCell < cell[at];
  }
}
