package org.compnn.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.compnn.dataset.Direction;
import org.compnn.dataset.SideBySide;
import org.compnn.files.Checksum;
import org.compnn.image.HexColour;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.network.geometry.Geometry;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * What {@code database.json} says. {@code docs/database-format.md} is its description.
 *
 * @param format always {@link ManifestFile#FORMAT}
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
 * @param sideBySide how the training pictures held input and target beside each other; empty if
 *     they did not, else of one entry
 * @param files every other file of the database
 */
public record Manifest(
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SideBySideEntry> sideBySide,
    List<FileEntry> files) {
  public Manifest {
    sideBySide = List.copyOf(sideBySide);
    cuts = List.copyOf(cuts);
    layers = List.copyOf(layers);
    exemplars = List.copyOf(exemplars);
    files = List.copyOf(files);
  }

  /**
   * As {@link SideBySide}.
   *
   * @param direction {@code AtoB} or {@code BtoA}
   */
  public record SideBySideEntry(String direction, double aspect) {
    public static List<SideBySideEntry> of(Optional<SideBySide> pairs) {
      return pairs
          .map(
              each ->
                  new SideBySideEntry(
                      each.direction() == Direction.ATOB ? "AtoB" : "BtoA", each.aspect()))
          .stream()
          .toList();
    }

    SideBySide sideBySide() {
      return new SideBySide(direction.equals("AtoB") ? Direction.ATOB : Direction.BTOA, aspect);
    }
  }

  /**
   * @param hash of the ONNX file and its external data
   */
  public record NetworkEntry(String hash) {}

  /** Rows and columns of pixels. */
  public record Extent(int height, int width) {
    @Override
    public String toString() {
      return height + " x " + width;
    }
  }

  /**
   * @param kind whether predictions are label maps, pictures or values
   * @param channels numbers a pixel: 1 for label maps, 3 for pictures, 1 or more for values
   * @param classes names of the classes of label maps; else empty
   * @param colours a colour a class as {@code #rrggbb}; else empty
   */
  public record OutputEntry(
      OutputKind kind,
      int height,
      int width,
      int channels,
      List<String> classes,
      List<String> colours) {
    public OutputEntry {
      classes = List.copyOf(classes);
      colours = List.copyOf(colours);
    }

    public static OutputEntry of(Raster output, Optional<Palette> palette) {
      return new OutputEntry(
          switch (output) {
            case LabelMap _ -> OutputKind.LABELS;
            case Picture _ -> OutputKind.PICTURE;
            case ValueMap _ -> OutputKind.VALUES;
          },
          output.height(),
          output.width(),
          switch (output) {
            case LabelMap _ -> 1;
            case Picture _ -> 3;
            case ValueMap values -> values.channels();
          },
          palette.map(Palette::names).orElse(List.of()),
          palette.map(Palette::colours).orElse(List.of()).stream().map(HexColour::of).toList());
    }

    public Extent extent() {
      return new Extent(height, width);
    }

    /** The axes of one target or prediction. */
    public long[] shape() {
      return switch (kind) {
        case LABELS -> new long[] {height, width};
        case PICTURE -> new long[] {height, width, 3};
        case VALUES -> new long[] {height, width, channels};
      };
    }

    /** What targets and predictions are stored in. */
    public NpyType type() {
      return kind == OutputKind.VALUES ? NpyType.FLOAT32 : NpyType.UINT8;
    }

    /** The classes, if they are known. */
    public Optional<Palette> palette() {
      return kind != OutputKind.LABELS
          ? Optional.empty()
          : Optional.of(
              new Palette(
                  classes, colours.stream().map(HexColour::parse).toList(), OptionalInt.empty()));
    }
  }

  /** Along one axis, as {@link Geometry}. */
  public record AxisEntry(int cells, double stride, double origin, double before, double after) {
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
   * @param coding of one entry where its cells are coded, else empty
   */
  public record LayerEntry(
      String name,
      String operator,
      List<String> aliases,
      int channels,
      AxisEntry vertical,
      AxisEntry horizontal,
      String folder,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CodingEntry> coding) {
    public LayerEntry {
      aliases = List.copyOf(aliases);
      coding = List.copyOf(coding);
    }

    public static LayerEntry of(Layer layer, String folder, List<CodingEntry> coding) {
      return new LayerEntry(
          layer.name(),
          layer.operator(),
          layer.aliases(),
          layer.channels(),
          AxisEntry.of(layer.vertical()),
          AxisEntry.of(layer.horizontal()),
          folder,
          coding);
    }

    public Layer layer() {
      return new Layer(
          name, operator, aliases, channels, vertical.geometry(), horizontal.geometry());
    }
  }

  /**
   * What a layer's code was learnt from, and what it does to searches: some cells of training
   * pictures that were held out were searched for among others, with codes and without.
   *
   * @param axes axes that have bits
   * @param energy the share of cells' squared lengths along them
   * @param exemplars how many were looked at
   * @param cells how many were searched for; 0 if there was but one exemplar
   * @param among cells that they were searched for among
   * @param ratio mean distance of those found by code over that of the nearest
   * @param recall share of cells for which the code found one as near as the nearest
   */
  public record CodingEntry(
      int axes, double energy, int exemplars, int cells, int among, double ratio, double recall) {}

  /**
   * @param id its name in the data set
   * @param target whether it has a target
   * @param frame where its picture lies in the input, see {@link Frame#numbers}; empty in databases
   *     that are older than that
   */
  public record ExemplarEntry(String id, List<String> tags, boolean target, List<Integer> frame) {
    public ExemplarEntry {
      tags = List.copyOf(tags);
      frame = List.copyOf(frame);
    }
  }

  /**
   * @param path relative to the database's folder, with forward slashes
   * @param bytes the file's length
   * @param crc32c eight hexadecimal digits
   */
  public record FileEntry(String path, long bytes, String crc32c) {
    /**
     * Describes a file that is whole.
     *
     * @param folder what the path is to be relative to
     */
    public static FileEntry of(Path folder, Path file) throws IOException {
      String path = folder.relativize(file).toString().replace('\\', '/');
      return new FileEntry(path, Files.size(file), Checksum.of(file));
    }

    /**
     * Looks whether the file is there and has its length.
     *
     * @param folder what the path is relative to
     * @throws UserError if not
     */
    public void check(Path folder) {
      Path file = folder.resolve(path);
      long found;
      try {
        found = Files.size(file);
      } catch (NoSuchFileException e) {
        throw UserError.about(
            Knob.REINDEX,
            file
                + ": expected a file of the database, found no such file; copy the database again,"
                + " or index the data set again",
            e);
      } catch (IOException e) {
        throw new UserError(file + ": cannot be read (" + e + ")", e);
      }
      if (found != bytes) {
        throw UserError.about(
                Knob.REINDEX,
                "%s: expected %d bytes, found %d; copy the database again, or index the data set again; verify lists all damaged files"
                    .formatted(file, bytes, found))
            .and(Knob.VERIFY);
      }
    }

    /**
     * Reads it through and looks whether it is as it was written.
     *
     * @param folder what the path is relative to
     * @throws UserError if not
     */
    public void checkContent(Path folder) {
      Path file = folder.resolve(path);
      String found;
      try {
        found = Checksum.of(file);
      } catch (IOException e) {
        throw new UserError(file + ": cannot be read (" + e + ")", e);
      }
      if (!found.equals(crc32c)) {
        throw UserError.about(
                Knob.REINDEX,
                "%s: expected checksum %s, found %s: the file was changed; copy the database again, or index the data set again; verify lists all damaged files"
                    .formatted(file, crc32c, found))
            .and(Knob.VERIFY);
      }
    }
  }

  /**
   * Where each file lies, by the name that it had before any exemplars were replaced.
   *
   * @throws IllegalArgumentException if two have the same
   */
  public Map<String, String> located() {
    Map<String, String> located = new HashMap<>();
    for (FileEntry file : files) {
      String other = located.put(Layout.unrevised(file.path()), file.path());
      if (other != null) {
        throw new IllegalArgumentException(other + " and " + file.path());
      }
    }
    return located;
  }

  public int shards() {
    return cuts.isEmpty() ? Math.ceilDiv(exemplars.size(), exemplarsPerShard) : cuts.size();
  }

  /** Exemplars in one shard. */
  public int inShard(int shard) {
    return cuts.isEmpty()
        ? Math.min(exemplarsPerShard, exemplars.size() - shard * exemplarsPerShard)
        : cuts.get(shard);
  }

  public boolean hasTargets() {
    return exemplars.stream().anyMatch(ExemplarEntry::target);
  }
}
