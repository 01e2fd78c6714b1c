package org.compnn.bench.field;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.compnn.npy.Npy;
import org.jspecify.annotations.Nullable;

/** Times an index that searches cell by cell, as all peers but FAISS, which has its own script. */
final class Trial {
  /** Cells searched beside the sample where all are too many. */
  private static final int PART = 2048;

  private final Order order;
  private final List<float[]> queries = new ArrayList<>();
  private final int cells;

  /** An index ready to be searched. */
  interface Index {
    /**
     * Searches some cells of a picture.
     *
     * @param query projected hyperpatches of all cells, one after the other
     * @param cells which of them
     * @param setting of the dial
     * @param ranked how many of the best are wanted
     * @param found receives the vectors found for each of these cells, nearest first, from {@code
     *     ranked} times the cell's own number
     */
    void search(float[] query, int[] cells, int setting, int ranked, int threads, long[] found)
        throws IOException;
  }

  Trial(Order order) {
    this.order = order;
    this.cells = order.rows() * order.columns();
    order.queries().forEach(file -> queries.add(Npy.floats(Path.of(file))));
  }

  List<Answer.Run> runs(Index index) throws IOException {
    List<Answer.Run> runs = new ArrayList<>();
    for (int setting : order.settings()) {
      for (int ranked : order.ranked()) {
        for (int threads : order.threads()) {
          runs.add(run(index, setting, ranked, threads));
        }
      }
    }
    return runs;
  }

  private Answer.Run run(Index index, int setting, int ranked, int threads) throws IOException {
    List<long[]> found = new ArrayList<>();
    queries.forEach(_ -> found.add(new long[cells * ranked]));
    List<int[]> samples =
        order.samples().stream()
            .map(s -> s.stream().mapToInt(Integer::intValue).toArray())
            .toList();
    try (Memory watched = new Memory()) {
      long warm = System.nanoTime() + order.warmNanos();
      do {
        once(index, samples, setting, ranked, threads, found);
      } while (System.nanoTime() < warm);
      double estimate =
          once(index, samples, setting, ranked, threads, found) * cells / samples.getFirst().length;
      boolean whole = estimate * queries.size() <= order.patience();
      List<int[]> searched =
          whole
              ? samples.stream().map(_ -> IntStream.range(0, cells).toArray()).toList()
              : samples.stream().map(this::more).toList();
      double best = Double.POSITIVE_INFINITY;
      for (int repeat = 0; repeat < order.repeats(); repeat++) {
        best = Math.min(best, once(index, searched, setting, ranked, threads, found));
      }
      int count = searched.getFirst().length;
      return new Answer.Run(
          Integer.toString(setting),
          threads,
          best * cells / count,
          count,
          watched.most(),
          ranked,
          ranked == 1
              ? List.of()
              : Reranking.keep(
                  order, "%d-%d-%d".formatted(setting, ranked, threads), searched, ranked, found),
          IntStream.range(0, queries.size())
              .mapToObj(
                  i ->
                      Arrays.stream(samples.get(i))
                          .mapToObj(c -> found.get(i)[c * ranked])
                          .toList())
              .toList());
    }
  }

  /** The sample and further cells, chosen at random. */
  private int[] more(int[] sample) {
    return IntStream.concat(Arrays.stream(sample), new Random(sample.length).ints(PART, 0, cells))
        .distinct()
        .toArray();
  }

  /** Mean seconds a picture. */
  private double once(
      Index index, List<int[]> searched, int setting, int ranked, int threads, List<long[]> found)
      throws IOException {
    long begin = System.nanoTime();
    for (int i = 0; i < queries.size(); i++) {
      index.search(queries.get(i), searched.get(i), setting, ranked, threads, found.get(i));
    }
    return (System.nanoTime() - begin) / 1e9 / queries.size();
  }

  /** Work on items from {@code from} until before {@code to}. */
  interface Part {
    void run(int from, int to) throws IOException;
  }

  /** Shares items out among threads in even parts. */
  static void parallel(int threads, int count, Part part) throws IOException {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    List<Thread> started = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int from = (int) ((long) count * t / threads);
      int to = (int) ((long) count * (t + 1) / threads);
      started.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      part.run(from, to);
                    } catch (IOException | RuntimeException e) {
                      failure.set(e);
                    }
                  }));
    }
    try {
      for (Thread thread : started) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    Exception thrown = failure.get();
    if (thrown != null) {
      throw new IOException(thrown);
    }
  }
}
