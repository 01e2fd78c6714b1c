package org.compnn.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Training pairs from seeds, of 40 x 60 pixels.
 *
 * @param pairs every second one has tags
 * @param skipsBroken as in {@link Dataset}
 */
public record Street(List<Pair> pairs, boolean skipsBroken) {
  private static final int DEAD = 42;

  public static Network network() {
    return network(NetworkOptions.defaults());
  }

  public static Network network(NetworkOptions options) {
    try {
      Path folder = Files.createTempDirectory("street");
      Network network =
          Network.open(StreetNetwork.write(folder.resolve("street.onnx")), options.withThreads(1));
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> file.toFile().deleteOnExit());
      }
      return network;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Dataset dataset() {
    return new Dataset("street", pairs, List.of(), skipsBroken);
  }

  private static Street with(int count, boolean targets, Set<Integer> broken, boolean skip) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(new Scene(i, targets, broken.contains(i)));
    }
    return new Street(pairs, skip);
  }

  public static Street of(int count) {
    return with(count, true, Set.of(), false);
  }

  public Street breaking(Integer... broken) {
    return with(pairs.size(), true, Set.of(broken), skipsBroken);
  }

  public Street skipping() {
    return new Street(pairs, true);
  }

  public Street withoutTargets() {
    return with(pairs.size(), false, Set.of(), skipsBroken);
  }

  record Scene(int number, boolean hasTarget, boolean broken) implements Pair {
    @Override
    public String id() {
      return "street/%03d".formatted(number);
    }

    @Override
    public List<String> tags() {
      return number % 2 == 0 ? List.of("night", "lane=" + number) : List.of();
    }

    @Override
    public Content read() {
      if (broken) {
        throw new UserError("picture " + number + " is broken");
      }
      byte[] rgb = new byte[40 * 60 * 3];
      new Random(number).nextBytes(rgb);
      byte[] classes = new byte[40 * 60];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (byte) ((i + number) % 4);
      }
      return new Content(
          new Picture(40, 60, rgb),
          hasTarget ? Optional.of(new LabelMap(40, 60, classes)) : Optional.empty());
    }
  }

  /** The same, with the inputs as targets. */
  public Street painted() {
    return new Street(pairs.stream().<Pair>map(Painted::new).toList(), skipsBroken);
  }

  record Painted(Pair pair) implements Pair {
    @Override
    public String id() {
      return pair.id();
    }

    @Override
    public List<String> tags() {
      return pair.tags();
    }

    @Override
    public Content read() {
      Picture input = pair.read().input();
      return new Content(input, Optional.of(input));
    }
  }

  /** Begins a build in a JVM of its own that is halted when so many exemplars are done. */
  public static void buildAndDie(Path folder, int exemplars, int after)
      throws IOException, InterruptedException {
    assertThat(fork(List.of(), folder, exemplars, 4, after)).isEqualTo(DEAD);
  }

  /** Builds in a JVM of its own, of so large a heap. */
  public static void buildWithin(int megabytes, Path folder, int exemplars)
      throws IOException, InterruptedException {
    assertThat(fork(List.of("-Xmx" + megabytes + "m"), folder, exemplars, 0, Integer.MAX_VALUE))
        .isZero();
  }

  /** Builds in a JVM of its own that has a long command line. */
  public static void buildAtLength(int signs, Path folder)
      throws IOException, InterruptedException {
    List<String> command = command(List.of(), folder, 2, 4, Integer.MAX_VALUE);
    command.add("x".repeat(signs));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** Begins a build in a JVM of its own that must fail; what it says. */
  public static String buildBeside(Path folder, int exemplars)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(List.of(), folder, exemplars, 4, Integer.MAX_VALUE))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isNotZero();
    return said;
  }

  private static int fork(List<String> flags, Path folder, int exemplars, int perShard, int after)
      throws IOException, InterruptedException {
    return new ProcessBuilder(command(flags, folder, exemplars, perShard, after))
        .inheritIO()
        .start()
        .waitFor();
  }

  /** The command that builds in a JVM of its own. */
  static List<String> command(
      List<String> flags, Path folder, int exemplars, int perShard, int after) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Street.class.getName());
    command.add(folder.toString());
    command.add(String.valueOf(exemplars));
    command.add(String.valueOf(perShard));
    command.add(String.valueOf(after));
    return command;
  }

  public static void main(String[] arguments) {
    long after = Long.parseLong(arguments[3]);
    Progress deadly =
        (_, _, _) ->
            new Progress.Task() {
              private long done;

              @Override
              public void advance(long units) {
                done += units;
                if (done >= after) {
                  // Shards are made whole in the background; the last one that can be, shall be.
                  Path whole =
                      Path.of(arguments[0], "build", "shard-%05d.json".formatted(after / 4 - 1));
                  while (!Files.exists(whole)) {
                    Thread.onSpinWait();
                  }
                  Runtime.getRuntime().halt(DEAD);
                }
              }

              @Override
              public void close() {}
            };
    DatabaseBuilder.build(
        network(),
        of(Integer.parseInt(arguments[1])).dataset(),
        IndexSettings.of(List.of("penultimate", "bottleneck"))
            .withThreads(2)
            .withExemplarsPerShard(Integer.parseInt(arguments[2])),
        Path.of(arguments[0]),
        deadly);
  }
}
