package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds files that annotations name, in the folders where people keep them. */
final class Whereabouts {
  private final Path root;
  private final List<Path> folders;
  private Optional<Map<String, Path>> byName = Optional.empty();

  private Whereabouts(Path root, List<Path> folders) {
    this.root = root;
    this.folders = folders;
  }

  /**
   * Looks around a file of annotations.
   *
   * @param root the data set's folder
   * @param beside the folder of the annotations
   * @param split the part that they are of
   * @param names folders to look into first
   */
  static Whereabouts near(Path root, Path beside, Optional<String> split, List<String> names) {
    List<Path> folders = new ArrayList<>();
    for (String name : names) {
      folders.add(beside.resolve(name));
      folders.add(root.resolve(name));
    }
    folders.add(root);
    folders.add(beside);
    for (String name : List.of("images", "data", "imgs", "img", "JPEGImages")) {
      split.ifPresent(s -> folders.add(root.resolve(name).resolve(s)));
      split.ifPresent(s -> folders.add(root.resolve(s).resolve(name)));
      folders.add(root.resolve(name));
    }
    split.ifPresent(s -> folders.add(0, root.resolve(s)));
    return new Whereabouts(root, folders);
  }

  /** The file of a name, which may have folders before it; empty if there is none, or several. */
  Optional<Path> find(String written) {
    String name = written.replace('\\', '/');
    for (int i = 0; i < folders.size(); i++) {
      Path file = folders.get(i).resolve(name);
      if (Files.isRegularFile(file)) {
        // The others most likely lie there too.
        folders.addFirst(folders.remove(i));
        return Optional.of(file);
      }
    }
    if (byName.isEmpty()) {
      byName = Optional.of(all());
    }
    return Optional.ofNullable(byName.get().get(Path.of(name).getFileName().toString()));
  }

  /** Pictures below the root whose names are there once. */
  private Map<String, Path> all() {
    Map<String, Path> found = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Path file : PictureTree.files(root, 9)) {
      String name = file.getFileName().toString();
      if (found.putIfAbsent(name, file) != null) {
        twice.add(name);
      }
    }
    twice.forEach(found::remove);
    return found;
  }
}
