package org.compnn.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;
import org.compnn.database.IndexReport;
import org.compnn.database.ShardBuild;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Builds the shards of a set by tasks, one a shard. Executors read the network and the data set by
 * themselves, as the command line names them.
 *
 * @param spark the cluster
 * @param arguments what stands behind {@code index} on the command line
 * @param where relative paths begin
 */
record SetBuild(JavaSparkContext spark, List<String> arguments, String where)
    implements ShardBuild {
  private static final int DEPTH = 2;
  private static final long LOOK_MILLISECONDS = 300;

  SetBuild {
    arguments = List.copyOf(arguments);
  }

  @Override
  public List<float[]> peaks(List<Shard> shards, Progress progress) {
    try (Progress.Task _ = progress.begin("measuring layers", "shards", shards.size())) {
      return Jobs.run(
          () ->
              tasks(shards)
                  .map(new Peaks(arguments, where))
                  .treeReduce((one, other) -> Answer.both(one, other, SetBuild::largest), DEPTH)
                  .get());
    }
  }

  private static List<float[]> largest(List<float[]> one, List<float[]> other) {
    List<float[]> peaks = new ArrayList<>();
    for (int layer = 0; layer < one.size(); layer++) {
      float[] peak = one.get(layer).clone();
      for (int c = 0; c < peak.length; c++) {
        peak[c] = Math.max(peak[c], other.get(layer)[c]);
      }
      peaks.add(peak);
    }
    return peaks;
  }

  @Override
  public List<IndexReport> build(List<Shard> shards, List<float[]> scales, Progress progress) {
    if (shards.isEmpty()) {
      return List.of();
    }
    List<Shard> placed =
        shards.stream().map(shard -> shard.in(shard.place().toAbsolutePath())).toList();
    try {
      for (Shard shard : placed) {
        refuseBegun(shard.place());
      }
      Attempt.clear(placed.getFirst().place());
      try {
        return built(placed, scales, progress);
      } finally {
        Attempt.clear(placed.getFirst().place());
      }
    } catch (IOException e) {
      throw new UserError(
          placed.getFirst().place() + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private static void refuseBegun(Path place) throws IOException {
    if (Files.exists(place)) {
      throw new UserError(
          place
              + ": expected no shard or a whole one, found one begun; finish it on the machine that"
              + " began it, or delete it");
    }
  }

  private List<IndexReport> built(List<Shard> shards, List<float[]> scales, Progress progress) {
    int pictures = shards.stream().mapToInt(shard -> shard.to() - shard.from()).sum();
    LongAccumulator done = spark.sc().longAccumulator("pictures indexed");
    JavaFutureAction<List<Answer<IndexReport>>> action =
        tasks(shards).map(new Build(arguments, where, scales, done)).collectAsync();
    try (Progress.Task task = progress.begin("indexing", "pictures", pictures)) {
      long told = 0;
      while (true) {
        try {
          List<Answer<IndexReport>> answers = action.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
          return answers.stream().map(answer -> shared(answer.get())).toList();
        } catch (TimeoutException e) {
          long now = done.value();
          task.advance(now - told);
          told = now;
        }
      }
    } catch (ExecutionException e) {
      throw Jobs.givenUp(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      action.cancel(true);
      Thread.currentThread().interrupt();
      throw new UserError("interrupted; index again to go on", e);
    }
  }

  /** Shards are built at the same time, and what their networks took is added up. */
  private IndexReport shared(IndexReport report) {
    return new IndexReport(
        report.exemplars(),
        report.resumed(),
        report.skipped(),
        report.workers(),
        report.total(),
        report.network().dividedBy(Math.max(1, spark.defaultParallelism())));
  }

  private JavaRDD<Shard> tasks(List<Shard> shards) {
    return spark.parallelize(shards, shards.size());
  }

  /** A task of the pass that measures. */
  private record Peaks(List<String> arguments, String where)
      implements Function<Shard, Answer<List<float[]>>> {
    @Override
    public Answer<List<float[]>> call(Shard shard) {
      return Answer.of(() -> OpenParts.index(arguments, where).index().peaks(shard));
    }
  }

  /** A task that builds a shard. */
  private record Build(
      List<String> arguments, String where, List<float[]> scales, LongAccumulator done)
      implements Function<Shard, Answer<IndexReport>>, Serializable {
    @Override
    public Answer<IndexReport> call(Shard shard) {
      return Answer.of(
          () -> {
            IndexReport report =
                Attempt.at(
                    shard.place(),
                    TaskContext.get().taskAttemptId(),
                    place ->
                        OpenParts.index(arguments, where).index().cells(shard.in(place), scales));
            done.add(shard.to() - shard.from());
            return report;
          });
    }
  }
}
