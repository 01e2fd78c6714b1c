package org.compnn.search.field;

import java.util.Arrays;

/**
 * Which queries visit which lists, in the order of the lists; within a list in the order of the
 * queries.
 *
 * @param begin for each list its first visit, and their number behind the last
 * @param query the query of each visit
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record Visits(int[] begin, int[] query) {
  /**
   * @param lists of each query, -1 for none
   * @param from the first of a query's lists that counts, {@code to} behind the last
   * @param count how many lists there are
   */
  static Visits of(ProbeLists lists, int from, int to, int count) {
    int[] begin = new int[count + 1];
    for (int q = 0; q < lists.queries(); q++) {
      int end = Math.min(lists.begin()[q] + to, lists.begin()[q + 1]);
      for (int i = lists.begin()[q] + from; i < end; i++) {
        if (lists.list()[i] >= 0) {
          begin[lists.list()[i] + 1]++;
        }
      }
    }
    for (int list = 0; list < count; list++) {
      begin[list + 1] += begin[list];
    }
    int[] query = new int[begin[count]];
    int[] next = begin.clone();
    for (int q = 0; q < lists.queries(); q++) {
      int end = Math.min(lists.begin()[q] + to, lists.begin()[q + 1]);
      for (int i = lists.begin()[q] + from; i < end; i++) {
        if (lists.list()[i] >= 0) {
          query[next[lists.list()[i]]++] = q;
        }
      }
    }
    return new Visits(begin, query);
  }

  int size() {
    return query.length;
  }

  /** The lists that are visited. */
  int[] visited() {
    int[] visited = new int[begin.length];
    int count = 0;
    for (int list = 0; list + 1 < begin.length; list++) {
      if (begin[list + 1] > begin[list]) {
        visited[count++] = list;
      }
    }
    return Arrays.copyOf(visited, count);
  }
}
