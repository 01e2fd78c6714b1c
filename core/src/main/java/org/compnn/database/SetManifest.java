package org.compnn.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.npy.ElementType;

/**
 * What {@code set.json} says. {@code docs/sets.md} is its description.
 *
 * @param format always {@link SetFile#FORMAT}
 * @param version version of the format
 * @param network as in every shard, like the next four
 * @param layers with the statistics that hold for all shards
 * @param shards in the order of their exemplars
 * @param next the number that the next exemplar gets
 * @param measured how many exemplars the statistics were worked out from
 */
public record SetManifest(
    String format,
    int version,
    Manifest.NetworkEntry network,
    Manifest.Extent input,
    Manifest.OutputEntry output,
    ElementType elements,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Manifest.SideBySideEntry> sideBySide,
    List<LayerStatistics> layers,
    List<Shard> shards,
    int next,
    int measured) {
  static final String FILE_ADDRESS = "file:";

  public SetManifest {
    sideBySide = List.copyOf(sideBySide);
    layers = List.copyOf(layers);
    shards = List.copyOf(shards);
  }

  /**
   * A layer and what its cells are standardised by.
   *
   * @param layer its folder is relative to the set's, and holds its lists
   * @param mean per channel, floats
   * @param deviation per channel, floats
   * @param scale per channel, floats; empty unless cells are signed bytes
   */
  public record LayerStatistics(
      Manifest.LayerEntry layer, List<Double> mean, List<Double> deviation, List<Double> scale) {
    public LayerStatistics {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
      scale = List.copyOf(scale);
    }

    public static LayerStatistics of(
        Manifest.LayerEntry layer, float[] mean, float[] deviation, float[] scale) {
      return new LayerStatistics(layer, doubles(mean), doubles(deviation), doubles(scale));
    }

    /** Numbers as they are noted. */
    public static List<Double> doubles(float[] numbers) {
      List<Double> doubles = new ArrayList<>(numbers.length);
      for (float number : numbers) {
        doubles.add((double) number);
      }
      return doubles;
    }

    /** Some of its numbers as they were. */
    public static float[] floats(List<Double> numbers) {
      float[] floats = new float[numbers.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = numbers.get(i).floatValue();
      }
      return floats;
    }
  }

  /**
   * A database that belongs to the set.
   *
   * @param name what it is called in the set
   * @param location its folder: relative to the set's, absolute, or a {@code file:} address
   * @param first the number of its first exemplar, see {@link Numbering}
   * @param exemplars how many it has
   * @param crc32c checksum of its {@code database.json}
   */
  public record Shard(String name, String location, int first, int exemplars, String crc32c) {
    /** Its folder. */
    public Path folder(Path set) {
      return location.startsWith(FILE_ADDRESS)
          ? Path.of(URI.create(location))
          : set.resolve(location);
    }
  }

  /** What its shards have in common. */
  Common common() {
    return new Common(
        network,
        input,
        output,
        elements,
        layers.stream().map(LayerStatistics::layer).toList(),
        sideBySide);
  }

  /** The same of other shards. */
  public SetManifest withShards(List<Shard> value, int following) {
    return new SetManifest(
        format,
        version,
        network,
        input,
        output,
        elements,
        sideBySide,
        layers,
        value,
        following,
        measured);
  }

  /** How many exemplars all shards have together. */
  public int exemplars() {
    return shards.stream().mapToInt(Shard::exemplars).sum();
  }
}
