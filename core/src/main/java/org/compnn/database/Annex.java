package org.compnn.database;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.files.Checksum;
import org.compnn.files.FileTree;
import org.compnn.files.Json;
import org.compnn.files.WholeFile;
import org.compnn.npy.NpyArray;
import org.compnn.problem.UserError;
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
  private static final String FILE = "annex.json";
  private static final int VERSION = 1;

  public Annex {
    numbers = Map.copyOf(numbers);
  }

  /** What {@code annex.json} says. */
  record Description(int version, Map<String, Double> numbers, List<Manifest.FileEntry> files) {
    Description {
      // In order, so that the same arrays have the same description.
      numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
      files = List.copyOf(files);
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
      Database.checkLength(folder.resolve(entry.path()), entry.bytes());
    }
    return Optional.of(new Annex(folder, description.numbers(), arena, scattered));
  }

  private static Description read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Description description = Json.read(Json.tree(Files.readString(file)), Description.class);
      if (description.version() != VERSION) {
        throw new UserError(
            "%s: expected version %d, found %d; delete this folder and run compnn index again"
                .formatted(file, VERSION, description.version()));
      }
      for (Manifest.FileEntry entry : description.files()) {
        if (!entry.path().matches("[A-Za-z0-9_-]+\\.npy")) {
          throw new UserError(
              file + ": expected names of arrays in this folder, found '" + entry.path() + "'");
        }
      }
      return description;
    } catch (IOException | JacksonException e) {
      throw new UserError(
          file
              + ": expected a description of arrays, found a damaged file; delete this folder and"
              + " run compnn index again",
          e);
    }
  }

  /** All annexes below a layer's folder. */
  static List<Path> below(Path layerFolder) throws IOException {
    if (!Files.isDirectory(layerFolder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(layerFolder)) {
      return folders
          .filter(
              f -> Files.isRegularFile(f.resolve(FILE)) && !f.toString().endsWith(WholeFile.ASIDE))
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

  /**
   * An annex under way: its arrays are written into {@link #folder}, then it is finished. One that
   * was broken off goes on after the last {@link #note}.
   */
  public static final class Draft {
    /** What the names of files end in that are part of the draft alone. */
    public static final String SCRATCH = ".tmp";

    private static final String FILE = "draft.json";

    private final Path target;
    private final Path aside;
    private Begun begun = new Begun("", Map.of());

    /** What is being made, and how far it has come. */
    record Begun(String what, Map<String, Double> numbers) {
      Begun {
        numbers = Map.copyOf(numbers);
      }
    }

    Draft(Path target) {
      this.target = target;
      this.aside = WholeFile.aside(target);
    }

    /**
     * Where the arrays are written until they are whole. What was left there of the same thing
     * stays, as far as it was noted; all else goes.
     *
     * @param what is being made, in words that tell it from anything else
     * @param bytes about how many its arrays and what they are made from will have
     * @throws UserError if the disk has not so much room
     */
    public Path folder(String what, long bytes) throws IOException {
      begun = left().filter(b -> b.what().equals(what)).orElse(new Begun(what, Map.of()));
      if (begun.numbers().isEmpty()) {
        FileTree.remove(aside);
        Files.createDirectories(aside);
      }
      // Of a draft that goes on, half is there: what the arrays are made from.
      BuildFolder.checkRoom(aside, begun() ? bytes / 2 : bytes);
      return aside;
    }

    private Optional<Begun> left() throws IOException {
      Path file = aside.resolve(FILE);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(Json.read(Json.tree(Files.readString(file)), Begun.class));
      } catch (JacksonException e) {
        // What is not known to be whole is made again.
        return Optional.empty();
      }
    }

    /** Whether something was noted: it does not begin now. */
    public boolean begun() {
      return !begun.numbers().isEmpty();
    }

    /** A number noted last; 0 if there is none. */
    public double noted(String name) {
      return begun.numbers().getOrDefault(name, 0.0);
    }

    /** Waits until all that was written is on the disk, and notes how far that is. */
    public void note(Map<String, Double> numbers) throws IOException {
      try (Stream<Path> files = Files.list(aside)) {
        for (Path file : files.toList()) {
          WholeFile.sync(file);
        }
      }
      begun = new Begun(begun.what(), numbers);
      WholeFile.write(aside.resolve(FILE), Json.text(begun));
    }

    /** Waits until all arrays are on the disk and gives the annex its name. */
    public void finish(Map<String, Double> numbers) throws IOException {
      // The note goes first: a draft that is broken off from here on begins anew.
      Files.deleteIfExists(aside.resolve(FILE));
      try (Stream<Path> files = Files.list(aside)) {
        for (Path file : files.filter(f -> f.toString().endsWith(SCRATCH)).toList()) {
          Files.delete(file);
        }
      }
      List<Manifest.FileEntry> files = new ArrayList<>();
      try (Stream<Path> arrays = Files.list(aside)) {
        for (Path array : arrays.sorted().toList()) {
          WholeFile.sync(array);
          files.add(
              new Manifest.FileEntry(
                  String.valueOf(array.getFileName()), Files.size(array), Checksum.of(array)));
        }
      }
      WholeFile.write(
          aside.resolve(Annex.FILE),
          Json.text(new Description(VERSION, new TreeMap<>(numbers), files)));
      WholeFile.sync(aside);
      FileTree.remove(target);
      Files.move(aside, target);
      Path parent = target.getParent();
      if (parent != null) {
        WholeFile.sync(parent);
      }
    }
  }
}
