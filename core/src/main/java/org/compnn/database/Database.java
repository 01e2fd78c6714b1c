package org.compnn.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.dataset.SideBySide;
import org.compnn.files.Sha256;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyArray;
import org.compnn.problem.Knob;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;

/**
 * A folder with the training set as a network sees it: every exemplar's input, target and
 * prediction, and the cells of the indexed layers. Its files are mapped, not read, so it may be
 * larger than memory; it may be used by many threads at once, until it is closed.
 *
 * <p>A set of such folders is opened and used in just the same way: its exemplars are those of its
 * shards, one shard after the other.
 */
public final class Database implements AutoCloseable {
  /** Sums of squares of greater ones would be infinite. */
  private static final float LARGEST = 1e15f;

  private final Path folder;
  private final Common common;
  private final Arena arena;
  private final Members members;
  private final Numbering numbering;
  private final List<Exemplar> exemplars;
  private final List<CellStore> layers;
  private final boolean hasTargets;
  private final boolean scattered;
  private final boolean framed;

  private Database(Path folder, Opening opening, Arena arena) {
    this.folder = folder;
    this.common = opening.common();
    this.arena = arena;
    this.numbering = opening.numbering();
    this.members = new Members(opening.members(), numbering);
    this.exemplars =
        IntStream.range(0, members.exemplars())
            .mapToObj(i -> new Exemplar(i, members.entry(i).id(), members.entry(i).tags()))
            .toList();
    this.hasTargets = IntStream.range(0, exemplars.size()).anyMatch(this::hasTarget);
    this.scattered = tooLarge(members);
    this.framed =
        IntStream.range(0, exemplars.size())
            .mapToObj(this::frame)
            .anyMatch(frame -> frame.isPresent() && !frame.get().isWhole());
    Places places = members.places();
    this.layers =
        IntStream.range(0, common.layers().size())
            .mapToObj(
                i -> store(common.layers().get(i).layer(), places, opening.statistics().get(i)))
            .toList();
  }

  /**
   * Opens a finished database, or a set of them as one. The checksums of its description and of the
   * network's JSON are checked, and the length of every file; {@link #verify} checks the content of
   * all.
   *
   * @throws UserError if there is none, its description or the network's was changed, a file is
   *     missing or of another length than it had, leads out of the folder, or holds means and
   *     deviations that are none; of a set, too, if a shard is missing or was changed
   */
  public static Database open(Path folder) {
    return open(folder, List.of());
  }

