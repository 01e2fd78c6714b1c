package org.compnn.search.lists;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.compnn.kernels.Kernels;
import org.compnn.threads.Workers;

/**
 * Sorts codes into lists by their nearest centroid, in two levels: a code is compared with all
 * groups, then with the lists of the nearest groups only ({@link ListChooser}). So the cost grows
 * with the square root of the number of lists. Training is Lloyd's algorithm at both levels.
 *
 * @param axes numbers of a code
 * @param groups centroids of the groups, [group][axis]
 * @param first first list of each group, and the number of lists behind the last
 * @param lists centroids of the lists, [list][axis], the lists of a group together
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record CoarseQuantiser(int axes, float[] groups, int[] first, float[] lists) {
  private static final int ROUNDS = 8;

  private static final int[] NO_NUMBERS = {};

  /** Members of the sample that are compared at a time. */
  private static final int CHUNK = 1200;

  int size() {
    return lists.length / axes;
  }

  /** The same with all centroids of length 1. */
  CoarseQuantiser normalised() {
    return new CoarseQuantiser(axes, normalised(groups), first, normalised(lists));
  }

  private float[] normalised(float[] centroids) {
    float[] normalised = new float[centroids.length];
    for (int at = 0; at < centroids.length; at += axes) {
      double norm = 0;
      for (int k = 0; k < axes; k++) {
        norm += (double) centroids[at + k] * centroids[at + k];
      }
      double scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
      for (int k = 0; k < axes; k++) {
        normalised[at + k] = (float) (centroids[at + k] * scale);
      }
    }
    return normalised;
  }

  /**
   * Trains on a sample.
   *
   * @param sample codes one after the other, at least one
   * @param wanted about how many lists
   */
  static CoarseQuantiser train(float[] sample, int axes, int wanted, Workers workers) {
    int count = sample.length / axes;
    int groupCount = Math.clamp(Math.round(Math.sqrt(wanted)), 1, count);
    int[] all = IntStream.range(0, count).toArray();
    float[] groups = cluster(sample, axes, all, groupCount, workers);
    int[] member = owners(groups, sample, axes, all, workers);
    int[] sizes = new int[groupCount];
    for (int group : member) {
      sizes[group]++;
    }
    int[][] members = new int[groupCount][];
    for (int g = 0; g < groupCount; g++) {
      members[g] = new int[sizes[g]];
    }
    int[] next = new int[groupCount];
    for (int n = 0; n < count; n++) {
      members[member[n]][next[member[n]]++] = n;
    }
    List<float[]> parts =
        workers.map(
            groupCount,
            g -> {
              int lists = (int) Math.max(1, Math.round((double) wanted * sizes[g] / count));
              return members[g].length == 0
                  ? Arrays.copyOfRange(groups, g * axes, (g + 1) * axes)
                  : cluster(sample, axes, members[g], Math.min(lists, members[g].length), workers);
            });
    int[] first = new int[groupCount + 1];
    for (int g = 0; g < groupCount; g++) {
      first[g + 1] = first[g] + parts.get(g).length / axes;
    }
    float[] lists = new float[first[groupCount] * axes];
    for (int g = 0; g < groupCount; g++) {
      System.arraycopy(parts.get(g), 0, lists, first[g] * axes, parts.get(g).length);
    }
    return new CoarseQuantiser(axes, groups, first, lists);
  }

  /** Lloyd's algorithm from evenly spread members; a centroid that loses all keeps its place. */
  private static float[] cluster(
      float[] sample, int axes, int[] members, int count, Workers workers) {
    float[] centroids = new float[count * axes];
    for (int c = 0; c < count; c++) {
      int n = members[(int) ((long) c * members.length / count)];
      System.arraycopy(sample, n * axes, centroids, c * axes, axes);
    }
    for (int round = 0; round < ROUNDS; round++) {
      int[] owner = owners(centroids, sample, axes, members, workers);
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

  /** For each of some members of the sample its nearest centroid, the first of equals. */
  private static int[] owners(
      float[] numbers, float[] sample, int axes, int[] members, Workers workers) {
    int count = numbers.length / axes;
    Centroids centroids = new Centroids(numbers, axes, 0, count, Kernels.best());
    int[] owner = new int[members.length];
    workers.run(
        Math.ceilDiv(members.length, CHUNK),
        (chunk, thread) -> {
          float[] block = new float[Kernels.ROWS * axes];
          int width = centroids.width();
          float[] scores = new float[Kernels.ROWS * width];
          BestEntries nearest = new BestEntries(Kernels.ROWS, 1);
          RowPick pick = new RowPick(Kernels.best(), width, 1);
          int to = Math.min(members.length, (chunk + 1) * CHUNK);
          for (int from = chunk * CHUNK; from < to; from += Kernels.ROWS) {
            int rows = Math.min(Kernels.ROWS, to - from);
            for (int r = 0; r < rows; r++) {
              Centroids.pack(sample, axes, members[from + r], r, block);
            }
            centroids.compare(block, scores, width);
            nearest.clear();
            for (int r = 0; r < rows; r++) {
              pick.pick(
                  scores, r * width, width, Float.NEGATIVE_INFINITY, NO_NUMBERS, 0, nearest, r);
              // Codes that are not numbers are near nothing.
              owner[from + r] = Math.max(0, nearest.entry(r, 0));
            }
          }
        });
    return owner;
  }
}
