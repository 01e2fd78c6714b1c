package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.compnn.database.Answered;
import org.compnn.database.IndexReport;
import org.compnn.database.build.Embedding.Embedded;
import org.compnn.dataset.Pair;
import org.compnn.measure.EvenSample;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;
import org.compnn.problem.Knob;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Runs the network over a data set and stores what comes out, shard by shard, in the data set's
 * order. Several workers each read, run and encode one pair at a time; one thread takes their
 * results in order and writes them.
 */
final class EmbeddingPass {
  private final Path folder;
  private final Embedding embedding;
  private final List<Pair> pairs;
  private final boolean skipBroken;
  private final List<Layer> layers;
  private final List<String> cells;
  private final ElementType elements;
  private final int firstShard;
  private final int perShard;
  private final int workers;

  private final Deque<Future<Outcome>> ahead = new ArrayDeque<>();

  /** Pairs that are not their turn yet. */
  private final Map<Integer, Future<Outcome>> early = new HashMap<>();

  private int submitted;
  private int taken;
  private long networkNanos;

  /**
   * @param cells where each layer's cells go
   * @param elements what they are stored as
   * @param firstShard the number of the first shard that is made
   */
  EmbeddingPass(
      Path folder,
      Embedding embedding,
      List<Pair> pairs,
      boolean skipBroken,
      List<Layer> layers,
      List<String> cells,
      ElementType elements,
      int firstShard,
      int perShard,
      int workers) {
    this.folder = folder;
    this.embedding = embedding;
    this.pairs = pairs;
    this.skipBroken = skipBroken;
    this.layers = layers;
    this.cells = cells;
    this.elements = elements;
    this.firstShard = firstShard;
    this.perShard = perShard;
    this.workers = workers;
  }

  private sealed interface Outcome {}

  /**
   * @param answered for one of the sample
   */
  private record Whole(Embedded embedded, Optional<Answered> answered) implements Outcome {}

  private record Broken(IndexReport.Skipped skipped) implements Outcome {}

  /** Time that the network ran, summed over the workers. */
  long networkNanos() {
    return networkNanos;
  }

