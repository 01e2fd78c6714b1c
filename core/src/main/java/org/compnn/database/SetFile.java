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
import org.compnn.files.Json;
import org.compnn.files.SealedJson;
import org.compnn.npy.ElementType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
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
    Path file = folder.resolve(NAME);
    SealedJson sealed;
    try {
      sealed = SealedJson.read(file);
    } catch (JacksonException e) {
      throw damaged(file + ": expected JSON, found a damaged file", e);
    } catch (NoSuchFileException e) {
      throw UserError.about(
          Knob.INDEX,
          folder
              + ": expected a folder with "
              + NAME
              + ", found none; index a data set in shards"
              + " first",
          e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + e + ")", e);
    }
    JsonNode tree = sealed.tree();
    if (!tree.path("format").asString("").equals(FORMAT)) {
      throw new UserError(file + ": expected the description of a set, found other JSON");
    }
    int version = tree.path("version").asInt(0);
    if (version != VERSION) {
      throw UserError.about(
          Knob.INDEX,
          "%s: expected format version %d, found %d; use the CompNN that made it, or index again"
              .formatted(file, VERSION, version));
    }
    if (!sealed.isWhole()) {
      throw damaged(
          file + ": expected the checksum at its end, found another: the file was changed", null);
    }
    try {
      if (tree instanceof ObjectNode members && !members.has("sideBySide")) {
        members.putArray("sideBySide");
      }
      SetManifest manifest = Json.read(tree, SetManifest.class);
      fault(manifest)
          .ifPresent(
              fault -> {
                throw damaged(file + ": " + fault, null);
              });
      return manifest;
    } catch (JacksonException e) {
      throw damaged(
          "%s: expected a whole description, found a damaged one (%s)"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  private static UserError damaged(String what, @Nullable Exception cause) {
    String line =
        what
            + "; copy it again, or delete it and make the set anew of its shards, which are whole"
            + " databases";
    return cause == null ? new UserError(line) : new UserError(line, cause);
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
