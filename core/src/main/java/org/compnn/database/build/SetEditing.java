package org.compnn.database.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.IndexReport;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.database.SetFile;
import org.compnn.database.SetManifest;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/** Takes shards into a set and out of it. Nothing but the set's description changes by that. */
public final class SetEditing {
  private SetEditing() {}

  /** What is done while no other build works on the set. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  static <T> T locked(Path folder, Work<T> work) {
    SetFile.read(folder);
    return lockedAsItIs(folder, work);
  }

  private static <T> T lockedAsItIs(Path folder, Work<T> work) {
    try (BuildLock _ = BuildLock.take(folder)) {
      return work.run();
    } catch (UncheckedIOException e) {
      throw DatabaseBuilder.unwritable(folder, e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(folder, e);
    }
  }

  /**
   * Makes finished databases a set, where they lie, with the statistics of all their cells.
   *
   * @param folder the set's; the databases may lie in it, nothing in it is changed
   * @param places the databases' folders, in the order of their exemplars, at least one
   * @throws UserError if the folder holds a database or a set, or the databases do not fit each
   *     other or have an id twice
   */
  public static void make(Path folder, List<Path> places) {
    if (places.isEmpty()) {
      throw new UserError(folder + ": expected databases to make a set of, found none");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(folder, e);
    }
    lockedAsItIs(
        folder,
        () -> {
          if (Database.isThere(folder)) {
            throw new UserError(
                folder
                    + ": expected a folder without a database or a set, found one; choose another"
                    + " folder");
          }
          for (Path place : places) {
            // Says what is wrong with it, if anything is.
            Database.open(place).close();
          }
          SetWriting.assemble(folder, places);
          return folder;
        });
  }

  /**
   * Takes a finished database into a set, where it lies.
   *
   * @param place the database's folder
   * @return what the set calls it
   * @throws UserError if a shard is missing, or the database does not fit the set or has an id that
   *     the set has
   */
  public static String add(Path folder, Path place) {
    return locked(folder, () -> addLocked(folder, place));
  }

  private static String addLocked(Path folder, Path place) throws IOException {
    SetManifest set = SetFile.read(folder);
    // Says what is wrong with it, if anything is.
    Database.open(place).close();
    if (SetFile.isThere(place)) {
      throw new UserError(place + ": expected a database, found a set; add its shards one by one");
    }
    Manifest manifest = ManifestFile.read(place);
    SetWriting.check(set, place, manifest, idsOf(folder));
    List<float[]> common = StoredScales.of(folder, set);
    for (int i = 0; i < common.size(); i++) {
      String name = set.layers().get(i).layer().name();
      if (!Arrays.equals(SetWriting.scale(place, manifest, name), common.get(i))) {
        throw SetWriting.otherSteps(place, set.elements(), name);
      }
    }
    String name = SetWriting.unused(set.shards(), place);
    List<SetManifest.Shard> shards = new ArrayList<>(set.shards());
    shards.add(
        SetWriting.shard(name, SetWriting.location(folder, place), place, set.next(), manifest));
    int next = Math.addExact(set.next(), manifest.exemplars().size());
    SetWriting.write(folder, set.withShards(shards, next));
    return name;
  }

  private static Set<String> idsOf(Path folder) {
    Set<String> ids = new HashSet<>();
    try (Database database = Database.open(folder)) {
      database.exemplars().stream().map(Exemplar::id).forEach(ids::add);
    }
    return ids;
  }

  /**
   * Indexes the pairs of a data set that a set does not have into a shard of their own, with the
   * set's network, layers and type. An addition that was broken off is gone on with.
   *
   * @param threads pictures worked on at once
   * @return how that went; of 0 exemplars if all pairs are there
   * @throws UserError if a shard is missing, a pair cannot be read or does not fit, or the disk is
   *     full
   */
  public static IndexReport add(Path folder, Dataset dataset, int threads, Progress progress) {
    return locked(folder, () -> addLocked(folder, dataset, threads, progress));
  }

