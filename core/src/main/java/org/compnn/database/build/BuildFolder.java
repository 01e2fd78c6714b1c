package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.files.WholeFile;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/** The folder that a build writes to: what may lie there, and clearing it. */
final class BuildFolder {
  private BuildFolder() {}

  /**
   * Keeps a build out of a folder with something else in it.
   *
   * @param force whether a finished database may be there
   * @throws UserError if the build may not use the folder
   */
  static void refuseForeign(Path folder, boolean force) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": expected a folder, found a file; choose another folder");
    }
    boolean finished = Files.exists(folder.resolve(ManifestFile.NAME), LinkOption.NOFOLLOW_LINKS);
    if (finished && !force) {
      throw UserError.about(
          Knob.FORCE,
          folder
              + ": expected a new folder, found a database; choose another folder, or replace it");
    }
    if (finished || new BuildState(folder).begun()) {
      OwnFiles.of(folder).refuseOthers();
    } else {
      refuseAnything(folder);
    }
  }

  private static void refuseAnything(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.anyMatch(entry -> !isBegun(entry))) {
        throw new UserError(
            folder
                + ": expected a new or empty folder, found one with other files; choose another"
                + " folder");
      }
    }
  }

  /** Whether something is what a build leaves that ended before it wrote its plan. */
  private static boolean isBegun(Path entry) {
    String name = entry.getFileName().toString();
    if (name.equals(BuildLock.FILE)) {
      return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
    }
    if (!name.equals(Layout.BUILD) || !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> within = Files.list(entry)) {
      return within.allMatch(
          file ->
              file.getFileName().toString().equals(BuildState.PLAN + WholeFile.ASIDE)
                  && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Removes a database or one begun, and nothing else, for a build that takes its place.
   *
   * @param plan of that build; it is noted first, so that what is left is known as ours
   */
  static void clear(Path folder, BuildState.Plan plan) throws IOException {
    OwnFiles own = OwnFiles.of(folder);
    BuildState state = new BuildState(folder);
    state.forgetShards();
    state.note(plan.over(own));
    // The description goes before the rest: what is left of a database is none.
    Files.deleteIfExists(folder.resolve(ManifestFile.NAME));
    own.remove();
  }

  /**
   * @throws UserError if the disk clearly has not so much room
   */
  static void checkRoom(Path folder, long bytes) throws IOException {
    long room = Files.getFileStore(folder).getUsableSpace();
    if (room < bytes) {
      throw new UserError(
          "%s: expected about %.1f GB of free disk space, found %.1f GB; free some, choose another folder, or index fewer layers"
              .formatted(folder, bytes / 1e9, room / 1e9));
    }
  }

  /** Waits until the names of all files are on the disk. */
  static void syncFolders(Path folder, List<Manifest.FileEntry> files) throws IOException {
    Set<Path> folders =
        files.stream()
            .map(file -> folder.resolve(file.path()).getParent())
            .collect(Collectors.toCollection(HashSet::new));
    for (Path each : folders) {
      WholeFile.sync(each);
    }
  }
}
