package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.compnn.database.Problem;
import org.compnn.database.SetFile;
import org.compnn.database.SetManifest;
import org.compnn.files.WholeFile;

/** What lies in a set's folder and is no part of the set. */
final class SetLeftovers {
  private SetLeftovers() {}

  /** What there is; nothing of it is removed but lists that were being replaced. */
  static List<Problem> of(Path folder) throws IOException {
    List<Problem> leftovers = new ArrayList<>();
    Set<Path> own =
        SetFile.read(folder).shards().stream()
            .map(shard -> shard.folder(folder).toAbsolutePath().normalize())
            .collect(Collectors.toSet());
    Path shards = folder.resolve(SetFile.SHARDS);
    if (Files.isDirectory(shards)) {
      try (Stream<Path> entries = Files.list(shards)) {
        entries
            .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
            .filter(entry -> !own.contains(entry.toAbsolutePath().normalize()))
            .sorted()
            .map(
                entry ->
                    new Problem(
                        folder.relativize(entry).toString(),
                        "no part of the set: taken out of it, or left by an addition that was"
                            + " broken off; add it, or delete it"))
            .forEach(leftovers::add);
      }
    }
    for (Path file : files(folder)) {
      leftovers.add(
          new Problem(
              folder.relativize(file).toString(),
              "left by a build that was broken off at its end; index again to remove it"));
    }
    for (Path outgoing : outgoing(folder)) {
      leftovers.add(
          new Problem(
              folder.relativize(outgoing).toString(),
              "left by lists that were being replaced; index again to remove it"));
    }
    return leftovers;
  }

  /** What a build that ended at its very end has left, good for nothing any more. */
  static List<Path> files(Path folder) {
    return Stream.of(
            WholeFile.aside(folder.resolve(SetFile.NAME)),
            folder.resolve(SetFile.SHARDS).resolve(CommonScales.FILE),
            WholeFile.aside(folder.resolve(SetFile.SHARDS).resolve(CommonScales.FILE)))
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  static List<Path> outgoing(Path folder) throws IOException {
    return OwnFiles.outgoing(
        folder,
        SetFile.read(folder).layers().stream()
            .map(SetManifest.LayerStatistics::layer)
            .map(layer -> layer.folder())
            .toList());
  }
}