  /**
   * The same.
   *
   * @param withoutShards names of a set's shards that are left out
   * @throws UserError as {@link #open(Path)}, and if there is no shard of such a name
   */
  @SuppressWarnings("MustBeClosedChecker") // The database owns its arena and closes it.
  public static Database open(Path folder, Collection<String> withoutShards) {
    Arena arena = Arena.ofShared();
    try {
      return new Database(folder, opening(folder, withoutShards, arena), arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static Opening opening(Path folder, Collection<String> without, Arena arena) {
    if (SetFile.isThere(folder)) {
      return Opening.ofSet(folder, without, arena);
    }
    if (!without.isEmpty()) {
      throw UserError.about(
          Knob.WITHOUT_SHARD, folder + ": expected a set to leave shards out of, found none");
    }
    return Opening.ofDatabase(folder, arena);
  }

  /** Whether a folder holds a finished database, or a set. */
  public static boolean isThere(Path folder) {
    return Files.isRegularFile(folder.resolve(ManifestFile.NAME)) || SetFile.isThere(folder);
  }

  /**
   * Reads every byte of a database and says what is not as it was built.
   *
   * @param progress hears of bytes
   * @return what is wrong, file by file; empty for a sound database
   * @throws UserError if there is no finished database to verify, or its description cannot be read
   */
  public static List<Problem> verify(Path folder, Progress progress) {
    return verify(folder, List.of(), progress);
  }

  /**
   * The same.
   *
   * @param withoutShards names of a set's shards that are left out
   */
  public static List<Problem> verify(
      Path folder, Collection<String> withoutShards, Progress progress) {
    return Verification.of(folder, withoutShards, progress);
  }

  /**
   * The same, where others read the shards of a set.
   *
   * @param shards verifies the databases at these places as {@link #verify(Path, Progress)} does,
   *     and gives for each, in their order, what that gives or throws
   */
  public static List<Problem> verify(
      Path folder,
      Collection<String> withoutShards,
      Function<List<Path>, List<Supplier<List<Problem>>>> shards,
      Progress progress) {
    return Verification.of(folder, withoutShards, shards, progress);
  }

  public Path folder() {
    return folder;
  }

  /** The training pairs, in the order of their index. */
  public List<Exemplar> exemplars() {
    return exemplars;
  }

  /** The numbers by which lists know the exemplars. */
  public Numbering numbering() {
    return numbering;
  }

  /**
   * A checksum that changes whenever a byte of the database does: of its description, which names
   * those of all other files, or of a set's, and of which of its shards are there.
   */
  public String seal() {
    try {
      String all = Sha256.of(Files.readAllBytes(folder.resolve(description(folder)))).hex(8);
      return numbering.isWhole()
          ? all
          : Sha256.of((all + Arrays.toString(numbering.first())).getBytes(UTF_8)).hex(8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String description(Path folder) {
    return SetFile.isThere(folder) ? SetFile.NAME : ManifestFile.NAME;
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
    return folder.resolve(common.layers().get(layers.indexOf(store)).folder()).resolve(name);
  }

  /**
   * What the code of a layer's cells does to searches, as measured when it was learnt.
   *
   * @param store one of {@link #layers}
   * @return nothing where cells are not coded
   */
  public Optional<Manifest.CodingEntry> coding(CellStore store) {
    return common.layers().get(layers.indexOf(store)).coding().stream().findFirst();
  }

  /** How its cells are stored. */
  public ElementType elements() {
    return common.elements();
  }

  /** The hash of the network that made it. */
  public String networkHash() {
    return common.network().hash();
  }

  /** What targets and predictions are. */
  public OutputKind outputKind() {
    return common.output().kind();
  }

  /** The classes of targets and predictions, where they are label maps. */
  public Optional<Palette> palette() {
    return common.output().palette();
  }

  /** How the training pictures held input and target beside each other, where they did. */
  public Optional<SideBySide> sideBySide() {
    return common.sideBySide().stream().findFirst().map(Manifest.SideBySideEntry::sideBySide);
  }

  /** Whether at least one exemplar has a target. */
  public boolean hasTargets() {
    return hasTargets;
  }

  /** Whether that exemplar has a target. */
  public boolean hasTarget(int exemplar) {
    return members.entry(exemplar).target();
  }

  /**
   * Where an exemplar's own picture lies in its input.
   *
   * @return nothing in databases that are older than this; their pictures fill the input
   */
  public Optional<Frame> frame(int exemplar) {
    return members.frame(exemplar);
  }

  /** Whether a picture of it was cut or padded. */
  public boolean isFramed() {
    return framed;
  }

  /** What the network saw of an exemplar, before normalisation. */
  public Picture input(int exemplar) {
    Manifest.Extent size = common.input();
    return new Picture(size.height(), size.width(), members.input(exemplar));
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
    return raster(members.target(exemplar));
  }

  /**
   * How well the network learned an exemplar's target.
   *
   * @return nothing without a target, for networks without probabilities, and in databases that are
   *     older than this
   */
  public Optional<Learned> learned(int exemplar) {
    return hasTarget(exemplar) ? members.learned(exemplar) : Optional.empty();
  }

  /** Whether {@link #learned} is known of every exemplar that has a target, and of one at least. */
  public boolean hasLearned() {
    return hasTargets
        && IntStream.range(0, exemplars.size())
            .allMatch(exemplar -> !hasTarget(exemplar) || members.hasLearned(exemplar));
  }

  /** What the network itself makes of an exemplar, f(x_n). */
  public Raster prediction(int exemplar) {
    return raster(members.prediction(exemplar));
  }

  /**
   * Opens the network that made this database, from its own copy, as it was opened then.
   *
   * @param options what is to be otherwise; {@link NetworkOptions#defaults} for nothing
   * @throws UserError if the copy is no longer the network that made it
   */
  public Network network(NetworkOptions options) {
    Network network = Network.open(members.model(), options);
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
  private static boolean tooLarge(Members members) {
    long bytes = members.bytes();
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        && bytes > system.getTotalMemorySize() / 2;
  }

  private CellStore store(Layer layer, Places places, Opening.Statistics statistics) {
    List<NpyArray> shards = members.cells(layer);
    return new MappedCells(
        layer,
        common.elements(),
        exemplars.size(),
        places,
        shards,
        scattered
            ? shards.stream().map(s -> NpyArray.mapScattered(s.file(), arena)).toList()
            : shards,
        statistics.mean(),
        statistics.deviation(),
        statistics.scale());
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
          return Optional.of(
              UserError.about(
                  Knob.VERIFY,
                  "%s: expected finite numbers in the cells of layer %s, found %s in training picture %s; copy the database again, or delete its folder and index the data set again"
                      .formatted(
                          members.cellsFile(store.layer(), exemplar),
                          store.layer().name(),
                          number,
                          exemplars.get(exemplar).id())));
        }
      }
    }
    return Optional.empty();
  }

  private Raster raster(byte[] pixels) {
    Manifest.OutputEntry output = common.output();
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
