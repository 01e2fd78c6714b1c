package org.compnn.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.compnn.files.Sha256;

/** Folders as a whole. */
final class Trees {
  private Trees() {}

  /** All files below a folder, sorted. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The hash of every file, by its path from the folder. */
  static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path file : files(folder)) {
      hashes.put(folder.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)).hex());
    }
    return hashes;
  }

  /** How two folders differ, by their hashes. */
  static Optional<String> difference(Map<String, String> expected, Map<String, String> found) {
    TreeSet<String> differing = new TreeSet<>(expected.keySet());
    differing.addAll(found.keySet());
    differing.removeIf(name -> Objects.equals(expected.get(name), found.get(name)));
    return differing.isEmpty()
        ? Optional.empty()
        : Optional.of("other than undisturbed: " + differing);
  }

  static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
