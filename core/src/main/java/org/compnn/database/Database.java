package org.compnn.database;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.dataset.SideBySide;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.problem.Knob;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * A folder with the training set as a network sees it: every exemplar's input, target and
 * prediction, and the cells of the indexed layers. Its files are mapped, not read, so it may be
 * larger than memory; it may be used by many threads at once, until it is closed.
 */
public final class Database implements AutoCloseable {
  /** Sums of squares of greater ones would be infinite. */
  private static final float LARGEST = 1e15f;

  private final Path folder;
  private final Manifest manifest;
  private final Arena arena;
  private final Places places;
  private final Map<String, String> located;
  private final List<Exemplar> exemplars;
  private final List<CellStore> layers;
  private final MappedPixels inputs;
  private final Optional<MappedPixels> targets;
  private final MappedPixels predictions;
  private final boolean scattered;
  private final boolean framed;

  private Database(Path folder, Manifest manifest, Arena arena) {
    this.folder = folder;
    this.manifest = manifest;
    this.arena = arena;
    this.places = Places.of(manifest);
    this.located = manifest.located();
    this.exemplars =
        IntStream.range(0, manifest.exemplars().size())
            .mapToObj(
                i ->
                    new Exemplar(
                        i, manifest.exemplars().get(i).id(), manifest.exemplars().get(i).tags()))
            .toList();
    Manifest.Extent in = manifest.input();
    this.inputs = pixels(Layout.INPUT, NpyType.UINT8, in.height(), in.width(), 3);
    this.predictions =
        pixels(Layout.PREDICTION, manifest.output().type(), manifest.output().shape());
    this.targets =
        manifest.hasTargets()
            ? Optional.of(
                pixels(Layout.TARGET, manifest.output().type(), manifest.output().shape()))
            : Optional.empty();
    this.scattered = tooLarge(manifest);
    this.framed =
        IntStream.range(0, exemplars.size())
            .mapToObj(this::frame)
            .anyMatch(frame -> frame.isPresent() && !frame.get().isWhole());
    this.layers = manifest.layers().stream().map(this::store).toList();
  }

