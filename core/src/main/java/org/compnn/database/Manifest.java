package org.compnn.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.compnn.files.Checksum;
import org.compnn.files.Json;
import org.compnn.image.HexColour;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Geometry;
import org.compnn.network.Layer;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code database.json} says. {@code docs/database-format.md} is its description.
 *
 * @param format always {@link #FORMAT}
 * @param version version of the format
 * @param network the network that was run
 * @param input size of the stored inputs
 * @param output size and kind of the stored predictions and targets
 * @param elements type of the stored cells
 * @param exemplarsPerShard exemplars in every shard but the last
 * @param cuts exemplars in each shard where that does not hold, since exemplars were added later;
 *     else empty
 * @param layers the indexed layers
 * @param exemplars the training pairs, in the order of their index
 * @param files every other file of the database
 */
record Manifest(
    String format,
    int version,
    NetworkEntry network,
    Extent input,
    OutputEntry output,
    ElementType elements,
    int exemplarsPerShard,
    List<Integer> cuts,
    List<LayerEntry> layers,
    List<ExemplarEntry> exemplars,
    List<FileEntry> files) {
  static final String FILE = "database.json";
  static final String FORMAT = "compnn-database";
  static final int VERSION = 1;

  /** The last member of the file holds the checksum of what stands before it. */
  private static final String SEAL = ",\n  \"crc32c\" : \"";

  Manifest {
    cuts = List.copyOf(cuts);
    layers = List.copyOf(layers);
    exemplars = List.copyOf(exemplars);
    files = List.copyOf(files);
  }

  /**
   * @param hash of the ONNX file and its external data
   */
  record NetworkEntry(String hash) {}

  /** Rows and columns of pixels. */
  record Extent(int height, int width) {
    @Override
    public String toString() {
      return height + " x " + width;
    }
  }

  /**
   * @param kind whether predictions are label maps or pictures
   * @param classes names of the classes of label maps; empty for pictures
   * @param colours a colour a class as {@code #rrggbb}; empty for pictures
   */
  record OutputEntry(
      OutputKind kind, int height, int width, List<String> classes, List<String> colours) {
    OutputEntry {
      classes = List.copyOf(classes);
      colours = List.copyOf(colours);
    }

    static OutputEntry of(Raster output, Optional<Palette> palette) {
      return new OutputEntry(
          switch (output) {
            case LabelMap _ -> OutputKind.LABELS;
            case Picture _ -> OutputKind.PICTURE;
          },
          output.height(),
          output.width(),
          palette.map(Palette::names).orElse(List.of()),
          palette.map(Palette::colours).orElse(List.of()).stream().map(HexColour::of).toList());
    }

    Extent extent() {
      return new Extent(height, width);
    }

    /** The axes of one target or prediction. */
    long[] shape() {
      return switch (kind) {
        case LABELS -> new long[] {height, width};
        case PICTURE -> new long[] {height, width, 3};
      };
    }

    /** The classes, if they are known. */
    Optional<Palette> palette() {
      return kind == OutputKind.PICTURE
          ? Optional.empty()
          : Optional.of(
              new Palette(
                  classes, colours.stream().map(HexColour::parse).toList(), OptionalInt.empty()));
    }
  }

  /** Along one axis, as {@link Geometry}. */
  record AxisEntry(int cells, double stride, double origin, double before, double after) {
    static AxisEntry of(Geometry g) {
      return new AxisEntry(g.cells(), g.stride(), g.origin(), g.before(), g.after());
    }

    Geometry geometry() {
      return new Geometry(cells, stride, origin, before, after);
    }
  }

  /**
   * As {@link Layer}.
   *
   * @param folder where its files lie
   */
  record LayerEntry(
      String name,
      String operator,
      List<String> aliases,
      int channels,
      AxisEntry vertical,
      AxisEntry horizontal,
      String folder) {
    LayerEntry {
      aliases = List.copyOf(aliases);
    }

    static LayerEntry of(Layer layer, String folder) {
      return new LayerEntry(
          layer.name(),
          layer.operator(),
          layer.aliases(),
          layer.channels(),
          AxisEntry.of(layer.vertical()),
          AxisEntry.of(layer.horizontal()),
          folder);
    }

    Layer layer() {
      return new Layer(
          name, operator, aliases, channels, vertical.geometry(), horizontal.geometry());
    }
  }

  /**
   * @param id its name in the data set
   * @param target whether it has a target
   */
  record ExemplarEntry(String id, List<String> tags, boolean target) {
    ExemplarEntry {
      tags = List.copyOf(tags);
    }
  }

  /**
   * @param path relative to the database's folder, with forward slashes
   * @param bytes the file's length
   * @param crc32c eight hexadecimal digits
   */
  record FileEntry(String path, long bytes, String crc32c) {}

  /** The file's text, sealed with its own checksum. */
  String text() {
    String body = Json.text(this).stripTrailing();
    String open = body.substring(0, body.lastIndexOf('}')).stripTrailing();
    return open + SEAL + Checksum.of(open) + "\"\n}\n";
  }

  /**
   * Reads and checks what can be checked without the other files.
   *
   * @throws UserError if there is no finished database, or its description is damaged or newer
   */
  static Manifest read(Path folder) {
    Path file = folder.resolve(FILE);
    JsonNode tree;
    try {
      tree = Json.tree(readText(folder));
    } catch (JacksonException e) {
      throw new UserError(
          file + ": expected JSON, found a damaged file; run compnn index again with --force", e);
    }
    if (!tree.path("format").asString("").equals(FORMAT)) {
      throw new UserError(file + ": expected the description of a database, found other JSON");
    }
    int version = tree.path("version").asInt(0);
    if (version != VERSION) {
      throw new UserError(
          "%s: expected format version %d, found %d; use the CompNN that made it, or run compnn index again"
              .formatted(file, VERSION, version));
    }
    try {
      if (tree instanceof ObjectNode members && !members.has("cuts")) {
        // Databases that nothing was added to need not say so.
        members.putArray("cuts");
      }
      Manifest manifest = Json.read(tree, Manifest.class);
      manifest
          .fault()
          .ifPresent(
              fault -> {
                throw new UserError(file + ": " + fault + "; run compnn index again with --force");
              });
      return manifest;
    } catch (JacksonException e) {
      throw new UserError(
          "%s: expected a whole description, found a damaged one (%s); run compnn index again with --force"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  /** Whether the file is as it was written. */
  static boolean sealed(Path folder) {
    String text = readText(folder);
    int seal = text.lastIndexOf(SEAL);
    return seal >= 0
        && text.substring(seal + SEAL.length())
            .equals(Checksum.of(text.substring(0, seal)) + "\"\n}\n");
  }

  private static String readText(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UserError(
          Files.isDirectory(folder.resolve(BuildState.FOLDER))
              ? folder + ": the build of this database was not finished; run compnn index again"
              : folder
                  + ": expected a folder with "
                  + FILE
                  + ", found none; make it with compnn index",
          e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + e + ")", e);
    }
  }

  int shards() {
    return cuts.isEmpty() ? Math.ceilDiv(exemplars.size(), exemplarsPerShard) : cuts.size();
  }

  /** Exemplars in one shard. */
  int inShard(int shard) {
    return cuts.isEmpty()
        ? Math.min(exemplarsPerShard, exemplars.size() - shard * exemplarsPerShard)
        : cuts.get(shard);
  }

  boolean hasTargets() {
    return exemplars.stream().anyMatch(ExemplarEntry::target);
  }

  private Optional<String> fault() {
    Set<String> paths = new HashSet<>();
    for (FileEntry entry : files) {
      if (!inside(entry.path)) {
        return Optional.of("expected paths inside the folder, found '" + entry.path + "'");
      }
      paths.add(entry.path);
    }
    if (exemplars.isEmpty() || layers.isEmpty() || exemplarsPerShard < 1) {
      return Optional.of("expected exemplars and layers, found none");
    }
    if (!cuts.isEmpty()
        && (cuts.stream().anyMatch(cut -> cut < 1)
            || cuts.stream().mapToLong(cut -> cut).sum() != exemplars.size())) {
      return Optional.of(
          "expected shards of all " + exemplars.size() + " exemplars, found " + cuts);
    }
    try {
      output.palette();
    } catch (IllegalArgumentException e) {
      return Optional.of("expected classes with colours, found " + e.getMessage());
    }
    List<String> needed = new ArrayList<>(List.of(Layout.NETWORK + "/" + Layout.MODEL));
    for (int shard = 0; shard < shards(); shard++) {
      needed.add(Layout.shard(Layout.INPUT, shard));
      needed.add(Layout.shard(Layout.PREDICTION, shard));
      if (hasTargets()) {
        needed.add(Layout.shard(Layout.TARGET, shard));
      }
    }
    for (LayerEntry layer : layers) {
      if (layer.channels < 1 || layer.vertical.cells < 1 || layer.horizontal.cells < 1) {
        return Optional.of("expected cells in layer " + layer.name + ", found none");
      }
      needed.addAll(layerPaths(layer));
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

  private List<String> layerPaths(LayerEntry layer) {
    List<String> paths = new ArrayList<>();
    for (int shard = 0; shard < shards(); shard++) {
      paths.add(Layout.shard(layer.folder + Layout.CELLS, shard));
    }
    paths.add(layer.folder + "/" + Layout.MEAN);
    paths.add(layer.folder + "/" + Layout.DEVIATION);
    if (elements == ElementType.INT8) {
      paths.add(layer.folder + "/" + Layout.SCALE);
    }
    return paths;
  }
}
