package org.compnn.dataset;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.compnn.problem.UserError;

/**
 * Paths as lists have them, of this machine or another: where a path is not there, its longest
 * ending that lies below the list's folder is taken. Backslashes and drive letters are understood.
 */
final class WrittenPath {
  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:(?=/)");

  private WrittenPath() {}

  /**
   * Finds the file.
   *
   * @param folder of the list
   * @param where what an error names
   * @throws UserError if no file can have such a path
   */
  static Optional<Path> find(Path folder, String written, String where) {
    if (written.indexOf('\0') >= 0) {
      throw new UserError(
          where + ": expected a path, found one with a NUL in it; is this a text file?");
    }
    // Lists and file systems may write an accent as one sign or as two.
    return Stream.of(written, normal(written, Form.NFC), normal(written, Form.NFD))
        .distinct()
        .map(text -> found(folder, text))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Path> found(Path folder, String written) {
    Optional<Path> asItIs = path(written).map(folder::resolve).filter(Files::isRegularFile);
    if (asItIs.isPresent()) {
      return asItIs;
    }
    String slashes = DRIVE.matcher(written.replace('\\', '/')).replaceFirst("");
    return path(slashes).flatMap(path -> ending(folder, path));
  }

  private static Optional<Path> ending(Path folder, Path path) {
    if (Files.isRegularFile(folder.resolve(path))) {
      return Optional.of(folder.resolve(path));
    }
    for (int from = 0; from < path.getNameCount(); from++) {
      Path ending = folder.resolve(path.subpath(from, path.getNameCount()));
      if (Files.isRegularFile(ending)) {
        return Optional.of(ending);
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      // Names that this machine's file system or character set cannot have.
      return Optional.empty();
    }
  }

  private static String normal(String text, Form form) {
    return Normalizer.normalize(text, form);
  }

  /** The id of a relative path as it is written; empty for one that was found otherwise. */
  static Optional<String> id(Path folder, String written, Path found) {
    return path(written)
        .filter(path -> !path.isAbsolute() && folder.resolve(path).equals(found))
        .map(path -> PictureTree.stem(Path.of(""), path));
  }

  /**
   * The ids of files: their paths below a folder where they all lie there, else below the deepest
   * folder that holds all; without endings.
   */
  static List<String> ids(Path folder, List<Path> files) {
    List<Path> whole = files.stream().map(Path::normalize).toList();
    Path common = whole.stream().allMatch(file -> file.startsWith(folder)) ? folder : root(whole);
    return whole.stream().map(file -> PictureTree.stem(common, file)).toList();
  }

  private static Path root(List<Path> files) {
    Path root = files.getFirst().resolveSibling("");
    for (Path file : files) {
      while (root.getParent() != null && !file.startsWith(root)) {
        root = root.getParent();
      }
    }
    return root;
  }
}
