package org.compnn.database;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.compnn.files.SealedJson;
import org.compnn.image.PictureSize;
import org.compnn.network.Frame;
import org.compnn.npy.ElementType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code database.json}: a {@link Manifest} as JSON, sealed with a checksum of its own.
 */
public final class ManifestFile {
  /** Its name in the database's folder. */
  public static final String NAME = "database.json";

  /** What all manifests say first. */
  public static final String FORMAT = "compnn-database";

  /** The version of the format that is written and read. */
  public static final int VERSION = 1;

  private static final SealedDescription<Manifest> DESCRIPTION =
      new SealedDescription<>(
          Manifest.class,
          NAME,
          FORMAT,
          VERSION,
          "a database",
          ManifestFile::complete,
          ManifestFile::fault,
          ManifestFile::damaged,
          ManifestFile::missing);

  private ManifestFile() {}

  /** The file's text, sealed with its own checksum. */
  public static String text(Manifest manifest) {
    return SealedJson.text(manifest);
  }

  /**
   * Reads and checks what can be checked without the other files.
   *
   * @throws UserError if there is no finished database, or its description is damaged or newer
   */
  public static Manifest read(Path folder) {
    return DESCRIPTION.read(folder);
  }

  /** What older databases need not say. */
  private static void complete(ObjectNode members) {
    for (String later : List.of("cuts", "sideBySide")) {
      if (!members.has(later)) {
        members.putArray(later);
      }
    }
    if (members.path("output") instanceof ObjectNode output && !output.has("channels")) {
      // Before there were outputs of values.
      output.put("channels", output.path("kind").asString("").equals("PICTURE") ? 3 : 1);
    }
    members.path("layers").forEach(ManifestFile::completeLayer);
    for (JsonNode exemplar : members.path("exemplars")) {
      if (exemplar instanceof ObjectNode entry && !entry.has("frame")) {
        entry.putArray("frame");
      }
    }
  }

  /** What older descriptions of a layer need not say. */
  static void completeLayer(JsonNode layer) {
    if (layer instanceof ObjectNode members && !members.has("coding")) {
      members.putArray("coding");
    }
  }

  /** Nothing that a damaged description says is relied on, not even to replace the database. */
  private static UserError damaged(String what, Optional<Exception> cause) {
    String line =
        what + "; copy the database again, or delete its folder and index the data set again";
    return cause
        .map(e -> UserError.about(Knob.INDEX, line, e))
        .orElseGet(() -> UserError.about(Knob.INDEX, line));
  }

  private static UserError missing(Path folder, NoSuchFileException e) {
    if (SetFile.isThere(folder)) {
      return new UserError(
          folder
              + ": expected a database, found a set of them; add a shard to it, or change one of"
              + " its shards and add that again",
          e);
    }
    return UserError.about(
        Knob.INDEX,
        Files.isDirectory(folder.resolve(Layout.BUILD))
                || Files.isDirectory(folder.resolve(SetFile.SHARDS))
            ? folder
                + ": expected a finished database, found an interrupted build; index again to"
                + " resume it"
            : folder + ": expected a folder with " + NAME + ", found none; index a data set first",
        e);
  }

  private static Optional<String> fault(Manifest manifest) {
    for (Manifest.FileEntry entry : manifest.files()) {
      if (!inside(entry.path())) {
        return Optional.of("expected paths inside the folder, found '" + entry.path() + "'");
      }
    }
    Set<String> paths;
    try {
      paths = manifest.located().keySet();
    } catch (IllegalArgumentException e) {
      return Optional.of("expected one file of each name, found two (" + e.getMessage() + ")");
    }
    int exemplars = manifest.exemplars().size();
    if (exemplars == 0 || manifest.layers().isEmpty() || manifest.exemplarsPerShard() < 1) {
      return Optional.of("expected exemplars and layers, found none");
    }
    List<Integer> cuts = manifest.cuts();
    if (!cuts.isEmpty()
        && (cuts.stream().anyMatch(cut -> cut < 1)
            || cuts.stream().mapToLong(cut -> cut).sum() != exemplars)) {
      return Optional.of("expected shards of all " + exemplars + " exemplars, found " + cuts);
    }
    for (Manifest.SideBySideEntry pairs : manifest.sideBySide()) {
      boolean known = pairs.direction().equals("AtoB") || pairs.direction().equals("BtoA");
      if (!known || !(pairs.aspect() > 0) || manifest.sideBySide().size() > 1) {
        return Optional.of("expected one direction, AtoB or BtoA, found another");
      }
    }
    if (manifest.output().channels() < 1) {
      return Optional.of("expected channels of the output, found none");
    }
    try {
      PictureSize input = new PictureSize(manifest.input().height(), manifest.input().width());
      manifest.exemplars().stream()
          .map(Manifest.ExemplarEntry::frame)
          .filter(numbers -> !numbers.isEmpty())
          .forEach(numbers -> Frame.of(numbers, input));
    } catch (IllegalArgumentException e) {
      return Optional.of("expected frames of six numbers, found " + e.getMessage());
    }
    try {
      manifest.output().palette();
    } catch (IllegalArgumentException e) {
      return Optional.of("expected classes with colours, found " + e.getMessage());
    }
    List<String> needed = new ArrayList<>(List.of(Layout.NETWORK + "/" + Layout.MODEL));
    for (int shard = 0; shard < manifest.shards(); shard++) {
      needed.add(Layout.shard(Layout.INPUT, shard));
      needed.add(Layout.shard(Layout.PREDICTION, shard));
      if (manifest.hasTargets()) {
        needed.add(Layout.shard(Layout.TARGET, shard));
      }
    }
    for (Manifest.LayerEntry layer : manifest.layers()) {
      if (layer.channels() < 1 || layer.vertical().cells() < 1 || layer.horizontal().cells() < 1) {
        return Optional.of("expected cells in layer " + layer.name() + ", found none");
      }
      if (layer.coding().size() != (manifest.elements() == ElementType.CODED ? 1 : 0)) {
        return Optional.of(
            "expected a code of coded cells in layer " + layer.name() + ", found another");
      }
      needed.addAll(layerPaths(manifest, layer));
    }
    for (String path : needed) {
      if (!paths.contains(path)) {
        return Optional.of("expected an entry for " + path + ", found none");
      }
    }
    return Optional.empty();
  }

  /** A database may come from anywhere; it shall not make us read elsewhere. */
  private static boolean inside(String path) {
    try {
      Path relative = Path.of(path);
      return !path.isEmpty()
          && !relative.isAbsolute()
          && relative.normalize().equals(relative)
          && !relative.startsWith("..");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static List<String> layerPaths(Manifest manifest, Manifest.LayerEntry layer) {
    List<String> paths = new ArrayList<>();
    for (int shard = 0; shard < manifest.shards(); shard++) {
      paths.add(Layout.shard(layer.folder() + Layout.CELLS, shard));
    }
    paths.add(layer.folder() + "/" + Layout.MEAN);
    paths.add(layer.folder() + "/" + Layout.DEVIATION);
    Layout.scales(manifest.elements()).ifPresent(name -> paths.add(layer.folder() + "/" + name));
    return paths;
  }
}
