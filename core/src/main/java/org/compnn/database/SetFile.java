package org.compnn.database;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.compnn.files.Checksum;
import org.compnn.files.SealedJson;
import org.compnn.npy.ElementType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.databind.node.ObjectNode;

/** The file {@code set.json}: a {@link SetManifest} as JSON, sealed with a checksum of its own. */
public final class SetFile {
  /** Its name in the set's folder. */
  public static final String NAME = "set.json";

  /** Where a set's own shards lie. */
  public static final String SHARDS = "shards";

  /** A file that names the shards in which exemplars are being replaced. */
  public static final String REPLACING = SHARDS + "/replacing.txt";

  /** What all descriptions of sets say first. */
  public static final String FORMAT = "compnn-set";

  /** The version of the format that is written and read. */
  public static final int VERSION = 1;

  private static final SealedDescription<SetManifest> DESCRIPTION =
      new SealedDescription<>(
          SetManifest.class,
          NAME,
          FORMAT,
          VERSION,
          "a set",
          SetFile::complete,
          SetFile::fault,
          SetFile::damaged,
          SetFile::missing);

  private SetFile() {}

  /** Whether a folder holds a finished set. */
  public static boolean isThere(Path folder) {
    return Files.isRegularFile(folder.resolve(NAME));
  }

  /** The file's text, sealed with its own checksum. */
  public static String text(SetManifest manifest) {
    return SealedJson.text(manifest);
  }

  /**
   * The checksum by which a set knows a shard.
   *
   * @param shard its folder
   * @throws IOException if it has no description
   */
  public static String seal(Path shard) throws IOException {
    return Checksum.of(shard.resolve(ManifestFile.NAME));
  }

  /**
   * Reads and checks what can be checked without the shards.
   *
   * @throws UserError if there is no finished set, or its description is damaged or newer
   */
  public static SetManifest read(Path folder) {
    return DESCRIPTION.read(folder);
  }

  private static void complete(ObjectNode members) {
    if (!members.has("sideBySide")) {
      members.putArray("sideBySide");
    }
    members.path("layers").forEach(layer -> ManifestFile.completeLayer(layer.path("layer")));
  }

  private static UserError missing(Path folder, NoSuchFileException e) {
    return UserError.about(
        Knob.INDEX,
        folder
            + ": expected a folder with "
            + NAME
            + ", found none; index a data set in shards first",
        e);
  }

  private static UserError damaged(String what, Optional<Exception> cause) {
    String line =
        what
            + "; copy it again, or delete it and make the set anew of its shards, which are whole"
            + " databases";
    return cause.map(e -> new UserError(line, e)).orElseGet(() -> new UserError(line));
  }

  private static Optional<String> fault(SetManifest manifest) {
    if (manifest.shards().isEmpty() || manifest.layers().isEmpty()) {
      return Optional.of("expected shards and layers, found none");
    }
    Set<String> names = new HashSet<>();
    long free = 0;
    for (SetManifest.Shard shard : manifest.shards()) {
      if (!names.add(shard.name())) {
        return Optional.of("expected one shard of each name, found two of " + shard.name());
      }
      if (shard.first() < free || shard.exemplars() < 1) {
        return Optional.of("expected ranges of exemplars one after the other, found others");
      }
      free = (long) shard.first() + shard.exemplars();
      if (!isPlace(shard.location())) {
        return Optional.of(
            "expected folders on this machine's disks, found '" + shard.location() + "'");
      }
    }
    if (manifest.next() < free) {
      return Optional.of("expected numbers up to " + free + ", found " + manifest.next());
    }
    for (SetManifest.LayerStatistics layer : manifest.layers()) {
      int scales = manifest.elements() == ElementType.INT8 ? layer.layer().channels() : 0;
      if (layer.mean().size() != layer.layer().channels()
          || layer.deviation().size() != layer.layer().channels()
          || layer.scale().size() != scales
          || layer.mean().stream().anyMatch(m -> !Double.isFinite(m))
          || !positive(layer.deviation())
          || !positive(layer.scale())) {
        return Optional.of(
            "expected means and deviations of every channel of layer "
                + layer.layer().name()
                + ", found others");
      }
      Path folder = Path.of(layer.layer().folder());
      if (!folder.startsWith(Layout.LAYERS) || !folder.normalize().equals(folder)) {
        return Optional.of("expected layers inside the folder, found '" + folder + "'");
      }
    }
    return Optional.empty();
  }

  private static boolean positive(List<Double> numbers) {
    return numbers.stream().allMatch(number -> Double.isFinite(number) && number > 0);
  }

  private static boolean isPlace(String location) {
    try {
      if (location.startsWith(SetManifest.FILE_ADDRESS)) {
        return Path.of(URI.create(location)).isAbsolute();
      }
      // An address of another kind has a colon after its first letters.
      return !location.isEmpty()
          && !location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
          && !Path.of(location).toString().isEmpty();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return false;
    }
  }
}
