package org.compnn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.database.IndexReport;
import org.compnn.database.ManifestFile;
import org.compnn.database.SetFile;
import org.compnn.database.SetManifest;
import org.compnn.database.build.SetEditing;
import org.compnn.dataset.Dataset;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * A set: databases, its shards, that are opened and searched as one ({@link
 * org.compnn.database.Database#open}). {@link Index#shards} makes one; here it grows and shrinks.
 * Lists come after with {@link Index#lists}.
 *
 * @param folder where its description lies
 * @param shards in the order of their exemplars
 * @param measured how many exemplars its statistics were worked out from
 */
public record DatabaseSet(Path folder, List<Shard> shards, int measured) {
  public DatabaseSet {
    shards = List.copyOf(shards);
  }

  /** How a shard is found. */
  public enum State {
    /** As it was when the set took it in. */
    WHOLE,
    /** Not where it was. */
    MISSING,
    /** Another database, or changed since. */
    CHANGED
  }

  /**
   * A shard.
   *
   * @param name what the set calls it
   * @param folder where it lies, or should
   * @param exemplars how many it has
   */
  public record Shard(String name, Path folder, int exemplars, State state) {}

  /** Whether a folder holds a set. */
  public static boolean isThere(Path folder) {
    return SetFile.isThere(folder);
  }

  /**
   * Reads a set's description and looks for its shards.
   *
   * @throws UserError if there is no set, or its description was changed
   */
  public static DatabaseSet of(Path folder) {
    SetManifest set = SetFile.read(folder);
    return new DatabaseSet(
        folder,
        set.shards().stream()
            .map(
                shard ->
                    new Shard(
                        shard.name(),
                        shard.folder(folder),
                        shard.exemplars(),
                        state(shard, shard.folder(folder))))
            .toList(),
        set.measured());
  }

  private static State state(SetManifest.Shard shard, Path place) {
    if (!Files.isRegularFile(place.resolve(ManifestFile.NAME))) {
      return State.MISSING;
    }
    try {
      return SetFile.seal(place).equals(shard.crc32c()) ? State.WHOLE : State.CHANGED;
    } catch (IOException e) {
      throw new UserError(place + ": cannot be read (" + e + ")", e);
    }
  }

  /** How many exemplars all shards have together. */
  public int exemplars() {
    return shards.stream().mapToInt(Shard::exemplars).sum();
  }

  /**
   * Whether so much was added or taken out since its statistics were worked out that this is worth
   * doing anew.
   *
   * @return a line that says so, if they are of less than two thirds of what there is, or of half
   *     as much more
   */
  public Optional<String> outgrown() {
    int all = exemplars();
    return 3L * measured < 2L * all || 2L * measured > 3L * all
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s: means and deviations were worked out from %d pictures, and there are %d now;"
                    + " work them out anew for the best matches",
                folder,
                measured,
                all))
        : Optional.empty();
  }

  /**
   * Makes finished databases a set, where they lie; nothing in them is changed.
   *
   * @param folder the set's; the databases may lie in it
   * @param databases in the order of their exemplars, by the same network, of the same layers, type
   *     and sizes; at least one
   * @throws UserError if there is a set already, the databases do not fit each other, or have an id
   *     twice
   */
  public static void make(Path folder, List<Path> databases) {
    SetEditing.make(folder, databases);
  }

  /**
   * Takes a finished database in, where it lies; nothing in it is changed.
   *
   * @param database by the same network, of the same layers, type and sizes
   * @return what the set calls it
   * @throws UserError if it does not fit, has an id that the set has, or a shard is missing
   */
  public static String add(Path folder, Path database) {
    return SetEditing.add(folder, database);
  }

  /**
   * Indexes the pairs of a data set that the set does not have yet into a new shard.
   *
   * @param threads pictures worked on at once
   * @return how that went; of 0 exemplars if all pairs are there
   * @throws UserError if a pair cannot be read or does not fit, a shard is missing, or the disk is
   *     full
   */
  public static IndexReport add(Path folder, Dataset dataset, int threads, Progress progress) {
    return SetEditing.add(folder, dataset, threads, progress);
  }

  /**
   * Takes a shard out. Its folder stays as it is, and so do means and deviations.
   *
   * @return its folder
   * @throws UserError if there is none of that name, or no other
   */
  public static Path remove(Path folder, String name) {
    return SetEditing.remove(folder, name);
  }

  /**
   * Works out means and deviations anew, of all cells that the shards have now. Lists have to be
   * made anew after that.
   *
   * @throws UserError if a shard is missing or was changed
   */
  public static void restate(Path folder) {
    SetEditing.restate(folder);
  }
}
