package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.database.IndexReport;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.files.Checksum;
import org.compnn.files.Json;
import org.compnn.files.SealedJson;
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
  static final String PLAN = "plan.json";

  /** What all plans say first: it tells them from other files of that name. */
  private static final String FORMAT = "compnn-build";

  private static final int VERSION = 1;

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
      List<ChannelSums> statistics,
      List<Manifest.FileEntry> files) {
    Shard {
      exemplars = List.copyOf(exemplars);
      skipped = List.copyOf(skipped);
      statistics = List.copyOf(statistics);
      files = List.copyOf(files);
    }
  }

  /**
   * What is being built.
   *
   * @param format always {@code compnn-build}
   * @param build all that the shards of one build have in common, in words
   * @param layers the folders of its layers
   * @param files its other files: those of the network, and all that it replaces
   */
  record Plan(
      String format,
      int version,
      Map<String, String> build,
      List<String> layers,
      List<String> files) {
    Plan {
      build = Collections.unmodifiableMap(new TreeMap<>(build));
      layers = List.copyOf(layers);
      files = List.copyOf(files);
    }

    static Plan of(Map<String, String> build, List<String> layers, List<String> files) {
      return new Plan(FORMAT, VERSION, build, layers, files);
    }

    /** The same, in a folder with other files of ours. */
    Plan over(OwnFiles own) {
      return new Plan(
          format,
          version,
          build,
          Stream.concat(layers.stream(), own.layers().stream()).distinct().sorted().toList(),
          Stream.concat(files.stream(), own.named().stream()).distinct().sorted().toList());
    }
  }

  /** Whether a build was begun here. */
  boolean begun() {
    return Files.exists(state.resolve(PLAN), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * What was being built.
   *
   * @throws UserError if that is damaged or no plan of ours
   */
  Plan plan() throws IOException {
    Path file = state.resolve(PLAN);
    try {
      SealedJson sealed = SealedJson.read(file);
      JsonNode tree = sealed.tree();
      if (sealed.isWhole()
          && tree.path("format").asString("").equals(FORMAT)
          && tree.path("version").asInt(0) == VERSION) {
        return Json.read(tree, Plan.class);
      }
    } catch (JacksonException e) {
      // Falls through to the one message.
    }
    throw new UserError(
        file
            + ": expected the plan of a build, found a damaged file or another; choose another"
            + " folder, or delete this one");
  }

  /** Notes what is being built. */
  void note(Plan plan) throws IOException {
    Files.createDirectories(state);
    WholeFile.write(state.resolve(PLAN), SealedJson.text(plan));
  }

  /**
   * Notes what is being built, or checks that it is what was being built.
   *
   * @throws UserError that says what differs
   */
  void agree(Plan plan) throws IOException {
    if (!begun()) {
      note(plan);
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

  private List<String> differences(Plan plan) throws IOException {
    Map<String, String> before = plan().build();
    List<String> differences = new ArrayList<>();
    plan.build()
        .forEach(
            (key, now) -> {
              String then = before.getOrDefault(key, "nothing");
              if (!then.equals(now)) {
                differences.add("%s: was %s, now %s".formatted(key, then, now));
              }
            });
    return differences;
  }

  /** Forgets which shards are whole. */
  void forgetShards() throws IOException {
    if (Files.isDirectory(state)) {
      try (Stream<Path> entries = Files.list(state)) {
        for (Path entry : entries.toList()) {
          if (entry.getFileName().toString().matches("shard-\\d{5}\\.json")) {
            Files.delete(entry);
          }
        }
      }
    }
  }

  void add(int number, Shard shard) throws IOException {
    WholeFile.write(file(number), SealedJson.text(shard));
  }

  /** The whole shards, in order, up to the first that is not as it was written. */
  List<Shard> shards() throws IOException {
    List<Shard> shards = new ArrayList<>();
    while (Files.exists(file(shards.size()))) {
      Shard shard;
      try {
        SealedJson sealed = SealedJson.read(file(shards.size()));
        if (!sealed.isWhole()) {
          break;
        }
        shard = Json.read(sealed.tree(), Shard.class);
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
    return state.resolve(String.format(Locale.ROOT, "shard-%05d.json", number));
  }
}
