package org.compnn.search.field;

import java.util.Arrays;
import org.compnn.search.lists.ListChooser;
import org.compnn.threads.Workers;

/**
 * The lists that each query cell is to visit, nearest first.
 *
 * @param begin for each query its first list, and the number of all behind the last
 * @param list the lists, those of a query together
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record ProbeLists(int[] begin, int[] list) {
  /** Queries whose lists are chosen at a time. */
  private static final int CHUNK = 240;

  /** As many lists for every query. */
  static ProbeLists each(
      ListChooser chooser, float[] codes, int axes, int probes, Workers workers) {
    int queries = codes.length / axes;
    int[] lists = new int[Math.multiplyExact(queries, probes)];
    workers.run(
        Math.ceilDiv(queries, CHUNK),
        (chunk, thread) -> {
          int from = chunk * CHUNK;
          chooser
              .scratch(within(probes), probes)
              .choose(codes, from, Math.min(CHUNK, queries - from), lists);
        });
    int[] begin = new int[queries + 1];
    for (int q = 0; q <= queries; q++) {
      begin[q] = q * probes;
    }
    return new ProbeLists(begin, lists);
  }

  /**
   * Further lists, as many as each query is to visit in all, without those that it has visited.
   *
   * @param limits how many in all
   */
  ProbeLists further(ListChooser chooser, float[] codes, int axes, int[] limits, Workers workers) {
    int queries = limits.length;
    int[] next = new int[queries + 1];
    for (int q = 0; q < queries; q++) {
      next[q + 1] = Math.addExact(next[q], Math.max(0, limits[q] - count(q)));
    }
    int[] lists = new int[next[queries]];
    Arrays.fill(lists, -1);
    int most = 0;
    for (int limit : limits) {
      most = Math.max(most, limit);
    }
    int below = 0;
    // Queries of about as many lists are served together, so that none pays for the others.
    for (int upTo = 4; below < most; below = upTo, upTo *= 2) {
      int to = Math.min(upTo, most);
      int[] members = members(limits, below, to);
      workers.run(
          Math.ceilDiv(members.length, CHUNK),
          (chunk, thread) -> {
            int from = chunk * CHUNK;
            int size = Math.min(CHUNK, members.length - from);
            float[] own = new float[size * axes];
            for (int i = 0; i < size; i++) {
              System.arraycopy(codes, members[from + i] * axes, own, i * axes, axes);
            }
            int[] chosen = new int[size * to];
            chooser.scratch(within(to), to).choose(own, 0, size, chosen);
            for (int i = 0; i < size; i++) {
              int q = members[from + i];
              int at = next[q];
              for (int k = i * to; k < (i + 1) * to && at < next[q + 1]; k++) {
                if (chosen[k] >= 0 && !has(q, chosen[k])) {
                  lists[at++] = chosen[k];
                }
              }
            }
          });
    }
    return new ProbeLists(next, lists);
  }

  /** Queries that are to visit more lists than one number, up to another, and have not yet. */
  private int[] members(int[] limits, int over, int to) {
    int[] members = new int[limits.length];
    int count = 0;
    for (int q = 0; q < limits.length; q++) {
      if (limits[q] > over && limits[q] <= to && limits[q] > count(q)) {
        members[count++] = q;
      }
    }
    return Arrays.copyOf(members, count);
  }

  /** Groups among whose lists so many are chosen. */
  private static int within(int probes) {
    return (int) Math.ceil(1.6 * Math.sqrt(probes));
  }

  int queries() {
    return begin.length - 1;
  }

  /** How many lists a query visits. */
  int count(int query) {
    return begin[query + 1] - begin[query];
  }

  /** How many lists from one place to before another all queries visit together. */
  double count(int from, int to) {
    double sum = 0;
    for (int q = 0; q < queries(); q++) {
      sum += Math.max(0, Math.min(to, count(q)) - from);
    }
    return sum;
  }

  /** How many lists some query visits at the most. */
  int most() {
    int most = 0;
    for (int q = 0; q < queries(); q++) {
      most = Math.max(most, count(q));
    }
    return most;
  }

  private boolean has(int query, int wanted) {
    for (int i = begin[query]; i < begin[query + 1]; i++) {
      if (list[i] == wanted) {
        return true;
      }
    }
    return false;
  }
}
