package org.compnn.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.compnn.files.FileTree;
import org.compnn.files.Sha256;
import org.compnn.files.WholeFile;

/**
 * What was judged, kept in files so that a second start has it at once: {@code judgements} in the
 * folder beside a database, of this version of it and these settings. Where nothing can be written
 * it is kept in memory, as much as has room, and a line says so. Safe for many threads.
 */
final class ReviewFolder {
  private final Path folder;
  private final Cache<byte[]> memory;
  private final Consumer<String> log;
  private volatile boolean writable = true;

  /**
   * @param review the folder beside the database
   * @param version of the database; what was kept of others is removed
   * @param settings whatever else judgements depend on
   * @param mostBytes kept in memory where the folder cannot be written
   */
  ReviewFolder(Path review, String version, String settings, long mostBytes, Consumer<String> log) {
    Path all = review.resolve("judgements");
    this.folder = all.resolve(version + "-" + Sha256.of(settings).hex(4));
    this.memory = new Cache<>(mostBytes, bytes -> bytes.length);
    this.log = log;
    removeOthers(all, version);
  }

  private void removeOthers(Path all, String version) {
    if (!Files.isDirectory(all)) {
      return;
    }
    try (Stream<Path> folders = Files.list(all)) {
      for (Path each : folders.toList()) {
        // Only what has such a name is ours to remove.
        String name = each.getFileName().toString();
        if (name.matches("[0-9a-f]{16}-[0-9a-f]{8}") && !name.startsWith(version)) {
          FileTree.remove(each);
        }
      }
    } catch (IOException e) {
      log.accept(all + ": cannot remove what is out of date (" + e.getMessage() + ")");
    }
  }

  /** A file's content; nothing where there is none or it cannot be read. */
  Optional<byte[]> read(String name) {
    Optional<byte[]> held = memory.get(name);
    if (held.isPresent()) {
      return held;
    }
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(String name, byte[] content) {
    if (writable) {
      try {
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve(name), content);
        return;
      } catch (IOException e) {
        writable = false;
        log.accept(
            folder + ": cannot be written; judgements are kept in memory (" + e.getMessage() + ")");
      }
    }
    memory.put(name, content);
  }
}
