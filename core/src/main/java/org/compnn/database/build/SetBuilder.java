package org.compnn.database.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.database.Database;
import org.compnn.database.Exemplar;
import org.compnn.database.IndexReport;
import org.compnn.database.Layout;
import org.compnn.database.ManifestFile;
import org.compnn.database.SetFile;
import org.compnn.database.ShardBuild;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.files.FileTree;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.npy.ElementType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Builds sets: the shards one after the other, each a database of its own, and last the description
 * that makes them a set. A build that is broken off goes on with the shard that it came to.
 */
public final class SetBuilder {
  private final Network network;
  private final Dataset dataset;
  private final IndexSettings settings;
  private final Path folder;
  private final int shards;
  private final Optional<ShardBuild> others;

  private SetBuilder(
      Network network,
      Dataset dataset,
      IndexSettings settings,
      Path folder,
      int shards,
      Optional<ShardBuild> others) {
    this.network = network;
    this.dataset = dataset;
    this.settings = settings;
    this.folder = folder;
    this.shards = shards;
    this.others = others;
  }

  /**
   * Builds a set, or goes on with one that was begun.
   *
   * @param network as in {@link DatabaseBuilder#build}
   * @param shards how many, 1 or more: each gets pairs that follow each other in the data set
   * @param folder a new or empty folder, or one with a set begun
   * @param progress hears of the exemplars of each shard
   * @param sampling wants to see pictures of the shards that are not there yet; for these the
   *     network runs once more, where there are several shards
   * @param others who builds the shards, where this process does not
   * @throws UserError if the folder holds something else, there are fewer pairs than shards, a pair
   *     cannot be read or does not fit the network, or the disk is full
   */
  public static IndexReport build(
      Network network,
      Dataset dataset,
      IndexSettings settings,
      int shards,
      Path folder,
      Progress progress,
      Sampling sampling,
      Optional<ShardBuild> others) {
    try {
      return new SetBuilder(network, dataset, settings, folder, shards, others)
          .build(progress, sampling);
    } catch (UncheckedIOException e) {
      throw DatabaseBuilder.unwritable(folder, e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(folder, e);
    }
  }

  /** What a set calls its shard of that number. */
  static String name(int number) {
    return String.format(Locale.ROOT, "shard-%03d", number);
  }

  private Path shard(int number) {
    return folder.resolve(SetFile.SHARDS).resolve(name(number));
  }

  private IndexReport build(Progress progress, Sampling sampling) throws IOException {
    long begin = System.nanoTime();
    int pairs = dataset.pairs().size();
    if (pairs < shards) {
      throw new UserError(
          "%s: expected at least one picture for each of %d shards, found %d pictures; ask for fewer shards"
              .formatted(dataset.name(), shards, pairs));
    }
    refuseForeign();
    Files.createDirectories(folder.resolve(SetFile.SHARDS));
    List<IndexReport> reports = new ArrayList<>();
    try (BuildLock _ = BuildLock.take(folder)) {
      refuseForeign();
      if (settings.force()) {
        clear();
      }
      List<ShardBuild.Shard> all = IntStream.range(0, shards).mapToObj(this::planned).toList();
      CommonScales scales =
          new CommonScales(
              network,
              dataset,
              settings,
              folder,
              heard ->
                  settings.elements() == ElementType.CODED
                      ? CodebookSample.learn(network, dataset, settings, heard)
                      : CommonScales.steps(peaks(all, heard)));
      List<float[]> common =
          Layout.scales(settings.elements()).isPresent() ? scales.of(progress) : List.of();
      List<ShardBuild.Shard> missing = new ArrayList<>();
      for (ShardBuild.Shard shard : all) {
        if (Database.isThere(shard.place())) {
          reports.add(
              resumed(network, settings, shard.place(), part(dataset, shard.from(), shard.to())));
        } else {
          missing.add(shard);
        }
      }
      if (isSampledFirst()) {
        sampling.before(
            network,
            missing.stream()
                .flatMap(s -> dataset.pairs().subList(s.from(), s.to()).stream())
                .toList(),
            settings.threads());
      }
      reports.addAll(
          others.isPresent()
              ? others.get().build(missing, common, progress)
              : here(missing, common, progress, isSampledFirst() ? Sampling.NONE : sampling));
      List<Path> places = all.stream().map(ShardBuild.Shard::place).toList();
      SetWriting.assemble(folder, places);
      scales.remove();
    }
    return together(reports, begin);
  }

  /** Whether no build of a shard sees a sample of all pictures. */
  private boolean isSampledFirst() {
    return shards > 1 || others.isPresent();
  }

  /** One shard after the other. */
  private List<IndexReport> here(
      List<ShardBuild.Shard> missing, List<float[]> common, Progress progress, Sampling sampling) {
    List<IndexReport> reports = new ArrayList<>();
    for (ShardBuild.Shard shard : missing) {
      reports.add(
          DatabaseBuilder.build(
              network,
              part(dataset, shard.from(), shard.to()),
              settings.withForce(false).withScales(common),
              shard.place(),
              shards == 1 ? progress : ofShard(progress, shard.number()),
              reports.isEmpty() ? sampling : Sampling.NONE));
    }
    return reports;
  }

  private List<float[]> peaks(List<ShardBuild.Shard> all, Progress progress) {
    return others.isPresent()
        ? others.get().peaks(all, progress)
        : CommonScales.peaks(network, dataset, settings, progress);
  }

  /** The largest magnitudes over a shard's pairs, for those who build sets together. */
  public static List<float[]> peaks(
      Network network, Dataset dataset, IndexSettings settings, ShardBuild.Shard shard) {
    return CommonScales.peaks(
        network, part(dataset, shard.from(), shard.to()), settings, Progress.NONE);
  }

  /** Builds one shard, for those who build sets together. */
  public static IndexReport shard(
      Network network, Dataset dataset, IndexSettings settings, ShardBuild.Shard shard) {
    return DatabaseBuilder.build(
        network,
        part(dataset, shard.from(), shard.to()),
        settings.withForce(false),
        shard.place(),
        Progress.NONE);
  }

  private ShardBuild.Shard planned(int number) {
    long pairs = dataset.pairs().size();
    return new ShardBuild.Shard(
        number,
        (int) (pairs * number / shards),
        (int) (pairs * (number + 1) / shards),
        shard(number).toString());
  }

  /** Some pairs that follow each other. */
  private static Dataset part(Dataset dataset, int from, int to) {
    return new Dataset(
        dataset.name(),
        dataset.pairs().subList(from, to),
        List.of(),
        dataset.skipsBroken(),
        dataset.reading());
  }

  private Progress ofShard(Progress progress, int number) {
    return (what, unit, total) ->
        progress.begin(
            String.format(Locale.ROOT, "%s shard %d of %d", what, number + 1, shards), unit, total);
  }

  /** A shard that a build before this one has finished. */
  static IndexReport resumed(Network network, IndexSettings settings, Path place, Dataset part)
      throws IOException {
    try (BuildLock _ = BuildLock.take(place)) {
      Leftovers.remove(place);
    }
    try (Database database = Database.open(place)) {
      List<String> layers =
          settings.layers().stream()
              .flatMap(term -> network.layersNamed(term).stream())
              .map(Layer::name)
              .distinct()
              .toList();
      List<String> ids = database.exemplars().stream().map(Exemplar::id).toList();
      List<String> wanted = part.pairs().stream().map(Pair::id).toList();
      boolean same = part.skipsBroken() ? wanted.containsAll(ids) : wanted.equals(ids);
      if (!database.networkHash().equals(network.hash())
          || database.elements() != settings.elements()
          || !database.layers().stream().map(s -> s.layer().name()).toList().equals(layers)
          || !same) {
        throw UserError.about(
            Knob.FORCE,
            "%s: expected a shard of this build (%d pictures, %s), found another database; choose another folder, or start over"
                .formatted(place, wanted.size(), settings.elements()));
      }
      return new IndexReport(
          ids.size(), ids.size(), List.of(), settings.threads(), Duration.ZERO, Duration.ZERO);
    }
  }

  private static IndexReport together(List<IndexReport> reports, long begin) {
    return new IndexReport(
        reports.stream().mapToInt(IndexReport::exemplars).sum(),
        reports.stream().mapToInt(IndexReport::resumed).sum(),
        reports.stream().flatMap(report -> report.skipped().stream()).toList(),
        reports.stream().mapToInt(IndexReport::workers).max().orElse(1),
        Duration.ofNanos(System.nanoTime() - begin),
        reports.stream().map(IndexReport::network).reduce(Duration.ZERO, Duration::plus));
  }

  private void refuseForeign() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": expected a folder, found a file; choose another folder");
    }
    if (Files.exists(folder.resolve(ManifestFile.NAME), LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(
          folder
              + ": expected a new folder, or a set to replace, found a database; choose another"
              + " folder");
    }
    if (Database.isThere(folder) && !settings.force()) {
      throw UserError.about(
          Knob.FORCE,
          folder + ": expected a new folder, found a set; choose another folder, or replace it");
    }
    if (Database.isThere(folder) || Files.isDirectory(folder.resolve(SetFile.SHARDS))) {
      // Builds of its shards look after what is theirs.
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.anyMatch(entry -> !entry.getFileName().toString().equals(BuildLock.FILE))) {
        throw new UserError(
            folder
                + ": expected a new or empty folder, or a set of shards alone, found other files;"
                + " choose another folder");
      }
    }
  }

  /** Removes a set or one begun, and nothing else. */
  private void clear() throws IOException {
    Path within = folder.resolve(SetFile.SHARDS);
    List<Path> old;
    try (Stream<Path> entries = Files.list(within)) {
      old = entries.filter(SetBuilder::isShard).toList();
    }
    for (Path shard : old) {
      OwnFiles.of(shard).refuseOthers();
    }
    if (SetFile.isThere(folder)) {
      SetWriting.removeLists(folder, SetFile.read(folder));
    }
    Files.deleteIfExists(folder.resolve(SetFile.NAME));
    for (Path shard : old) {
      OwnFiles own = OwnFiles.of(shard);
      Files.deleteIfExists(shard.resolve(ManifestFile.NAME));
      own.remove();
      FileTree.remove(shard.resolve(Layout.BUILD));
      Files.deleteIfExists(shard.resolve(BuildLock.FILE));
      try {
        Files.deleteIfExists(shard);
      } catch (DirectoryNotEmptyException e) {
        // What else is there is not ours.
      }
    }
  }

  /** Whether a folder holds a database, or one begun. */
  private static boolean isShard(Path entry) {
    return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
        && (Database.isThere(entry) || new BuildState(entry).begun());
  }
}
