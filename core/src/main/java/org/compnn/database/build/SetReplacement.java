package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.database.Replaced;
import org.compnn.database.SetFile;
import org.compnn.database.SetFit;
import org.compnn.database.SetManifest;
import org.compnn.files.WholeFile;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Replaces exemplars of a set, shard by shard, each as {@link DatabaseReplacement} does; then the
 * set's description takes the shards as they have become. While that is under way a file ({@link
 * SetFile#REPLACING}) names the shards that it is about: a set cannot be used where this was broken
 * off, until it is {@linkplain #settle settled}.
 */
public final class SetReplacement {
  private SetReplacement() {}

  private static Path underWay(Path folder) {
    return folder.resolve(SetFile.REPLACING);
  }

  /**
   * Takes shards as they are in which a replacement was broken off: each is whole, with the old
   * exemplars or the new ones. Does nothing where none was.
   */
  public static void settle(Path folder) {
    if (Files.isRegularFile(underWay(folder))) {
      SetEditing.locked(
          folder,
          () -> {
            take(folder, Set.copyOf(Files.readAllLines(underWay(folder))), true);
            return folder;
          });
    }
  }

  /**
   * Replaces exemplars by those of the same ids.
   *
   * @param threads pictures worked on at once
   * @throws UserError as {@link DatabaseReplacement#replace}, and if a shard is missing
   */
  public static Replaced replace(
      Path folder, List<Replacement> replacements, int threads, Progress progress) {
    settle(folder);
    return SetEditing.locked(folder, () -> replaceLocked(folder, replacements, threads, progress));
  }

  private static Replaced replaceLocked(
      Path folder, List<Replacement> replacements, int threads, Progress progress)
      throws IOException {
    SetManifest set = SetFile.read(folder);
    List<String> ids;
    try (Database database = Database.open(folder)) {
      ids = database.exemplars().stream().map(Exemplar::id).toList();
    }
    Map<Integer, Replacement> all = ReplacedExemplars.of(folder, ids, replacements);
    Map<String, List<Replacement>> byShard = new TreeMap<>();
    int begin = 0;
    for (SetManifest.Shard shard : set.shards()) {
      for (int i = begin; i < begin + shard.exemplars(); i++) {
        Replacement replacement = all.get(i);
        if (replacement != null) {
          byShard.computeIfAbsent(shard.name(), _ -> new ArrayList<>()).add(replacement);
        }
      }
      begin += shard.exemplars();
    }
    if (byShard.isEmpty()) {
      return new Replaced(0, 0, 0);
    }
    Files.createDirectories(folder.resolve(SetFile.SHARDS));
    WholeFile.write(underWay(folder), String.join("\n", byShard.keySet()) + "\n");
    int pictures = 0;
    int labels = 0;
    int same = 0;
    try {
      for (SetManifest.Shard shard : set.shards()) {
        List<Replacement> own = byShard.getOrDefault(shard.name(), List.of());
        if (!own.isEmpty()) {
          Replaced done = DatabaseReplacement.replace(shard.folder(folder), own, threads, progress);
          pictures += done.pictures();
          labels += done.labels();
          same += done.same();
        }
      }
    } finally {
      // Shards before one that could not be read stay replaced.
      take(folder, byShard.keySet(), pictures > 0);
    }
    return new Replaced(pictures, labels, same);
  }

  /**
   * Takes shards as they are.
   *
   * @param cells whether cells may have changed, so that lists are those of others
   */
  private static void take(Path folder, Set<String> names, boolean cells) throws IOException {
    SetManifest set = SetFile.read(folder);
    List<SetManifest.Shard> shards = new ArrayList<>();
    for (SetManifest.Shard shard : set.shards()) {
      Path place = shard.folder(folder);
      if (!names.contains(shard.name()) || SetFile.seal(place).equals(shard.crc32c())) {
        shards.add(shard);
        continue;
      }
      Manifest manifest = ManifestFile.read(place);
      SetFit.difference(set, manifest)
          .ifPresent(
              difference -> {
                throw new UserError(place + ": " + difference);
              });
      if (manifest.exemplars().size() != shard.exemplars()) {
        throw new UserError(
            "%s: expected %d exemplars, found %d; take it out of the set and add it again"
                .formatted(place, shard.exemplars(), manifest.exemplars().size()));
      }
      shards.add(SetWriting.shard(shard.name(), shard.location(), place, shard.first(), manifest));
    }
    if (cells) {
      SetWriting.removeLists(folder, set);
    }
    SetWriting.write(folder, set.withShards(shards, set.next()));
    Files.deleteIfExists(underWay(folder));
  }
}
