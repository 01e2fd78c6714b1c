package org.compnn.database;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.files.Json;
import org.compnn.files.SealedJson;
import org.compnn.files.WholeFile;
import org.compnn.npy.NpyArray;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Arrays derived from a layer's cells, in a folder beside them: whole or not there at all. A
 * database is complete without any.
 *
 * @param folder where it lies
 * @param numbers what its maker noted
 * @param arena what its arrays are mapped in
 * @param scattered whether the database is too large to stay in memory
 */
public record Annex(Path folder, Map<String, Double> numbers, Arena arena, boolean scattered) {
  /** Its description. */
  public static final String FILE = "annex.json";

  /** What its folder's name ends in while another takes its place. */
  public static final String OUTGOING = ".old";

  private static final int VERSION = 2;

  /** As {@link #VERSION}, without a checksum at its end. */
  private static final int UNSEALED = 1;

  public Annex {
    numbers = Map.copyOf(numbers);
  }

  /**
   * What {@link #FILE} says.
   *
   * @param version of the format
   * @param numbers what its maker noted
   * @param files its arrays; their paths are relative to its folder
   */
  public record Description(
      int version, Map<String, Double> numbers, List<Manifest.FileEntry> files) {
    public Description {
      // In order, so that the same arrays have the same description.
      numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
      files = List.copyOf(files);
    }

    /** A description of the present version. */
    public static Description of(Map<String, Double> numbers, List<Manifest.FileEntry> files) {
      return new Description(VERSION, numbers, files);
    }

    /** Whether a checksum at its end tells that no byte of it was changed. */
    public boolean sealed() {
      return version == VERSION;
    }
  }

  /** A number that its maker noted; not a number if there is none. */
  public double number(String name) {
    return numbers.getOrDefault(name, Double.NaN);
  }

  /** Whether it has an array of that name. */
  public boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /** One of its arrays, mapped. */
  public NpyArray map(String name) {
    return NpyArray.map(folder.resolve(name), arena);
  }

  /** One of its arrays, mapped, of which little is wanted at a time, here and there. */
  public NpyArray mapScattered(String name) {
    return scattered ? NpyArray.mapScattered(folder.resolve(name), arena) : map(name);
  }

  static Optional<Annex> open(Path folder, Arena arena, boolean scattered) {
    if (!Files.isRegularFile(folder.resolve(FILE))) {
      return Optional.empty();
    }
    Description description = read(folder);
    for (Manifest.FileEntry entry : description.files()) {
      entry.check(folder);
    }
    return Optional.of(new Annex(folder, description.numbers(), arena, scattered));
  }

  /**
   * Reads a description.
   *
   * @param folder the annex's
   * @throws UserError if it is damaged or of another version
   */
  public static Description read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      SealedJson sealed = SealedJson.read(file);
      Description description = Json.read(sealed.tree(), Description.class);
      SealedJson.Seal expected =
          switch (description.version()) {
            case VERSION -> SealedJson.Seal.WHOLE;
            case UNSEALED -> SealedJson.Seal.NONE;
            default ->
                throw UserError.about(
                    Knob.INDEX,
                    "%s: expected version %d, found %d; delete this folder and index again"
                        .formatted(file, VERSION, description.version()));
          };
      if (sealed.seal() != expected) {
        throw damaged(file, null);
      }
      for (Manifest.FileEntry entry : description.files()) {
        if (!entry.path().matches("[A-Za-z0-9_-]+\\.npy")) {
          throw new UserError(
              file + ": expected names of arrays in this folder, found '" + entry.path() + "'");
        }
      }
      return description;
    } catch (IOException | JacksonException e) {
      throw damaged(file, e);
    }
  }

  private static UserError damaged(Path file, @Nullable Exception cause) {
    String line =
        file
            + ": expected a description of arrays, found a damaged file; delete its folder and"
            + " index again";
    return cause == null
        ? UserError.about(Knob.INDEX, line)
        : UserError.about(Knob.INDEX, line, cause);
  }

  /** All annexes below a layer's folder, those that lack their description among them. */
  public static List<Path> below(Path layerFolder) throws IOException {
    if (!Files.isDirectory(layerFolder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(layerFolder)) {
      return folders
          .filter(
              f ->
                  Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)
                      && !f.toString().endsWith(WholeFile.ASIDE)
                      && !f.toString().endsWith(OUTGOING))
          .sorted()
          .toList();
    }
  }

  /** The annex's files as the database's folder sees them. */
  static List<Manifest.FileEntry> files(Path database, Path annex) {
    return read(annex).files().stream()
        .map(
            f ->
                new Manifest.FileEntry(
                    database.relativize(annex).resolve(f.path()).toString().replace('\\', '/'),
                    f.bytes(),
                    f.crc32c()))
        .toList();
  }
}
