package org.compnn.database.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.compnn.database.IndexReport;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.dataset.Dataset;
import org.compnn.files.Checksum;
import org.compnn.files.WholeFile;
import org.compnn.image.Palette;
import org.compnn.kernels.TransformCode;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.npy.ElementType;
import org.compnn.npy.Npy;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/**
 * Builds databases. One exemplar a worker is in memory at a time, whatever the data set's size; a
 * build that is broken off goes on after its last whole shard when it is started again.
 */
public final class DatabaseBuilder {
  private static final long SHARD_BYTES = 96L << 20;
  private static final int MOST_PER_SHARD = 256;
  private static final int FEWEST_SAMPLED = 4;

  private final Network network;
  private final Dataset dataset;
  private final IndexSettings settings;
  private final Path folder;
  private final List<Layer> layers;
  private final List<String> layerFolders;
  private final Optional<Palette> palette;

  /** For each layer, where cells are coded. */
  private final List<Codebook> codebooks;

  private DatabaseBuilder(Network network, Dataset dataset, IndexSettings settings, Path folder) {
    this.network = network;
    this.dataset = dataset;
    this.settings = settings;
    this.folder = folder;
    this.layers =
        settings.layers().stream()
            .flatMap(term -> network.layersNamed(term).stream())
            .distinct()
            .toList();
    this.layerFolders = LayerFolders.of(layers);
    this.palette = NetworkFiles.palette(network, settings.palette());
    this.codebooks =
        settings.elements() == ElementType.CODED
            ? settings.scales().stream().map(Codebook::unpacked).toList()
            : List.of();
  }

  /**
   * Builds a database, or goes on with one that was begun.
   *
   * @param network runs best with one thread a picture, see {@link
   *     org.compnn.network.NetworkOptions#threads}; the workers keep the processors busy
   * @param folder a new or empty folder, or one with a build that was broken off
   * @param progress hears of exemplars
   * @throws UserError if the folder holds something else, a pair cannot be read or does not fit the
   *     network, or the disk is full
   */
  public static IndexReport build(
      Network network, Dataset dataset, IndexSettings settings, Path folder, Progress progress) {
    return build(network, dataset, settings, folder, progress, Sampling.NONE);
  }

