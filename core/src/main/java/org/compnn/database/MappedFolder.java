package org.compnn.database;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.compnn.image.PictureSize;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;

/** The arrays of one finished database's folder, mapped. Its exemplars count from 0. */
final class MappedFolder {
  private final Path folder;
  private final Manifest manifest;
  private final Arena arena;
  private final Places places;
  private final Map<String, String> located;
  private final MappedPixels inputs;
  private final Optional<MappedPixels> targets;
  private final MappedPixels predictions;
  private final List<Optional<NpyArray>> learned;

  MappedFolder(Path folder, Manifest manifest, Arena arena) {
    this.folder = folder;
    this.manifest = manifest;
    this.arena = arena;
    this.places = Places.of(manifest);
    this.located = manifest.located();
    Manifest.Extent in = manifest.input();
    this.inputs = pixels(Layout.INPUT, NpyType.UINT8, in.height(), in.width(), 3);
    Manifest.OutputEntry out = manifest.output();
    this.predictions = pixels(Layout.PREDICTION, out.type(), out.shape());
    this.targets =
        manifest.hasTargets()
            ? Optional.of(pixels(Layout.TARGET, out.type(), out.shape()))
            : Optional.empty();
    this.learned =
        IntStream.range(0, manifest.shards())
            .mapToObj(shard -> learned(shard, out.height(), out.width()))
            .toList();
  }

  /** Those of a shard, which databases that are older than this do not have. */
  private Optional<NpyArray> learned(int shard, int height, int width) {
    return Optional.ofNullable(located.get(Layout.shard(Layout.LEARNED, shard)))
        .map(
            path ->
                NpyArray.map(folder.resolve(path), arena)
                    .expect(NpyType.UINT8, manifest.inShard(shard), height, width));
  }

  /**
   * Reads a finished database's description and looks whether it fits the folder: the length of
   * every file, and the content of the network's JSON.
   */
  static Manifest checked(Path folder) {
    if (Database.isThere(folder)) {
      Links.refuseOutward(folder);
    }
    Manifest manifest = ManifestFile.read(folder);
    for (Manifest.FileEntry entry : manifest.files()) {
      entry.check(folder);
      boolean configures =
          entry.path().startsWith(Layout.NETWORK + "/") && entry.path().endsWith(".json");
      if (configures || entry.path().endsWith("/" + Layout.CODEBOOK)) {
        entry.checkContent(folder);
      }
    }
    return manifest;
  }

  Path folder() {
    return folder;
  }

  List<Manifest.ExemplarEntry> exemplars() {
    return manifest.exemplars();
  }

  Places places() {
    return places;
  }

  /** What its files take on the disk. */
  long bytes() {
    return manifest.files().stream().mapToLong(Manifest.FileEntry::bytes).sum();
  }

  byte[] input(int exemplar) {
    return inputs.of(exemplar);
  }

  /** Of one that has a target. */
  byte[] target(int exemplar) {
    return targets.orElseThrow().of(exemplar);
  }

  byte[] prediction(int exemplar) {
    return predictions.of(exemplar);
  }

  /** Whether {@link #learned} has it. */
  boolean hasLearned(int exemplar) {
    return learned.get(places.shard()[exemplar]).isPresent();
  }

  /** How well its target was learned, where that was kept. */
  Optional<Learned> learned(int exemplar) {
    return learned
        .get(places.shard()[exemplar])
        .map(shard -> new Learned(MappedPixels.of(shard, places.entry()[exemplar])));
  }

  Optional<Frame> frame(int exemplar) {
    List<Integer> numbers = manifest.exemplars().get(exemplar).frame();
    Manifest.Extent input = manifest.input();
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(Frame.of(numbers, new PictureSize(input.height(), input.width())));
  }

  /** The shards of a layer's cells. */
  List<NpyArray> cells(Layer layer) {
    return column(
        entry(layer).folder() + Layout.CELLS,
        Layout.cells(manifest.elements()),
        layer.rows(),
        layer.columns(),
        manifest.elements().numbers(layer.channels()));
  }

  /** The file that holds the cells of an exemplar. */
  Path cellsFile(Layer layer, int exemplar) {
    return shard(entry(layer).folder() + Layout.CELLS, places.shard()[exemplar]);
  }

  /** What a layer's cells are coded by, where they are. */
  float[] codebook(Layer layer, Arena within) {
    return Opening.codebook(folder, entry(layer), within);
  }

  private Manifest.LayerEntry entry(Layer layer) {
    return manifest.layers().stream()
        .filter(entry -> entry.name().equals(layer.name()))
        .findFirst()
        .orElseThrow();
  }

  private MappedPixels pixels(String column, NpyType type, long... shape) {
    return new MappedPixels(column(column, type, shape), places);
  }

  private List<NpyArray> column(String column, NpyType type, long... shape) {
    List<NpyArray> shards = new ArrayList<>();
    for (int shard = 0; shard < manifest.shards(); shard++) {
      long[] whole = new long[shape.length + 1];
      whole[0] = manifest.inShard(shard);
      System.arraycopy(shape, 0, whole, 1, shape.length);
      shards.add(NpyArray.map(shard(column, shard), arena).expect(type, whole));
    }
    return shards;
  }

  private Path shard(String column, int shard) {
    String path = Layout.shard(column, shard);
    return folder.resolve(located.getOrDefault(path, path));
  }
}
