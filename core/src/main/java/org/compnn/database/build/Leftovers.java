package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.database.Annex;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.database.Problem;
import org.compnn.database.SetFile;
import org.compnn.files.Checksum;
import org.compnn.files.FileTree;
import org.compnn.problem.UserError;

/**
 * What a build that ended too early has left in a finished database's folder and that is good for
 * nothing any more. A build that can be gone on with is none of it.
 */
public final class Leftovers {
  /** What a plan says of an extension: the checksum of the description that it extends. */
  static final String ADDED_TO = "added to";

  private Leftovers() {}

  /** What there is, and how much; empty while a build is under way. */
  public static List<Problem> of(Path folder) {
    List<Problem> leftovers = new ArrayList<>();
    try {
      if (BuildLock.isTaken(folder)) {
        return List.of();
      }
      if (SetFile.isThere(folder)) {
        return SetLeftovers.of(folder);
      }
      Manifest manifest = ManifestFile.read(folder);
      Optional<OwnFiles> done = ofBuild(folder, manifest);
      if (done.isPresent()) {
        leftovers.add(
            new Problem(
                Layout.BUILD,
                String.format(
                    Locale.ROOT,
                    "left by a build that was broken off at its end (%.1f MB); index again to"
                        + " remove it",
                    done.get().leftoverBytes(manifest) / 1e6)));
      } else if (new BuildState(folder).begun()) {
        leftovers.add(
            new Problem(
                Layout.BUILD,
                "left by a build that can be gone on with, or is none of ours; the database is"
                    + " complete without"));
      }
      for (Path outgoing : OwnFiles.outgoing(folder, layers(manifest))) {
        leftovers.add(
            new Problem(
                folder.relativize(outgoing).toString(),
                "left by lists that were being replaced; index again to remove it"));
      }
    } catch (IOException | UserError e) {
      leftovers.add(new Problem(Layout.BUILD, "cannot be looked at (" + e.getMessage() + ")"));
    }
    return leftovers;
  }

  /**
   * Whether there is anything to remove; the file of a lock, too, which goes when the lock is given
   * back.
   */
  public static boolean any(Path folder) throws IOException {
    if (SetFile.isThere(folder)) {
      return Files.exists(folder.resolve(BuildLock.FILE), LinkOption.NOFOLLOW_LINKS)
          || !SetLeftovers.files(folder).isEmpty()
          || !SetLeftovers.outgoing(folder).isEmpty();
    }
    Manifest manifest = ManifestFile.read(folder);
    return Files.exists(folder.resolve(BuildLock.FILE), LinkOption.NOFOLLOW_LINKS)
        || ofBuild(folder, manifest).isPresent()
        || !OwnFiles.outgoing(folder, layers(manifest)).isEmpty();
  }

  /** Removes it. The caller holds the folder's {@link BuildLock}. */
  public static void remove(Path folder) throws IOException {
    if (SetFile.isThere(folder)) {
      for (Path file : SetLeftovers.files(folder)) {
        Files.delete(file);
      }
      bringBack(SetLeftovers.outgoing(folder));
      return;
    }
    Manifest manifest = ManifestFile.read(folder);
    Optional<OwnFiles> build = ofBuild(folder, manifest);
    if (build.isPresent()) {
      build.get().removeLeftovers(manifest);
    }
    bringBack(OwnFiles.outgoing(folder, layers(manifest)));
  }

  private static List<String> layers(Manifest manifest) {
    return manifest.layers().stream().map(Manifest.LayerEntry::folder).toList();
  }

  private static void bringBack(List<Path> all) throws IOException {
    for (Path outgoing : all) {
      String name = outgoing.getFileName().toString();
      Path target =
          outgoing.resolveSibling(name.substring(0, name.length() - Annex.OUTGOING.length()));
      if (Files.exists(target)) {
        FileTree.remove(outgoing);
      } else {
        // Those that were to follow never got their name.
        Files.move(outgoing, target);
      }
    }
  }

  private static Optional<OwnFiles> ofBuild(Path folder, Manifest manifest) throws IOException {
    BuildState state = new BuildState(folder);
    if (!state.begun()) {
      return Optional.empty();
    }
    try {
      String extended = state.plan().build().getOrDefault(ADDED_TO, "");
      return extended.equals(Checksum.of(ManifestFile.text(manifest)))
          ? Optional.empty()
          : Optional.of(OwnFiles.of(folder));
    } catch (UserError e) {
      // It is not ours to remove.
      return Optional.empty();
    }
  }
}