  /** The same, for someone who wants to see a sample. */
  public static IndexReport build(
      Network network,
      Dataset dataset,
      IndexSettings settings,
      Path folder,
      Progress progress,
      Sampling sampling) {
    try {
      boolean learns = settings.elements() == ElementType.CODED && settings.scales().isEmpty();
      if (learns) {
        BuildFolder.refuseForeign(folder, settings.force());
      }
      DatabaseBuilder builder =
          new DatabaseBuilder(
              network,
              dataset,
              learns
                  ? settings.withScales(CodebookSample.learn(network, dataset, settings, progress))
                  : settings,
              folder);
      return builder.build(progress, sampling);
    } catch (UncheckedIOException e) {
      throw unwritable(folder, e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private IndexReport build(Progress progress, Sampling sampling) throws IOException {
    long begin = System.nanoTime();
    BuildFolder.refuseForeign(folder, settings.force());
    Files.createDirectories(folder);
    BuildState state = new BuildState(folder);
    EmbeddingPass pass = pass();
    List<BuildState.Shard> shards;
    int resumed;
    try (BuildLock _ = BuildLock.take(folder)) {
      // Another may have built here in between.
      BuildFolder.refuseForeign(folder, settings.force());
      if (settings.force()) {
        BuildFolder.clear(folder, plan());
      }
      state.agree(plan());
      OwnFiles.of(folder).removeAnnexes();
      List<BuildState.Shard> done = state.shards();
      resumed = done.stream().mapToInt(shard -> shard.exemplars().size()).sum();
      BuildFolder.checkRoom(folder, exemplarBytes() * (dataset.pairs().size() - resumed));
      shards = pass.run(state, done, progress, sampling.atMost(sampled()));
      if (shards.isEmpty()) {
        throw new UserError(folder + ": expected at least one readable training pair, found none");
      }
      finish(shards);
      Leftovers.remove(folder);
    }
    return new IndexReport(
        shards.stream().mapToInt(shard -> shard.exemplars().size()).sum(),
        resumed,
        shards.stream().flatMap(shard -> shard.skipped().stream()).toList(),
        workers(),
        Duration.ofNanos(System.nanoTime() - begin),
        Duration.ofNanos(pass.networkNanos() / workers()));
  }

  private EmbeddingPass pass() {
    ElementType written = quantised() ? ElementType.FLOAT32 : settings.elements();
    return new EmbeddingPass(
        folder,
        settings.scales().isEmpty()
            ? new Embedding(network, layers, written, palette)
            : new Embedding(network, layers, written, palette, scales()),
        dataset.pairs(),
        dataset.skipsBroken(),
        layers,
        layerFolders.stream().map(this::embedded).toList(),
        written,
        0,
        perShard(),
        workers());
  }

  /** What each layer's cells are stored by. */
  private List<float[]> scales() {
    return codebooks.isEmpty()
        ? settings.scales()
        : codebooks.stream().map(Codebook::numbers).toList();
  }

  /** Whether bytes are made in a pass of their own, when their steps are known. */
  private boolean quantised() {
    return settings.elements() == ElementType.INT8 && settings.scales().isEmpty();
  }

  /** The column that the embedding pass writes a layer's cells to. */
  private String embedded(String layerFolder) {
    return (quantised() ? Layout.BUILD + "/" : "") + layerFolder + Layout.CELLS;
  }

  /** Everything that shards of one build must have in common. */
  private BuildState.Plan plan() {
    Map<String, String> plan = new TreeMap<>();
    plan.put("format", String.valueOf(ManifestFile.VERSION));
    plan.put("network", network.hash());
    plan.put("configuration of the network", NetworkFiles.configuration(network));
    plan.put("layers", layers.stream().map(Layer::name).collect(Collectors.joining(", ")));
    plan.put("elements", settings.elements().name());
    plan.put("sums", "exact");
    plan.put("learned", "kept");
    if (!settings.scales().isEmpty()) {
      plan.put(
          codebooks.isEmpty() ? "steps of bytes" : "code of cells",
          Checksum.of(
              settings.scales().stream().map(Arrays::toString).collect(Collectors.joining("\n"))));
    }
    plan.put("exemplars a shard", String.valueOf(perShard()));
    plan.put("training pairs", String.valueOf(dataset.pairs().size()));
    plan.put(
        "their names and tags",
        Checksum.of(
            dataset.pairs().stream()
                .map(pair -> pair.id() + "\t" + String.join("\t", pair.tags()))
                .collect(Collectors.joining("\n"))));
    return BuildState.Plan.of(plan, layerFolders, NetworkFiles.names(network));
  }

  private long layerBytes(int bytesPerNumber) {
    return layers.stream()
        .mapToLong(layer -> (long) layer.cells() * layer.channels() * bytesPerNumber)
        .sum();
  }

  private long storedBytes() {
    return layers.stream().mapToLong(this::storedBytes).sum();
  }

  private long storedBytes(Layer layer) {
    return (long) layer.cells() * settings.elements().cellBytes(layer.channels());
  }

  /** About what an exemplar takes on the disk while it is built. */
  private long exemplarBytes() {
    return quantised() ? layerBytes(5) : storedBytes();
  }

  private int perShard() {
    if (settings.exemplarsPerShard() > 0) {
      return settings.exemplarsPerShard();
    }
    long largest = layers.stream().mapToLong(this::storedBytes).max().orElseThrow();
    return Math.clamp(SHARD_BYTES / largest, 1, MOST_PER_SHARD);
  }

  /** As many as were asked for, or as many as the heap has room for. */
  private int workers() {
    // A worker holds the layers twice as floats and once as bytes; finished ones wait as bytes.
    long each = layerBytes(4 + 4 + 4 + 4);
    long room = Runtime.getRuntime().maxMemory() * 6 / 10;
    return Math.clamp(Math.max(1, room / each), 1, settings.threads());
  }

  /** Exemplars of a sample that an eighth of the heap holds; a few in any case. */
  private int sampled() {
    long each = storedBytes();
    return Math.clamp(Runtime.getRuntime().maxMemory() / 8 / each, FEWEST_SAMPLED, 1 << 10);
  }

  private void finish(List<BuildState.Shard> shards) throws IOException {
    List<Manifest.FileEntry> files = new ArrayList<>(NetworkFiles.copy(network, folder));
    List<Manifest.ExemplarEntry> exemplars = new ArrayList<>();
    List<ChannelSums> statistics = List.of();
    for (BuildState.Shard shard : shards) {
      exemplars.addAll(shard.exemplars());
      statistics = ShardSet.merged(statistics, shard.statistics());
    }
    boolean targets = exemplars.stream().anyMatch(Manifest.ExemplarEntry::target);
    for (BuildState.Shard shard : shards) {
      for (Manifest.FileEntry file : shard.files()) {
        if (!targets && Layout.needsTargets(file.path())) {
          Files.delete(folder.resolve(file.path()));
        } else if (!file.path().startsWith(Layout.BUILD)) {
          files.add(file);
        }
      }
    }
    List<Manifest.LayerEntry> entries = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      String layerFolder = layerFolders.get(i);
      ChannelSums stored = statistics.get(i);
      if (!codebooks.isEmpty()) {
        Codebook codebook = codebooks.get(i);
        files.addAll(write(layerFolder, layer.channels(), codebook));
        entries.add(Manifest.LayerEntry.of(layer, layerFolder, List.of(codebook.measured())));
        continue;
      }
      if (quantised()) {
        float[] scale = stored.scales();
        QuantisingPass.Quantised quantised = quantise(layer, layerFolder, shards.size(), scale);
        files.addAll(quantised.files());
        files.add(perChannel(layerFolder, Layout.SCALE, scale));
        stored = quantised.statistics();
      } else if (settings.elements() == ElementType.INT8) {
        files.add(perChannel(layerFolder, Layout.SCALE, settings.scales().get(i)));
      }
      files.add(LayerSums.write(folder, layerFolder, stored));
      files.add(perChannel(layerFolder, Layout.MEAN, stored.means()));
      files.add(perChannel(layerFolder, Layout.DEVIATION, stored.deviations()));
      entries.add(Manifest.LayerEntry.of(layer, layerFolder, List.of()));
    }
    Manifest manifest =
        new Manifest(
            ManifestFile.FORMAT,
            ManifestFile.VERSION,
            new Manifest.NetworkEntry(network.hash()),
            shards.getFirst().input(),
            shards.getFirst().output(),
            settings.elements(),
            perShard(),
            List.of(),
            entries,
            exemplars,
            Manifest.SideBySideEntry.of(dataset.reading().sideBySide()),
            files);
    BuildFolder.syncFolders(folder, files);
    WholeFile.write(folder.resolve(ManifestFile.NAME), ManifestFile.text(manifest));
    WholeFile.sync(folder);
  }

  /** Means and deviations of coded cells are those of their code. */
  private List<Manifest.FileEntry> write(String layerFolder, int channels, Codebook codebook)
      throws IOException {
    TransformCode code = new TransformCode(codebook.numbers());
    int[] shape = {TransformCode.HEAD + channels, channels};
    return List.of(
        array(layerFolder, Layout.CODEBOOK, shape, codebook.numbers()),
        perChannel(layerFolder, Layout.MEAN, code.mean()),
        perChannel(layerFolder, Layout.DEVIATION, code.deviation()));
  }

  private Manifest.FileEntry perChannel(String layerFolder, String name, float[] numbers)
      throws IOException {
    return array(layerFolder, name, new int[] {numbers.length}, numbers);
  }

  private Manifest.FileEntry array(String layerFolder, String name, int[] shape, float[] numbers)
      throws IOException {
    String path = layerFolder + "/" + name;
    Path file = folder.resolve(path);
    Npy.write(file, shape, numbers);
    WholeFile.sync(file);
    return Manifest.FileEntry.of(folder, file);
  }

  /** What a person is told when a folder cannot be written to. */
  public static UserError unwritable(Path folder, Throwable e) {
    String why =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getMessage();
    return UserError.about(
        Knob.INDEX,
        "%s: cannot be written (%s); free disk space or choose another folder, then index again to resume"
            .formatted(folder, why == null ? e.toString() : why),
        e);
  }

  private QuantisingPass.Quantised quantise(
      Layer layer, String layerFolder, int shards, float[] scale) {
    try (Workers workers = Workers.of(settings.threads())) {
      return QuantisingPass.run(
          folder, layer, embedded(layerFolder), layerFolder + Layout.CELLS, shards, scale, workers);
    }
  }
}
