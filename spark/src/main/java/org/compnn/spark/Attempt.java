package org.compnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Function;
import org.compnn.database.Database;

/**
 * A try to build a folder. Each task builds in a folder of its own and gives it its name at the
 * end, in one step; of several that build the same, since one was taken for lost or was slow, the
 * first to end counts, and the others leave nothing.
 */
final class Attempt {
  private static final String FOLDER = "attempts";

  private Attempt() {}

  /** Where the attempts at a folder lie: on its own disk. */
  private static Path attempts(Path folder) {
    return folder.resolveSibling(FOLDER);
  }

  /**
   * Builds a folder.
   *
   * @param folder what it is called at the end
   * @param attempt a number that no other task has
   * @param work builds a database in the folder that it is given
   */
  static <T> T at(Path folder, long attempt, Function<Path, T> work) {
    Path own = attempts(folder).resolve(folder.getFileName() + "-" + attempt);
    try {
      remove(own);
      Files.createDirectories(own.getParent());
      T done = work.apply(own);
      publish(own, folder);
      return done;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      removeQuietly(own);
    }
  }

  private static void publish(Path own, Path folder) throws IOException {
    try {
      Files.move(own, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Database.isThere(folder)) {
        throw e;
      }
    }
  }

  private static void removeQuietly(Path own) {
    try {
      remove(own);
    } catch (IOException e) {
      // The driver removes what is left.
    }
  }

  /** Removes what attempts at a folder and its siblings have left. */
  static void clear(Path folder) throws IOException {
    remove(attempts(folder));
  }

  /** Removes a folder and all that is in it, or a file; nothing where there is none. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
            Files.deleteIfExists(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
