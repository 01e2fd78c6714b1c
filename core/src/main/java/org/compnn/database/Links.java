package org.compnn.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.problem.UserError;

/**
 * Symbolic links inside a database. It may come from anywhere and shall not make us read elsewhere;
 * its folder itself may be a link.
 */
final class Links {
  private static final List<String> WITHIN =
      List.of(ManifestFile.NAME, Layout.NETWORK, Layout.EXEMPLARS, Layout.LAYERS, Layout.BUILD);

  private Links() {}

  /**
   * @throws UserError if a link leads out of the database, or nowhere
   */
  static void refuseOutward(Path folder) {
    try {
      Path home = folder.toRealPath();
      for (String name : WITHIN) {
        Path entry = folder.resolve(name);
        if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
          outward(home, entry).ifPresent(Links::refuse);
        }
      }
    } catch (IOException e) {
      throw new UserError(folder + ": cannot be read (" + e + ")", e);
    }
  }

  private static Optional<Path> outward(Path home, Path tree) throws IOException {
    try (Stream<Path> entries = Files.walk(tree)) {
      return entries
          .filter(Files::isSymbolicLink)
          .filter(link -> !leadsInto(home, link))
          .findFirst();
    }
  }

  private static boolean leadsInto(Path home, Path link) {
    try {
      return link.toRealPath().startsWith(home);
    } catch (IOException e) {
      // It leads nowhere.
      return false;
    }
  }

  private static void refuse(Path link) {
    throw new UserError(
        link
            + ": expected a file of the database, found a link that leads out of it; copy the file"
            + " itself here");
  }
}
