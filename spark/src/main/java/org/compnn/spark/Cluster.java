package org.compnn.spark;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.cli.Engine;
import org.compnn.database.Database;
import org.compnn.database.Problem;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.jspecify.annotations.Nullable;

/** A Spark cluster as the place where commands work; it is asked for with the first work. */
final class Cluster implements Engine, AutoCloseable {
  /** What executors need that Spark does not give them by itself. */
  private static final String EXECUTOR_OPTIONS =
      "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
          + " -Djava.awt.headless=true -XX:CompileCommand=quiet"
          + " -XX:CompileCommand=CompileThresholdScaling,org.compnn.kernels.Vector*::*,0.01";

  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  private List<String> commandLine = List.of();
  private @Nullable JavaSparkContext spark;

  @Override
  public void begin(List<String> asked) {
    commandLine = List.copyOf(asked);
    Main.inTime(asked)
        .ifPresent(
            mistake -> {
              throw new UserError(mistake);
            });
  }

  private synchronized JavaSparkContext spark() {
    if (spark == null) {
      SparkConf conf = new SparkConf();
      conf.setIfMissing("spark.app.name", "compnn " + String.join(" ", commandLine));
      String given = conf.get(OPTIONS, "");
      if (!given.contains("jdk.incubator.vector")) {
        conf.set(OPTIONS, (EXECUTOR_OPTIONS + " " + given).strip());
      }
      spark = new JavaSparkContext(conf);
    }
    return spark;
  }

  @Override
  public CompNN open(
      Path folder, Collection<String> withoutShards, NetworkOptions options, Progress progress) {
    Parts parts;
    try (Database database = Database.open(folder, withoutShards)) {
      parts = Parts.of(database, withoutShards);
    }
    return CompNN.open(
        folder, withoutShards, options, progress, Optional.of(new SetSearch(spark(), parts)));
  }

  @Override
  public Index index(Index index) {
    return index.builtBy(
        new SetBuild(
            spark(),
            commandLine.subList(1, commandLine.size()),
            Path.of("").toAbsolutePath().toString()));
  }

  @Override
  public List<Problem> verify(Path folder, Collection<String> withoutShards, Progress progress) {
    return Database.verify(folder, withoutShards, places -> verified(places, progress), progress);
  }

  private List<Supplier<List<Problem>>> verified(List<Path> places, Progress progress) {
    List<String> folders = places.stream().map(place -> place.toAbsolutePath().toString()).toList();
    if (folders.isEmpty()) {
      return List.of();
    }
    List<Answer<List<Problem>>> answers;
    try (Progress.Task task = progress.begin("verifying", "shards", folders.size())) {
      answers =
          Jobs.run(() -> spark().parallelize(folders, folders.size()).map(new Verify()).collect());
      task.advance(folders.size());
    }
    return answers.stream().<Supplier<List<Problem>>>map(answer -> answer::get).toList();
  }

  /** A task that reads a shard. */
  private record Verify() implements Function<String, Answer<List<Problem>>> {
    @Override
    public Answer<List<Problem>> call(String folder) {
      return Answer.of(() -> Database.verify(Path.of(folder), Progress.NONE));
    }
  }

  @Override
  public synchronized void close() {
    if (spark != null) {
      spark.close();
    }
  }
}
