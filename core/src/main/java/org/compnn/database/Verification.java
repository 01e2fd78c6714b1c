package org.compnn.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.compnn.files.Checksum;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/** Compares a database's files with what its description says of them. */
final class Verification {
  private Verification() {}

  static List<Problem> of(Path folder, Progress progress) {
    Manifest manifest = ManifestFile.read(folder);
    List<Problem> problems = new ArrayList<>();
    if (!ManifestFile.isSealed(folder)) {
      problems.add(
          new Problem(
              ManifestFile.NAME,
              "expected the checksum at its end, found another: the file was changed"));
    }
    List<Manifest.FileEntry> files = new ArrayList<>(manifest.files());
    for (Manifest.LayerEntry layer : manifest.layers()) {
      addAnnexes(folder, layer, files, problems);
    }
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
    if (problems.isEmpty()) {
      // Sound files may still contradict each other where the description was edited.
      try {
        Database.open(folder).close();
      } catch (UserError e) {
        problems.add(new Problem(ManifestFile.NAME, String.valueOf(e.getMessage())));
      }
    }
    return List.copyOf(problems);
  }

  private static void addAnnexes(
      Path folder,
      Manifest.LayerEntry layer,
      List<Manifest.FileEntry> files,
      List<Problem> problems) {
    try {
      for (Path annex : Annex.below(folder.resolve(layer.folder()))) {
        files.addAll(Annex.files(folder, annex));
      }
    } catch (UserError | IOException e) {
      problems.add(new Problem(layer.folder(), String.valueOf(e.getMessage())));
    }
  }

  private static Optional<String> wrong(Path file, Manifest.FileEntry entry) {
    if (!Files.isRegularFile(file)) {
      return Optional.of("missing");
    }
    try {
      long found = Files.size(file);
      if (found != entry.bytes()) {
        return Optional.of("expected %d bytes, found %d".formatted(entry.bytes(), found));
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
