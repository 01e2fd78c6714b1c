package org.compnn.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.compnn.files.Checksum;
import org.compnn.network.graph.OnnxFile;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/** Compares a database's files with what its description says of them. */
final class Verification {
  private Verification() {}

  static List<Problem> of(Path folder, Collection<String> without, Progress progress) {
    return of(
        folder,
        without,
        places ->
            places.stream()
                .<Supplier<List<Problem>>>map(place -> () -> ofDatabase(place, progress))
                .toList(),
        progress);
  }

  static List<Problem> of(
      Path folder,
      Collection<String> without,
      Function<List<Path>, List<Supplier<List<Problem>>>> shards,
      Progress progress) {
    if (SetFile.isThere(folder)) {
      return ofSet(folder, without, shards, progress);
    }
    if (!without.isEmpty()) {
      Database.open(folder, without).close();
    }
    return ofDatabase(folder, progress);
  }

  private static List<Problem> ofDatabase(Path folder, Progress progress) {
    if (Database.isThere(folder)) {
      Links.refuseOutward(folder);
    }
    Manifest manifest = ManifestFile.read(folder);
    List<Problem> problems = new ArrayList<>();
    List<Manifest.FileEntry> files = new ArrayList<>(manifest.files());
    for (Manifest.LayerEntry layer : manifest.layers()) {
      addAnnexes(folder, layer, files, problems);
    }
    addChanged(folder, files, progress, problems);
    if (problems.isEmpty()) {
      addContradictions(folder, manifest, problems);
    }
    return List.copyOf(problems);
  }

  /** Its description, every file of every shard, and what is derived from all of them. */
  private static List<Problem> ofSet(
      Path folder,
      Collection<String> without,
      Function<List<Path>, List<Supplier<List<Problem>>>> verified,
      Progress progress) {
    SetManifest set = SetFile.read(folder);
    Opening.refuseUnknown(folder, set, without);
    List<SetManifest.Shard> shards =
        set.shards().stream().filter(shard -> !without.contains(shard.name())).toList();
    List<Supplier<List<Problem>>> found =
        verified.apply(shards.stream().map(shard -> shard.folder(folder)).toList());
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      addShard(folder, shards.get(i), found.get(i), problems);
    }
    List<Manifest.FileEntry> files = new ArrayList<>();
    for (SetManifest.LayerStatistics layer : set.layers()) {
      addAnnexes(folder, layer.layer(), files, problems);
    }
    addChanged(folder, files, progress, problems);
    if (problems.isEmpty()) {
      try {
        Database.open(folder, without).close();
      } catch (UserError e) {
        problems.add(new Problem(SetFile.NAME, String.valueOf(e.getMessage())));
      }
    }
    return List.copyOf(problems);
  }

  private static void addShard(
      Path folder, SetManifest.Shard shard, Supplier<List<Problem>> found, List<Problem> problems) {
    try {
      Opening.refuseOther(folder, shard, shard.folder(folder));
      for (Problem problem : found.get()) {
        problems.add(new Problem(shard.name() + "/" + problem.file(), problem.what()));
      }
    } catch (UserError e) {
      problems.add(new Problem(shard.name(), String.valueOf(e.getMessage())));
    }
  }

  private static void addChanged(
      Path folder, List<Manifest.FileEntry> files, Progress progress, List<Problem> problems) {
    long bytes = files.stream().mapToLong(Manifest.FileEntry::bytes).sum();
    try (Workers workers = Workers.ofMachine();
        Progress.Task task = progress.begin("verifying", "bytes", bytes)) {
      workers
          .<Optional<Problem>>map(
              files.size(),
              number -> {
                Manifest.FileEntry entry = files.get(number);
                Optional<String> wrong = wrong(folder.resolve(entry.path()), entry);
                task.advance(entry.bytes());
                return wrong.map(what -> new Problem(entry.path(), what));
              })
          .forEach(problem -> problem.ifPresent(problems::add));
    }
  }

  /** Sound files may still contradict each other where the description was edited. */
  private static void addContradictions(Path folder, Manifest manifest, List<Problem> problems) {
    try {
      Database.open(folder).close();
      String model = Layout.NETWORK + "/" + Layout.MODEL;
      String hash = OnnxFile.read(folder.resolve(model)).hash();
      if (!hash.equals(manifest.network().hash())) {
        problems.add(
            new Problem(
                model,
                "expected the network that made this database (SHA-256 %s), found another (%s)"
                    .formatted(manifest.network().hash(), hash)));
      }
    } catch (UserError e) {
      problems.add(new Problem(ManifestFile.NAME, String.valueOf(e.getMessage())));
    }
  }

  private static void addAnnexes(
      Path folder,
      Manifest.LayerEntry layer,
      List<Manifest.FileEntry> files,
      List<Problem> problems) {
    List<Path> annexes;
    try {
      annexes = Annex.below(folder.resolve(layer.folder()));
    } catch (IOException e) {
      problems.add(new Problem(layer.folder(), "cannot be read (" + e + ")"));
      return;
    }
    for (Path annex : annexes) {
      String description =
          folder.relativize(annex.resolve(Annex.FILE)).toString().replace('\\', '/');
      if (!Files.isRegularFile(annex.resolve(Annex.FILE))) {
        problems.add(new Problem(description, "missing; delete its folder and index again"));
        continue;
      }
      try {
        if (!Annex.read(annex).sealed()) {
          problems.add(
              new Problem(
                  description,
                  "expected a checksum at its end, found none (written by an earlier version);"
                      + " index again to add it"));
        }
        files.addAll(Annex.files(folder, annex));
      } catch (UserError e) {
        problems.add(new Problem(description, String.valueOf(e.getMessage())));
      }
    }
  }

  private static Optional<String> wrong(Path file, Manifest.FileEntry entry) {
    if (!Files.isRegularFile(file)) {
      return Optional.of("missing");
    }
    try {
      long found = Files.size(file);
      if (found != entry.bytes()) {
        return Optional.of(
            String.format(Locale.ROOT, "expected %d bytes, found %d", entry.bytes(), found));
      }
      String crc = Checksum.of(file);
      return crc.equals(entry.crc32c())
          ? Optional.empty()
          : Optional.of("expected checksum (CRC-32C) %s, found %s".formatted(entry.crc32c(), crc));
    } catch (IOException e) {
      return Optional.of("cannot be read (" + e + ")");
    }
  }
}