  /**
   * Opens a finished database. The checksums of its description and of the network's JSON are
   * checked, and the length of every file; {@link #verify} checks the content of all.
   *
   * @throws UserError if there is none, its description or the network's was changed, a file is
   *     missing or of another length than it had, leads out of the folder, or holds means and
   *     deviations that are none
   */
  @SuppressWarnings("MustBeClosedChecker") // The database owns its arena and closes it.
  public static Database open(Path folder) {
    if (isThere(folder)) {
      Links.refuseOutward(folder);
    }
    Manifest manifest = ManifestFile.read(folder);
    for (Manifest.FileEntry entry : manifest.files()) {
      entry.check(folder);
      if (entry.path().startsWith(Layout.NETWORK + "/") && entry.path().endsWith(".json")) {
        entry.checkContent(folder);
      }
    }
    Arena arena = Arena.ofShared();
    try {
      return new Database(folder, manifest, arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Whether a folder holds a finished database. */
  public static boolean isThere(Path folder) {
    return Files.isRegularFile(folder.resolve(ManifestFile.NAME));
  }

  /**
   * Reads every byte of a database and says what is not as it was built.
   *
   * @param progress hears of bytes
   * @return what is wrong, file by file; empty for a sound database
   * @throws UserError if there is no finished database to verify, or its description cannot be read
   */
  public static List<Problem> verify(Path folder, Progress progress) {
    return Verification.of(folder, progress);
  }

  public Path folder() {
    return folder;
  }

  /** The training pairs, in the order of their index. */
  public List<Exemplar> exemplars() {
    return exemplars;
  }

  /** The indexed layers, in the order in which they were asked for. */
  public List<CellStore> layers() {
    return layers;
  }

  /**
   * The cells of a layer.
   *
   * @param name the layer's name or one of its aliases
   * @throws UserError if no such layer was indexed
   */
  public CellStore cells(String name) {
    for (CellStore store : layers) {
      if (store.layer().name().equals(name)) {
        return store;
      }
    }
    for (CellStore store : layers) {
      if (store.layer().aliases().contains(name)) {
        return store;
      }
    }
    throw UserError.about(
            Knob.INDEX,
            "%s: expected an indexed layer (%s), found '%s'; choose one of these, or index it"
                .formatted(folder, nearest(name), name))
        .and(Knob.LAYERS);
  }

  /**
   * Arrays derived from a layer's cells, where they have been made.
   *
   * @param store one of {@link #layers}
   * @param name of the annex
   * @throws UserError if they are there but not whole
   */
  public Optional<Annex> annex(CellStore store, String name) {
    return Annex.open(annexFolder(store, name), arena, scattered);
  }

  /**
   * Where arrays derived from a layer's cells lie, or would.
   *
   * @param store one of {@link #layers}
   * @param name of the annex
   */
  public Path annexFolder(CellStore store, String name) {
    return folder.resolve(manifest.layers().get(layers.indexOf(store)).folder()).resolve(name);
  }

  /** How its cells are stored. */
  public ElementType elements() {
    return manifest.elements();
  }

  /** The hash of the network that made it. */
  public String networkHash() {
    return manifest.network().hash();
  }

  /** What targets and predictions are. */
  public OutputKind outputKind() {
    return manifest.output().kind();
  }

  /** The classes of targets and predictions, where they are label maps. */
  public Optional<Palette> palette() {
    return manifest.output().palette();
  }

  /** How the training pictures held input and target beside each other, where they did. */
  public Optional<SideBySide> sideBySide() {
    return manifest.sideBySide().stream().findFirst().map(Manifest.SideBySideEntry::sideBySide);
  }

  /** Whether at least one exemplar has a target. */
  public boolean hasTargets() {
    return manifest.hasTargets();
  }

  /** Whether that exemplar has a target. */
  public boolean hasTarget(int exemplar) {
    return manifest.exemplars().get(exemplar).target();
  }

  /**
   * Where an exemplar's own picture lies in its input.
   *
   * @return nothing in databases that are older than this; their pictures fill the input
   */
  public Optional<Frame> frame(int exemplar) {
    List<Integer> numbers = manifest.exemplars().get(exemplar).frame();
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Frame.of(
                numbers, new PictureSize(manifest.input().height(), manifest.input().width())));
  }

  /** Whether a picture of it was cut or padded. */
  public boolean isFramed() {
    return framed;
  }

  /** What the network saw of an exemplar, before normalisation. */
  public Picture input(int exemplar) {
    Manifest.Extent size = manifest.input();
    return new Picture(size.height(), size.width(), inputs.of(exemplar));
  }

  /**
   * The original label y_n of an exemplar, at the size of the network's output.
   *
   * @throws UserError if it has none
   */
  public Raster target(int exemplar) {
    if (!hasTarget(exemplar)) {
      throw new UserError(
          "%s: training picture %s has no original label; paste the network's own predictions, or index a data set with labels"
              .formatted(folder, exemplars.get(exemplar).id()));
    }
    return raster(targets.orElseThrow(), exemplar);
  }

  /** What the network itself makes of an exemplar, f(x_n). */
  public Raster prediction(int exemplar) {
    return raster(predictions, exemplar);
  }

  /**
   * Opens the network that made this database, from its own copy, as it was opened then.
   *
   * @param options what is to be otherwise; {@link NetworkOptions#defaults} for nothing
   * @throws UserError if the copy is no longer the network that made it
   */
  public Network network(NetworkOptions options) {
    Network network = Network.open(folder.resolve(Layout.NETWORK).resolve(Layout.MODEL), options);
    if (!network.hash().equals(networkHash())) {
      network.close();
      throw UserError.about(
          Knob.VERIFY,
          "%s: expected the network that made this database (SHA-256 %s), found another (%s); copy the database again"
              .formatted(network.file(), brief(networkHash()), brief(network.hash())));
    }
    return network;
  }

  private static String brief(String hash) {
    return hash.length() > 12 ? hash.substring(0, 12) + "..." : hash;
  }

  /**
   * Chooses exemplars. A term is an id, a tag ({@code key=value} or a word, {@code tag:} before it
   * or not), a pattern with {@code *}, {@code ?} or {@code [abc]} over ids or tags, or {@code
   * @file} with one term a line.
   *
   * @param only the terms for what may match; empty for everything
   * @param without the terms for what is taken away from that
   * @throws UserError if a term finds nothing, or nothing is left
   */
  public Selection select(List<String> only, List<String> without) {
    return new SelectionTerms(exemplars).select(only, without);
  }

  /** Unmaps everything; what was read stays good. */
  @Override
  public void close() {
    arena.close();
  }

  /** Whether a database takes more than half of the memory that this process may have. */
  private static boolean tooLarge(Manifest manifest) {
    long bytes = manifest.files().stream().mapToLong(Manifest.FileEntry::bytes).sum();
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        && bytes > system.getTotalMemorySize() / 2;
  }

  private CellStore store(Manifest.LayerEntry entry) {
    Layer layer = entry.layer();
    NpyType type = Layout.cells(manifest.elements());
    List<NpyArray> shards =
        column(
            entry.folder() + Layout.CELLS, type, layer.rows(), layer.columns(), layer.channels());
    return new MappedCells(
        layer,
        manifest.elements(),
        exemplars.size(),
        places,
        shards,
        scattered
            ? shards.stream().map(s -> NpyArray.mapScattered(s.file(), arena)).toList()
            : shards,
        perChannel(entry, Layout.MEAN),
        perChannel(entry, Layout.DEVIATION),
        scale(entry));
  }

  /** What a layer's cells are stored in steps of; empty where they are not. */
  private float[] scale(Manifest.LayerEntry entry) {
    return manifest.elements() == ElementType.INT8 ? perChannel(entry, Layout.SCALE) : new float[0];
  }

  private float[] perChannel(Manifest.LayerEntry layer, String name) {
    NpyArray array =
        NpyArray.map(folder.resolve(layer.folder()).resolve(name), arena)
            .expect(NpyType.FLOAT32, layer.channels());
    float[] numbers = array.floats();
    for (float number : numbers) {
      // Cells are divided by deviations and made of steps; means may be anything finite.
      if (!Float.isFinite(number) || (number <= 0 && !name.equals(Layout.MEAN))) {
        throw UserError.about(
            Knob.VERIFY,
            "%s: expected %s for layer %s, found %s; copy the database again, or delete its folder and index the data set again"
                .formatted(
                    array.file(),
                    name.equals(Layout.MEAN) ? "finite numbers" : "numbers greater than 0",
                    layer.name(),
                    number));
      }
    }
    return numbers;
  }

  /**
   * Looks through all stored cells of a layer for one that is no finite number, or so large that no
   * distance to it is. That takes a while; it is done where a search ended as it would by such a
   * cell.
   *
   * @return what to tell a person, if there is one
   */
  public Optional<UserError> notFinite(CellStore store) {
    float[] cells = new float[store.layer().cells() * store.layer().channels()];
    for (int exemplar = 0; exemplar < exemplars.size(); exemplar++) {
      store.read(exemplar, 0, store.layer().cells(), cells, 0);
      for (float number : cells) {
        if (!(Math.abs(number) < LARGEST)) {
          String column = manifest.layers().get(layers.indexOf(store)).folder() + Layout.CELLS;
          return Optional.of(
              UserError.about(
                  Knob.VERIFY,
                  "%s: expected finite numbers in the cells of layer %s, found %s in training picture %s; copy the database again, or delete its folder and index the data set again"
                      .formatted(
                          shard(column, places.shard()[exemplar]),
                          store.layer().name(),
                          number,
                          exemplars.get(exemplar).id())));
        }
      }
    }
    return Optional.empty();
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

  private MappedPixels pixels(String column, NpyType type, long... shape) {
    return new MappedPixels(column(column, type, shape), places);
  }

  private Raster raster(MappedPixels pictures, int exemplar) {
    Manifest.OutputEntry output = manifest.output();
    byte[] pixels = pictures.of(exemplar);
    return switch (output.kind()) {
      case LABELS -> new LabelMap(output.height(), output.width(), pixels);
      case PICTURE -> new Picture(output.height(), output.width(), pixels);
      case VALUES ->
          ValueMap.ofLittleEndian(output.height(), output.width(), output.channels(), pixels);
    };
  }

  /** Indexed layers, the one that was probably meant first. */
  private String nearest(String name) {
    Map<String, String> described = new LinkedHashMap<>();
    for (CellStore store : layers) {
      Layer layer = store.layer();
      described.put(layer.name(), described(layer));
      layer.aliases().forEach(alias -> described.put(alias, described(layer)));
    }
    List<String> first =
        Nearest.of(name, described.keySet(), described.size()).stream()
            .map(described::get)
            .distinct()
            .toList();
    String line = first.stream().limit(Nearest.MOST).collect(Collectors.joining(", "));
    int more = first.size() - Nearest.MOST;
    return more > 0 ? line + " and " + more + " more" : line;
  }

  private static String described(Layer layer) {
    return layer.aliases().isEmpty()
        ? layer.name()
        : layer.name() + " = " + String.join(" = ", layer.aliases());
  }
}
