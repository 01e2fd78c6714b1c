package org.compnn.database.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.database.Annex;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Manifest;
import org.compnn.files.FileTree;
import org.compnn.files.Json;
import org.compnn.files.SealedJson;
import org.compnn.files.WholeFile;
import tools.jackson.core.JacksonException;

/**
 * An annex under way: its arrays are written into {@link #folder}, then it is finished. One that
 * was broken off goes on after the last {@link #note}.
 */
public final class AnnexDraft {
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

  private AnnexDraft(Path target) {
    this.target = target;
    this.aside = WholeFile.aside(target);
  }

  /**
   * Begins arrays derived from a layer's cells, or goes on with them.
   *
   * @param store one of the database's layers
   * @param name of the annex
   */
  public static AnnexDraft of(Database database, CellStore store, String name) {
    return new AnnexDraft(database.annexFolder(store, name));
  }

  /**
   * Where the arrays are written until they are whole. What was left there of the same thing stays,
   * as far as it was noted; all else goes.
   *
   * @param what is being made, in words that tell it from anything else
   * @param bytes about how many its arrays and what they are made from will have
   * @throws org.compnn.problem.UserError if the disk has not so much room
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
    return left(aside);
  }

  private static Optional<Begun> left(Path aside) throws IOException {
    Path file = aside.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      SealedJson sealed = SealedJson.read(file);
      return sealed.isWhole()
          ? Optional.of(Json.read(sealed.tree(), Begun.class))
          : Optional.empty();
    } catch (JacksonException e) {
      // What is not known to be whole is made again.
      return Optional.empty();
    }
  }

  /** Removes a draft; one that is half removed is not gone on with. */
  static void discard(Path aside) throws IOException {
    Files.deleteIfExists(aside.resolve(FILE));
    FileTree.remove(aside);
  }

  /** Whether a folder holds an annex that can be gone on with. */
  public static boolean isNoted(Path aside) throws IOException {
    return left(aside).isPresent();
  }

  /** Whether something was noted: it does not begin now. */
  public boolean begun() {
    return !begun.numbers().isEmpty();
  }

  /** A number noted last; 0 if there is none. */
  public double noted(String name) {
    return begun.numbers().getOrDefault(name, 0.0);
  }

  /**
   * Seals the description of an annex that an earlier version wrote without a checksum.
   *
   * @throws org.compnn.problem.UserError if an array is missing or of another length
   */
  public static void seal(Path annex) throws IOException {
    Annex.Description description = Annex.read(annex);
    if (!description.sealed()) {
      for (Manifest.FileEntry entry : description.files()) {
        entry.check(annex);
      }
      WholeFile.write(
          annex.resolve(Annex.FILE),
          SealedJson.text(Annex.Description.of(description.numbers(), description.files())));
    }
  }

  /**
   * Adds numbers to the description of an annex that is there.
   *
   * @param annex its folder
   */
  public static void note(Path annex, Map<String, Double> further) throws IOException {
    Annex.Description description = Annex.read(annex);
    Map<String, Double> numbers = new TreeMap<>(description.numbers());
    numbers.putAll(further);
    WholeFile.write(
        annex.resolve(Annex.FILE),
        SealedJson.text(Annex.Description.of(numbers, description.files())));
    WholeFile.sync(annex);
  }

  /** Waits until all that was written is on the disk, and notes how far that is. */
  public void note(Map<String, Double> numbers) throws IOException {
    try (Stream<Path> files = Files.list(aside)) {
      for (Path file : files.toList()) {
        WholeFile.sync(file);
      }
    }
    begun = new Begun(begun.what(), numbers);
    WholeFile.write(aside.resolve(FILE), SealedJson.text(begun));
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
        files.add(Manifest.FileEntry.of(aside, array));
      }
    }
    WholeFile.write(
        aside.resolve(Annex.FILE), SealedJson.text(Annex.Description.of(numbers, files)));
    WholeFile.sync(aside);
    // Renamed and not removed: at every moment there are whole lists by that name, or none.
    Path outgoing = target.resolveSibling(target.getFileName() + Annex.OUTGOING);
    FileTree.remove(outgoing);
    if (Files.exists(target)) {
      Files.move(target, outgoing);
    }
    Files.move(aside, target);
    Path parent = target.getParent();
    if (parent != null) {
      WholeFile.sync(parent);
    }
    FileTree.remove(outgoing);
  }
}
