package org.compnn.database.build;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.database.IndexReport;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.files.Checksum;
import org.compnn.files.FileTree;
import org.compnn.files.Json;
import org.compnn.files.WholeFile;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a build leaves in the folder {@code build} until the database is finished: what is being
 * built, and a record of each whole shard. A build that was broken off goes on after the last of
 * them.
 */
final class BuildState {
  private static final String PLAN = "plan.json";
  static final String LOCK = "lock";

  private final Path folder;
  private final Path state;

  BuildState(Path folder) {
    this.folder = folder;
    this.state = folder.resolve(Layout.BUILD);
  }

  /**
   * A whole shard.
   *
   * @param next the first pair of the data set that is not in it or in one before it
   * @param exemplars the exemplars in it
   * @param skipped pairs left out on the way
   * @param statistics for each layer
   * @param files its files
   */
  record Shard(
      int next,
      List<Manifest.ExemplarEntry> exemplars,
      List<IndexReport.Skipped> skipped,
      Manifest.Extent input,
      Manifest.OutputEntry output,
      List<ChannelStatistics> statistics,
      List<Manifest.FileEntry> files) {
    Shard {
      exemplars = List.copyOf(exemplars);
      skipped = List.copyOf(skipped);
      statistics = List.copyOf(statistics);
      files = List.copyOf(files);
    }
  }

  /**
   * Keeps other builds out of the folder, until the channel is closed.
   *
   * @throws UserError if one is under way there
   */
  FileChannel lock() throws IOException {
    Files.createDirectories(state);
    FileChannel channel =
        FileChannel.open(state.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
    }
    if (!locked) {
      channel.close();
      throw new UserError(
          folder
              + ": another build is running in this folder; wait for it, or choose another folder");
    }
    return channel;
  }

  /** Whether a build was begun here. */
  boolean begun() {
    return Files.exists(state.resolve(PLAN));
  }

  /**
   * Notes what is being built, or checks that it is what was being built.
   *
   * @throws UserError that says what differs
   */
  void agree(Map<String, String> plan) throws IOException {
    Path file = state.resolve(PLAN);
    if (!begun()) {
      WholeFile.write(file, Json.text(plan));
      return;
    }
    List<String> differences = differences(plan);
    if (!differences.isEmpty()) {
      throw UserError.about(
          Knob.FORCE,
          "%s: expected this build, found an interrupted build of something else (%s); choose another folder, or start over"
              .formatted(folder, String.join("; ", differences)));
    }
  }

  /** Whether that is what was being built. */
  boolean agrees(Map<String, String> plan) throws IOException {
    try {
      return differences(plan).isEmpty();
    } catch (UserError e) {
      return false;
    }
  }

  private List<String> differences(Map<String, String> plan) throws IOException {
    Path file = state.resolve(PLAN);
    Map<String, String> before = new TreeMap<>();
    try {
      JsonNode tree = Json.tree(Files.readString(file));
      tree.properties().forEach(p -> before.put(p.getKey(), p.getValue().asString("")));
    } catch (JacksonException e) {
      throw UserError.about(
          Knob.FORCE, file + ": expected the plan of a build, found a damaged file; start over", e);
    }
    List<String> differences = new ArrayList<>();
    plan.forEach(
        (key, now) -> {
          String then = before.getOrDefault(key, "nothing");
          if (!then.equals(now)) {
            differences.add("%s: was %s, now %s".formatted(key, then, now));
          }
        });
    return differences;
  }

  /** Forgets what was being built. */
  void clear() throws IOException {
    try (Stream<Path> entries = Files.list(state)) {
      for (Path entry : entries.filter(e -> !e.endsWith(LOCK)).toList()) {
        FileTree.remove(entry);
      }
    }
  }

  void add(int number, Shard shard) throws IOException {
    WholeFile.write(file(number), Json.text(shard));
  }

  /** The whole shards, in order, up to the first that is not as it was written. */
  List<Shard> shards() throws IOException {
    List<Shard> shards = new ArrayList<>();
    while (Files.exists(file(shards.size()))) {
      Shard shard;
      try {
        shard = Json.read(Json.tree(Files.readString(file(shards.size()))), Shard.class);
      } catch (JacksonException e) {
        break;
      }
      if (!whole(shard)) {
        break;
      }
      shards.add(shard);
    }
    return shards;
  }

  private boolean whole(Shard shard) throws IOException {
    for (Manifest.FileEntry entry : shard.files()) {
      Path file = folder.resolve(entry.path());
      // After a power failure a file may have its length and not its content.
      if (!Files.isRegularFile(file)
          || Files.size(file) != entry.bytes()
          || !Checksum.of(file).equals(entry.crc32c())) {
        return false;
      }
    }
    return true;
  }

  private Path file(int number) {
    return state.resolve("shard-%05d.json".formatted(number));
  }
}
