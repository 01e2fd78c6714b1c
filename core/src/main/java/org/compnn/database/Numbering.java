package org.compnn.database;

import java.util.Arrays;

/**
 * The numbers that exemplars have for good, by which lists know them. In one database they are the
 * indices. In a set a shard keeps its numbers while others are taken out or left out; indices run
 * without gaps over the shards that are there.
 *
 * @param first for each run of exemplars its first number, ascending
 * @param begin for each run the index of its first exemplar, and the number of all behind the last
 * @param end one more than the greatest number that was ever given
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
public record Numbering(int[] first, int[] begin, int end) {
  /** Of a database alone: numbers are indices. */
  public static Numbering of(int exemplars) {
    return new Numbering(new int[] {0}, new int[] {0, exemplars}, exemplars);
  }

  /** Whether every number that was given is an index, and that one. */
  public boolean isWhole() {
    return begin[begin.length - 1] == end;
  }

  /** The number of an exemplar. */
  public int number(int exemplar) {
    int run = Arrays.binarySearch(begin, 0, first.length, exemplar);
    int at = run >= 0 ? run : -run - 2;
    return first[at] + exemplar - begin[at];
  }

  /** The index of the exemplar of a number; -1 if it is not there. */
  public int exemplar(int number) {
    int run = Arrays.binarySearch(first, number);
    int at = run >= 0 ? run : -run - 2;
    if (at < 0 || number - first[at] >= begin[at + 1] - begin[at]) {
      return -1;
    }
    return begin[at] + number - first[at];
  }

  /** How many exemplars have numbers below that one. */
  public int below(int number) {
    int count = 0;
    for (int run = 0; run < first.length; run++) {
      count += Math.clamp(number - first[run], 0, begin[run + 1] - begin[run]);
    }
    return count;
  }
}