  /**
   * Makes the shards that are not there yet.
   *
   * @param done those that are
   * @return all of them
   */
  List<BuildState.Shard> run(
      BuildState state, List<BuildState.Shard> done, Progress progress, Sampling sampling)
      throws IOException {
    List<BuildState.Shard> shards = new ArrayList<>(done);
    submitted = done.isEmpty() ? 0 : done.getLast().next();
    taken = submitted;
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().daemon().name("embedding-", 0).factory());
    // Waiting for the disk at the end of a shard must not keep the next one from going on.
    ExecutorService disk =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("shards").factory());
    try (Progress.Task task = progress.begin("indexing", "pictures", pairs.size())) {
      task.advance(taken);
      sample(pool, sampling);
      Optional<Future<BuildState.Shard>> finishing = Optional.empty();
      for (int number = shards.size(); taken < pairs.size(); number++) {
        List<IndexReport.Skipped> skipped = new ArrayList<>();
        Optional<ShardSet> filled = fill(pool, number, skipped, task);
        if (finishing.isPresent()) {
          shards.add(await(finishing.get()));
        }
        finishing = filled.map(set -> finish(disk, state, set, skipped));
      }
      if (finishing.isPresent()) {
        shards.add(await(finishing.get()));
      }
    } finally {
      pool.shutdownNow();
      pool.close();
      disk.close();
    }
    return shards;
  }

  /** Embeds a sample before all others, and tells what the network made of it. */
  private void sample(ExecutorService pool, Sampling sampling) {
    int left = pairs.size() - taken;
    int sampled = Math.min(sampling.pictures(), left);
    for (int number = 0; number < sampled; number++) {
      int place = taken + EvenSample.place(number, sampled, left);
      early.put(place, pool.submit(() -> outcome(pairs.get(place), true)));
    }
    if (sampled == 0) {
      return;
    }
    List<Future<Outcome>> sample = List.copyOf(new TreeMap<>(early).values());
    // Others go on while the sample is looked at.
    submit(pool);
    List<Answered> answers = new ArrayList<>();
    for (Future<Outcome> each : sample) {
      try {
        if (await(each) instanceof Whole(Embedded _, Optional<Answered> answered)) {
          answered.ifPresent(answers::add);
        }
      } catch (UserError | NotEnoughMemory | IOException e) {
        // Said when it is that pair's turn.
        break;
      }
    }
    sampling.heard().accept(answers);
  }

  /** Takes exemplars until a shard is full or there are none left. */
  private Optional<ShardSet> fill(
      ExecutorService pool, int number, List<IndexReport.Skipped> skipped, Progress.Task task)
      throws IOException {
    Optional<Embedded> next = Optional.empty();
    while (next.isEmpty() && taken < pairs.size()) {
      next = next(pool, skipped, task);
    }
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Embedded first = next.get();
    int planned = Math.min(perShard, pairs.size() - taken + 1);
    List<Column> columns =
        ShardSet.columns(
            first.input(), first.output(), embedding.learns(), layers, cells, elements);
    ShardSet set = new ShardSet(folder, columns, firstShard + number, planned, first);
    boolean whole = false;
    try {
      add(set, first);
      while (set.size() < perShard && taken < pairs.size()) {
        Optional<Embedded> embedded = next(pool, skipped, task);
        if (embedded.isPresent()) {
          add(set, embedded.get());
        }
      }
      whole = true;
      return Optional.of(set);
    } finally {
      if (!whole) {
        set.close();
      }
    }
  }

  private void add(ShardSet set, Embedded embedded) throws IOException {
    set.add(embedded);
    embedding.giveBack(embedded);
  }

  private Future<BuildState.Shard> finish(
      ExecutorService disk, BuildState state, ShardSet set, List<IndexReport.Skipped> skipped) {
    int next = taken;
    return disk.submit(
        () -> {
          try (set) {
            BuildState.Shard shard = set.finish(next, skipped);
            state.add(set.number() - firstShard, shard);
            return shard;
          }
        });
  }

  private Optional<Embedded> next(
      ExecutorService pool, List<IndexReport.Skipped> skipped, Progress.Task task)
      throws IOException {
    submit(pool);
    Outcome outcome = await(ahead.remove());
    taken++;
    task.advance(1);
    return switch (outcome) {
      case Whole(Embedded embedded, Optional<Answered> _) -> {
        networkNanos += embedded.networkNanos();
        yield Optional.of(embedded);
      }
      case Broken(IndexReport.Skipped pair) -> {
        skipped.add(pair);
        yield Optional.empty();
      }
    };
  }

  private void submit(ExecutorService pool) {
    // Two more than are worked on, so that no worker waits for the disk.
    while (submitted < pairs.size() && ahead.size() < workers + 2) {
      Pair pair = pairs.get(submitted);
      Future<Outcome> begun = early.remove(submitted);
      ahead.add(begun == null ? pool.submit(() -> outcome(pair, false)) : begun);
      submitted++;
    }
  }

  private Outcome outcome(Pair pair, boolean sampled) {
    Pair.Content content;
    try {
      content = pair.read();
    } catch (UserError e) {
      if (skipBroken) {
        return new Broken(new IndexReport.Skipped(pair.id(), String.valueOf(e.getMessage())));
      }
      throw e;
    }
    try {
      Embedded embedded = embedding.embed(pair, content);
      return new Whole(
          embedded,
          sampled
              ? Optional.of(
                  new Answered(
                      content.input(), content.target(), embedded.frame(), embedded.prediction()))
              : Optional.empty());
    } catch (NotEnoughMemory e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new NotEnoughMemory(
          String.format(
              Locale.ROOT,
              "%s: expected memory for this pair and the %d that are worked on beside it",
              pair.id(),
              workers - 1),
          e);
    }
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserError.about(Knob.INDEX, "the build was interrupted; index again to resume it", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case IOException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