  private static IndexReport addLocked(Path folder, Dataset dataset, int threads, Progress progress)
      throws IOException {
    SetManifest set = SetFile.read(folder);
    Set<String> there = idsOf(folder);
    List<Pair> pairs = dataset.pairs().stream().filter(pair -> !there.contains(pair.id())).toList();
    if (pairs.isEmpty()) {
      return new IndexReport(0, 0, List.of(), threads, Duration.ZERO, Duration.ZERO);
    }
    Dataset missing =
        new Dataset(dataset.name(), pairs, List.of(), dataset.skipsBroken(), dataset.reading());
    Path place = place(folder, set, missing);
    IndexSettings settings =
        IndexSettings.of(set.layers().stream().map(layer -> layer.layer().name()).toList())
            .withElements(set.elements())
            .withThreads(threads)
            .withScales(StoredScales.settings(folder, set));
    if (set.output().palette().isPresent()) {
      settings = settings.withPalette(set.output().palette().get());
    }
    IndexReport report;
    try (Database database = Database.open(folder);
        Network network = database.network(NetworkOptions.defaults().withThreads(1))) {
      report =
          Database.isThere(place)
              ? SetBuilder.resumed(network, settings, place, missing)
              : DatabaseBuilder.build(network, missing, settings, place, progress);
    }
    addLocked(folder, place);
    return report;
  }

  /** Where a shard of the set's own goes, or where one was begun. */
  private static Path place(Path folder, SetManifest set, Dataset dataset) {
    Set<String> names =
        set.shards().stream().map(SetManifest.Shard::name).collect(Collectors.toSet());
    List<String> wanted = dataset.pairs().stream().map(Pair::id).toList();
    for (int number = 0; ; number++) {
      String name = SetBuilder.name(number);
      Path place = folder.resolve(SetFile.SHARDS).resolve(name);
      // A database there that is no part of the set was taken out, or is this one, finished.
      if (!names.contains(name) && (!Database.isThere(place) || ids(place).equals(wanted))) {
        return place;
      }
    }
  }

  private static List<String> ids(Path place) {
    return ManifestFile.read(place).exemplars().stream().map(Manifest.ExemplarEntry::id).toList();
  }

  /**
   * Takes a shard out of a set. Its folder stays as it is; statistics stay those of all exemplars
   * that they were worked out from.
   *
   * @return its folder
   * @throws UserError if there is no such shard, or no other
   */
  public static Path remove(Path folder, String name) {
    return locked(
        folder,
        () -> {
          SetManifest set = SetFile.read(folder);
          Optional<SetManifest.Shard> found =
              set.shards().stream().filter(shard -> shard.name().equals(name)).findFirst();
          if (found.isEmpty()) {
            throw new UserError(
                "%s: expected the name of a shard (%s), found '%s'"
                    .formatted(
                        folder,
                        set.shards().stream()
                            .map(SetManifest.Shard::name)
                            .collect(Collectors.joining(", ")),
                        name));
          }
          List<SetManifest.Shard> left =
              set.shards().stream().filter(shard -> !shard.name().equals(name)).toList();
          if (left.isEmpty()) {
            throw new UserError(
                folder
                    + ": expected a shard to be left, found '"
                    + name
                    + "' alone; delete the set");
          }
          SetWriting.write(folder, set.withShards(left, set.next()));
          return found.get().folder(folder);
        });
  }

  /**
   * Works out the statistics of a set anew, from all cells that its shards have now. All distances
   * change by that, so lists have to be made anew.
   *
   * @throws UserError if a shard is missing or was changed
   */
  public static void restate(Path folder) {
    locked(
        folder,
        () -> {
          SetManifest set = SetFile.read(folder);
          Database.open(folder).close();
          List<SetManifest.Shard> shards = new ArrayList<>();
          int next = 0;
          for (SetManifest.Shard shard : set.shards()) {
            shards.add(
                new SetManifest.Shard(
                    shard.name(), shard.location(), next, shard.exemplars(), shard.crc32c()));
            next += shard.exemplars();
          }
          SetManifest anew = SetWriting.restated(folder, set.withShards(shards, next));
          SetWriting.removeLists(folder, set);
          SetWriting.write(folder, anew);
          return next;
        });
  }
}
