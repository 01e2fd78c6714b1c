package org.compnn.database.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.database.Database;
import org.compnn.database.IndexReport;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.files.Checksum;
import org.compnn.files.WholeFile;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * Takes new exemplars into a finished database. They go into shards of their own behind those that
 * are there; nothing that is there is written to but the description, which changes in one step. So
 * an extension that is broken off leaves the database as it was, and one that is started again goes
 * on after its last whole shard.
 *
 * <p>The channels' means and deviations (and the steps of int8 cells) stay those of the exemplars
 * first indexed, since all that is compared is in their terms.
 */
public final class DatabaseExtension {
  private final Path folder;
  private final Dataset dataset;
  private final int threads;
  private final Manifest manifest;
  private final List<Pair> pairs;

  private DatabaseExtension(Path folder, Dataset dataset, int threads) {
    this.folder = folder;
    this.dataset = dataset;
    this.threads = threads;
    this.manifest = ManifestFile.read(folder);
    Set<String> there =
        manifest.exemplars().stream()
            .map(Manifest.ExemplarEntry::id)
            .collect(Collectors.toCollection(HashSet::new));
    this.pairs = dataset.pairs().stream().filter(pair -> !there.contains(pair.id())).toList();
  }

  /**
   * Adds those pairs of a data set whose ids the database does not have. They are run through the
   * database's own copy of its network. If it holds no targets, the pairs' are left out.
   *
   * @param threads pictures worked on at once
   * @return what was added; nothing if all pairs are there
   * @throws UserError if there is no finished database, a pair cannot be read or does not fit, or
   *     the disk is full
   */
  public static IndexReport add(Path folder, Dataset dataset, int threads, Progress progress) {
    DatabaseExtension extension = new DatabaseExtension(folder, dataset, threads);
    try (Database database = Database.open(folder);
        Network network = database.network(NetworkOptions.defaults().withThreads(1))) {
      return extension.add(network, progress);
    } catch (UncheckedIOException e) {
      throw DatabaseBuilder.unwritable(folder, e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(folder, e);
    }
  }

  private IndexReport add(Network network, Progress progress) throws IOException {
    long begin = System.nanoTime();
    if (pairs.isEmpty()) {
      return new IndexReport(0, 0, List.of(), threads, Duration.ZERO, Duration.ZERO);
    }
    EmbeddingPass pass = pass(network);
    BuildState state = new BuildState(folder);
    List<BuildState.Shard> added;
    int resumed;
    try (BuildLock _ = BuildLock.take(folder)) {
      if (!ManifestFile.text(ManifestFile.read(folder)).equals(ManifestFile.text(manifest))) {
        throw new UserError(
            folder
                + ": expected the database as it was, found one that another build changed;"
                + " index again");
      }
      OwnFiles own = OwnFiles.of(folder);
      own.refuseOthers();
      if (state.begun() && !state.plan().build().equals(plan().build())) {
        // What another extension has left is part of nothing.
        own.removeLeftovers(manifest);
      }
      state.agree(plan());
      List<BuildState.Shard> done = state.shards();
      resumed = done.stream().mapToInt(shard -> shard.exemplars().size()).sum();
      BuildFolder.checkRoom(folder, exemplarBytes() * (pairs.size() - resumed));
      added = pass.run(state, done, progress, Sampling.NONE);
      for (BuildState.Shard shard : added) {
        if (!shard.input().equals(manifest.input()) || !shard.output().equals(manifest.output())) {
          throw new UserError(
              "%s: expected inputs of %s and outputs of %s, found %s and %s; fix the input size"
                  .formatted(
                      dataset.name(),
                      manifest.input(),
                      manifest.output().extent(),
                      shard.input(),
                      shard.output().extent()));
        }
      }
      finish(added);
      Leftovers.remove(folder);
    }
    return new IndexReport(
        added.stream().mapToInt(shard -> shard.exemplars().size()).sum(),
        resumed,
        added.stream().flatMap(shard -> shard.skipped().stream()).toList(),
        threads,
        Duration.ofNanos(System.nanoTime() - begin),
        Duration.ofNanos(pass.networkNanos() / threads));
  }

  private EmbeddingPass pass(Network network) {
    List<Layer> layers =
        manifest.layers().stream().map(entry -> network.layer(entry.name())).toList();
    List<float[]> scales = StoredScales.of(folder, manifest);
    return new EmbeddingPass(
        folder,
        new Embedding(network, layers, manifest.elements(), manifest.output().palette(), scales),
        pairs,
        dataset.skipsBroken(),
        layers,
        manifest.layers().stream().map(entry -> entry.folder() + Layout.CELLS).toList(),
        manifest.elements(),
        manifest.shards(),
        manifest.exemplarsPerShard(),
        threads);
  }

  private BuildState.Plan plan() {
    Map<String, String> plan = new TreeMap<>();
    plan.put(Leftovers.ADDED_TO, Checksum.of(ManifestFile.text(manifest)));
    plan.put("sums", "exact");
    plan.put("learned", "kept");
    plan.put(
        "training pairs",
        Checksum.of(
            pairs.stream()
                .map(pair -> pair.id() + "\t" + String.join("\t", pair.tags()))
                .collect(Collectors.joining("\n"))));
    return BuildState.Plan.of(
        plan, manifest.layers().stream().map(Manifest.LayerEntry::folder).toList(), List.of());
  }

  private long exemplarBytes() {
    return manifest.layers().stream()
        .mapToLong(
            entry -> (long) entry.layer().cells() * manifest.elements().cellBytes(entry.channels()))
        .sum();
  }

  private void finish(List<BuildState.Shard> added) throws IOException {
    boolean targets = manifest.hasTargets();
    List<Integer> cuts =
        new ArrayList<>(IntStream.range(0, manifest.shards()).mapToObj(manifest::inShard).toList());
    List<Manifest.ExemplarEntry> exemplars = new ArrayList<>(manifest.exemplars());
    List<Manifest.FileEntry> files = new ArrayList<>(manifest.files());
    for (BuildState.Shard shard : added) {
      cuts.add(shard.exemplars().size());
      for (Manifest.ExemplarEntry entry : shard.exemplars()) {
        exemplars.add(
            new Manifest.ExemplarEntry(
                entry.id(), entry.tags(), targets && entry.target(), entry.frame()));
      }
      for (Manifest.FileEntry file : shard.files()) {
        if (!targets && Layout.needsTargets(file.path())) {
          Files.delete(folder.resolve(file.path()));
        } else {
          files.add(file);
        }
      }
    }
    Manifest extended =
        new Manifest(
            manifest.format(),
            manifest.version(),
            manifest.network(),
            manifest.input(),
            manifest.output(),
            manifest.elements(),
            manifest.exemplarsPerShard(),
            cuts,
            manifest.layers(),
            exemplars,
            manifest.sideBySide(),
            files);
    BuildFolder.syncFolders(folder, files);
    WholeFile.write(folder.resolve(ManifestFile.NAME), ManifestFile.text(extended));
    WholeFile.sync(folder);
  }
}
