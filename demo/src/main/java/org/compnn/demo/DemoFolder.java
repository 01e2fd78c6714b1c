package org.compnn.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.explain.Explanation;
import org.compnn.files.FileTree;
import org.compnn.image.Palette;
import org.compnn.image.PictureFile;
import org.compnn.problem.UserError;

/**
 * What a demo leaves behind.
 *
 * <pre>
 * report.html          the page; written last
 * queries/paint/*.png  the unseen buildings, as the networks took them in
 * queries/label/*.png
 * data/                the training buildings: photos, label maps, tags
 * mistaken/            some of them, with wrong labels
 * models/              the networks
 * paint.db, label.db, mistaken.db   their databases
 * </pre>
 *
 * @param root the folder
 */
record DemoFolder(Path root) {
  private static final String MARK = "made-by-compnn-demo.txt";
  private static final List<String> PARTS =
      List.of(
          "report.html",
          "queries",
          "data",
          "models",
          "paint.db",
          "label.db",
          "mistaken",
          "mistaken.db");

  /**
   * A folder to write to, empty but for a mark that makes it ours.
   *
   * @throws UserError if there are files of others in it
   */
  static DemoFolder begin(Path root) throws IOException {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new UserError(root + ": expected a folder, found a file; choose another --out");
    }
    Files.createDirectories(root);
    Path mark = root.resolve(MARK);
    if (Files.exists(mark)) {
      for (String part : PARTS) {
        FileTree.remove(root.resolve(part));
      }
    }
    try (Stream<Path> inside = Files.list(root)) {
      if (inside.anyMatch(entry -> !entry.equals(mark))) {
        throw new UserError(
            root
                + ": expected a new or empty folder or one of an earlier demo, found other files in"
                + " it; choose another --out");
      }
    }
    Files.writeString(mark, "'compnn demo' overwrites everything in this folder.\n");
    return new DemoFolder(root);
  }

  Path report() {
    return root.resolve("report.html");
  }

  Path models() {
    return root.resolve("models");
  }

  Path data() {
    return root.resolve("data");
  }

  Path mistakenData() {
    return root.resolve("mistaken");
  }

  Path mistakenDatabase() {
    return root.resolve("mistaken.db");
  }

  Path database(Direction direction) {
    return root.resolve(name(direction) + ".db");
  }

  Path query(Direction direction, Explanation why) {
    return root.resolve("queries").resolve(name(direction)).resolve(why.name() + ".png");
  }

  void writeQuery(Direction direction, Explanation why) throws IOException {
    Path file = query(direction, why);
    Files.createDirectories(file.getParent());
    PictureFile.write(file, why.input(), Palette.of(List.of()));
  }

  private static String name(Direction direction) {
    return direction == Direction.PAINT ? "paint" : "label";
  }
}
