package org.compnn.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.compnn.database.Database;
import org.compnn.database.Problem;
import org.compnn.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets {@code compnn index} run out of disk. */
@Command(
    name = "disk",
    mixinStandardHelpOptions = true,
    description =
        "Index onto a disk that gets full, in every pass: a small file system where we may mount"
            + " one, else a limit on the size of files. One line and code 2; going on with more"
            + " room ends as if nothing had happened.")
final class DiskCampaign implements Callable<Integer> {
  /** More than a database takes, and its lists while they are made. */
  private static final int MOST_KB = 24_000;

  @Mixin private final Bounds bounds = new Bounds();

  @Override
  public Integer call() throws Exception {
    try (Material material = Material.make()) {
      Builds builds = new Builds(material);
      Path disk = Files.createDirectories(material.folder().resolve("disk"));
      Thread last = new Thread(() -> unmount(disk));
      // Before anything is mounted: whoever stops the campaign finds nothing mounted after it.
      Runtime.getRuntime().addShutdownHook(last);
      boolean mounts = mount(disk, MOST_KB);
      if (mounts) {
        unmount(disk);
      }
      Results results = bounds.run("disk", seed -> full(material, builds, disk, mounts, seed));
      Runtime.getRuntime().removeShutdownHook(last);
      results.note(mounts ? "Full: a file system in memory" : "Full: a limit on the size of files");
      return bounds.tell(results, System.out);
    }
  }

  private static boolean mount(Path folder, int kilobytes)
      throws IOException, InterruptedException {
    return done(
        "mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", folder.toString());
  }

  /** At once for everybody, even while a process still writes there. */
  private static void unmount(Path folder) {
    try {
      done("umount", "-l", folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean done(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Outcome full(
      Material material, Builds builds, Path disk, boolean mounts, long seed)
      throws IOException, InterruptedException {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L);
    List<Builds.Way> ways = Builds.Way.DRAWN;
    Builds.Way way = ways.get(random.nextInt(ways.size()));
    if (way == Builds.Way.SHARDS) {
      // Prints no lines of its own.
      way = Builds.Way.INT8;
    }
    Builds.Undisturbed undisturbed = builds.undisturbed(way);
    String kind = way.name().toLowerCase(Locale.ROOT);
    Path database = disk.resolve("train.db");
    try {
      if (mounts && !mount(disk, MOST_KB)) {
        return Outcome.failed(kind, "the small file system cannot be mounted");
      }
      Files.createDirectories(database);
      builds.prepare(way, database);
      long there = kilobytes(disk);
      int room = (int) there + random.nextInt((int) Math.max(1, MOST_KB * 3 / 4 - there));
      int most = mounts ? room : 1 + random.nextInt(6_000);
      if (mounts) {
        done("mount", "-o", "remount,size=" + room + "k", disk.toString());
      }
      Path home = material.home();
      Child.Ended ended;
      List<String> limit =
          mounts
              ? List.of()
              : List.of("/bin/bash", "-c", "ulimit -f " + most + "; exec \"$@\"", "limited");
      try (Child child =
          Child.start(home, limit, List.of("-Xmx512m"), builds.words(way, database))) {
        ended = child.end();
      }
      Trees.delete(home);
      if (mounts) {
        done("mount", "-o", "remount,size=" + 4 * MOST_KB + "k", disk.toString());
      }
      String full = kind + (ended.code() == 0 ? ", room enough" : ", full");
      Optional<String> wrong =
          ended
              .unlessDoneOrOneLine()
              .map(what -> "with %d KB: %s".formatted(most, what))
              .or(() -> damaged(database))
              .or(() -> unfinished(material, builds, undisturbed, database));
      return wrong.map(what -> Outcome.failed(full, what)).orElse(Outcome.survived(full));
    } finally {
      if (mounts) {
        unmount(disk);
      } else {
        Trees.delete(database);
      }
    }
  }

  private static long kilobytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : Trees.files(folder)) {
      bytes += Files.size(file) + 4096;
    }
    return bytes / 1024;
  }

  private static Optional<String> damaged(Path database) {
    if (!Database.isThere(database)) {
      return Optional.empty();
    }
    List<Problem> problems = Database.verify(database, Progress.NONE);
    return problems.isEmpty() ? Optional.empty() : Optional.of("a damaged database: " + problems);
  }

  private static Optional<String> unfinished(
      Material material, Builds builds, Builds.Undisturbed undisturbed, Path database) {
    try {
      Builds.Way way = undisturbed.way();
      Child.Ended ended = Child.run(material.home(), builds.words(way, database).toArray());
      Optional<String> difference = Trees.difference(undisturbed.hashes(), Trees.hashes(database));
      return ended.unless(0).map(what -> "going on: " + what).or(() -> difference);
    } catch (IOException e) {
      return Optional.of(Outcome.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
