package org.compnn.search;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sorts codes into lists by their nearest centroid, in two levels: a code is compared with all
 * groups, then with the lists of the nearest groups only. So the cost grows with the square root of
 * the number of lists. Training is Lloyd's algorithm at both levels.
 *
 * @param axes numbers of a code
 * @param groups centroids of the groups, [group][axis]
 * @param first first list of each group, and the number of lists behind the last
 * @param lists centroids of the lists, [list][axis], the lists of a group together
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record CoarseQuantiser(int axes, float[] groups, int[] first, float[] lists) {
  private static final int ROUNDS = 8;

  int size() {
    return lists.length / axes;
  }

  private int groupCount() {
    return groups.length / axes;
  }

  /**
   * Trains on a sample.
   *
   * @param sample codes one after the other, at least one
   * @param wanted about how many lists
   */
  static CoarseQuantiser train(float[] sample, int axes, int wanted) {
    int count = sample.length / axes;
    int groupCount = Math.clamp(Math.round(Math.sqrt(wanted)), 1, count);
    int[] all = IntStream.range(0, count).toArray();
    float[] groups = cluster(sample, axes, all, groupCount);
    int[] member = new int[count];
    int[] sizes = new int[groupCount];
    for (int n = 0; n < count; n++) {
      member[n] = nearest(groups, axes, 0, groupCount, sample, n * axes);
      sizes[member[n]]++;
    }
    int[][] members = new int[groupCount][];
    for (int g = 0; g < groupCount; g++) {
      int group = g;
      members[g] =
          all.length == 0 ? all : IntStream.of(all).filter(n -> member[n] == group).toArray();
    }
    float[][] parts =
        IntStream.range(0, groupCount)
            .parallel()
            .mapToObj(
                g -> {
                  int lists = (int) Math.max(1, Math.round((double) wanted * sizes[g] / count));
                  return members[g].length == 0
                      ? Arrays.copyOfRange(groups, g * axes, (g + 1) * axes)
                      : cluster(sample, axes, members[g], Math.min(lists, members[g].length));
                })
            .toArray(float[][]::new);
    int[] first = new int[groupCount + 1];
    for (int g = 0; g < groupCount; g++) {
      first[g + 1] = first[g] + parts[g].length / axes;
    }
    float[] lists = new float[first[groupCount] * axes];
    for (int g = 0; g < groupCount; g++) {
      System.arraycopy(parts[g], 0, lists, first[g] * axes, parts[g].length);
    }
    return new CoarseQuantiser(axes, groups, first, lists);
  }

  /** Lloyd's algorithm from evenly spread members; a centroid that loses all keeps its place. */
  private static float[] cluster(float[] sample, int axes, int[] members, int count) {
    float[] centroids = new float[count * axes];
    for (int c = 0; c < count; c++) {
      int n = members[(int) ((long) c * members.length / count)];
      System.arraycopy(sample, n * axes, centroids, c * axes, axes);
    }
    for (int round = 0; round < ROUNDS; round++) {
      float[] from = centroids;
      int[] owner =
          IntStream.of(members)
              .parallel()
              .map(n -> nearest(from, axes, 0, count, sample, n * axes))
              .toArray();
      double[] sums = new double[centroids.length];
      int[] sizes = new int[count];
      for (int m = 0; m < members.length; m++) {
        sizes[owner[m]]++;
        for (int k = 0; k < axes; k++) {
          sums[owner[m] * axes + k] += sample[members[m] * axes + k];
        }
      }
      float[] next = centroids.clone();
      for (int c = 0; c < count; c++) {
        for (int k = 0; k < axes && sizes[c] > 0; k++) {
          next[c * axes + k] = (float) (sums[c * axes + k] / sizes[c]);
        }
      }
      centroids = next;
    }
    return centroids;
  }

  /** The nearest of some centroids, the first of equals. */
  private static int nearest(
      float[] centroids, int axes, int from, int to, float[] codes, int code) {
    int best = from;
    float least = Float.POSITIVE_INFINITY;
    for (int c = from; c < to; c++) {
      float distance = distance(centroids, c * axes, codes, code, axes);
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  private static float distance(float[] a, int aAt, float[] b, int bAt, int axes) {
    // Four sums, since a single one would wait for each addition.
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int k = 0;
    for (; k + 3 < axes; k += 4) {
      float d0 = a[aAt + k] - b[bAt + k];
      float d1 = a[aAt + k + 1] - b[bAt + k + 1];
      float d2 = a[aAt + k + 2] - b[bAt + k + 2];
      float d3 = a[aAt + k + 3] - b[bAt + k + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; k < axes; k++) {
      float d = a[aAt + k] - b[bAt + k];
      s0 += d * d;
    }
    return s0 + s1 + (s2 + s3);
  }

  /** The list that a code belongs to: the nearest of the nearest group. */
  int listOf(float[] codes, int at) {
    int group = nearest(groups, axes, 0, groupCount(), codes, at);
    return nearest(lists, axes, first[group], first[group + 1], codes, at);
  }

  /**
   * The nearest lists of a code, nearest first, of the {@code within} nearest groups.
   *
   * @param into receives them from {@code to}; -1 where there are not so many
   */
  void nearest(float[] codes, int at, int within, int[] into, int to, int count) {
    float[] groupDistance = new float[within];
    int[] group = new int[within];
    Arrays.fill(group, -1);
    for (int g = 0; g < groupCount(); g++) {
      insert(group, 0, groupDistance, within, g, distance(groups, g * axes, codes, at, axes));
    }
    float[] listDistance = new float[count];
    Arrays.fill(into, to, to + count, -1);
    for (int g : group) {
      for (int list = g < 0 ? 0 : first[g]; g >= 0 && list < first[g + 1]; list++) {
        float distance = distance(lists, list * axes, codes, at, axes);
        insert(into, to, listDistance, count, list, distance);
      }
    }
  }

  private static void insert(
      int[] order, int from, float[] distances, int count, int value, float distance) {
    int at = count;
    while (at > 0 && (order[from + at - 1] < 0 || distances[at - 1] > distance)) {
      at--;
    }
    if (at == count) {
      return;
    }
    for (int i = count - 1; i > at; i--) {
      order[from + i] = order[from + i - 1];
      distances[i] = distances[i - 1];
    }
    order[from + at] = value;
    distances[at] = distance;
  }
}
