package org.compnn.spark;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
          + " -XX:CompileThresholdScaling=2"
          + " -XX:CompileCommand=CompileThresholdScaling,org.compnn.kernels.Vector*::*,0.01";

  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  private final Map<String, Address> fetched = new HashMap<>();
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

  /**
   * A command line with what addresses name fetched, and the paths where it lies.
   *
   * @throws UserError if something cannot be fetched
   */
  String[] fetched(String[] typed) {
    Fetched files = null;
    for (int i = 0; i < typed.length; i++) {
      if (Address.in(typed[i], word -> Address.is(word) ? "" : word).equals(typed[i])) {
        continue;
      }
      files = files == null ? Fetching.of(new SparkConf()) : files;
      Fetched from = files;
      typed[i] = Address.in(typed[i], word -> fetched(word, from));
    }
    return typed;
  }

  private String fetched(String uri, Fetched from) {
    Address address = from.found(uri);
    String place = from.local(address, List.of()).toString();
    fetched.put(place, address);
    return place;
  }

  /** What executors are told in the place of a path. */
  private String travelling(String path) {
    Address address = fetched.get(path);
    return address == null ? path : address.word();
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
      Address address = fetched.get(folder.toString());
      Parts here = Parts.of(database, withoutShards);
      parts = address == null ? here : here.at(address.word());
    }
    return CompNN.open(
        folder, withoutShards, options, progress, Optional.of(new SetSearch(spark(), parts)));
  }

  @Override
  public Index index(Index index) {
    return index.builtBy(
        new SetBuild(
            spark(),
            commandLine.stream()
                .skip(1)
                .map(argument -> Address.in(argument, this::travelling))
                .toList(),
            Path.of("").toAbsolutePath().toString()));
  }

  @Override
  public List<Problem> verify(Path folder, Collection<String> withoutShards, Progress progress) {
    return Database.verify(
        folder,
        withoutShards,
        places -> verified(places.stream().map(place -> word(folder, place)).toList(), progress),
        progress);
  }

  private String word(Path folder, Path place) {
    Address address = fetched.get(folder.toString());
    return address == null || !place.startsWith(folder)
        ? place.toAbsolutePath().toString()
        : address.at(folder.relativize(place).toString()).word();
  }

  private List<Supplier<List<Problem>>> verified(List<String> folders, Progress progress) {
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
      return Answer.of(() -> Database.verify(OpenParts.place(folder, List.of()), Progress.NONE));
    }
  }

  @Override
  public synchronized void close() {
    if (spark != null) {
      spark.close();
    }
  }
}
