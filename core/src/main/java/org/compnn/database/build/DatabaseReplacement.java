package org.compnn.database.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.database.Annex;
import org.compnn.database.Database;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.database.Replaced;
import org.compnn.dataset.Pair;
import org.compnn.files.Checksum;
import org.compnn.files.WholeFile;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.network.Frame;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.threads.Workers;

/**
 * Replaces exemplars of a finished database. The shards that hold them are written anew under other
 * names; then the description changes in one step, then the old shards go. So what is broken off
 * leaves the database as it was, or with all that was replaced. Shards that hold none of them, and
 * columns in which nothing changes, are not touched: of an exemplar with another label and the same
 * picture only the label.
 *
 * <p>Where pictures changed, the layers' search lists go before the description changes, since they
 * are those of the old cells; a database is complete without. Channels' means and deviations stay,
 * as when exemplars are added.
 */
public final class DatabaseReplacement {
  /** What a plan says of a replacement. */
  private static final String REPLACED_IN = "replaced in";

  private final Path folder;
  private final Manifest manifest;
  private final Map<String, String> located;
  private final Database database;
  private final Network network;
  private final Embedding embedding;
  private final Map<Integer, Replacement> replacements;
  private final int revision;
  private final Map<String, Manifest.FileEntry> revised = new LinkedHashMap<>();
  private final List<Manifest.ExemplarEntry> exemplars;
  private int labels;
  private int pictures;

  private DatabaseReplacement(
      Database database, Manifest manifest, Network network, List<Replacement> replacements) {
    this.folder = database.folder();
    this.database = database;
    this.manifest = manifest;
    this.located = manifest.located();
    this.network = network;
    this.embedding = embedding();
    this.replacements =
        ReplacedExemplars.of(
            folder,
            manifest.exemplars().stream().map(Manifest.ExemplarEntry::id).toList(),
            replacements);
    this.exemplars = new ArrayList<>(manifest.exemplars());
    this.revision =
        1
            + manifest.files().stream()
                .mapToInt(file -> Layout.revision(file.path()))
                .max()
                .orElse(0);
  }

  /**
   * Replaces exemplars by those of the same ids.
   *
   * @param threads pictures worked on at once
   * @throws UserError if there is no finished database, one of them is none of its exemplars or
   *     does not fit, it has no right outputs at all, or the disk is full
   */
  public static Replaced replace(
      Path folder, List<Replacement> replacements, int threads, Progress progress) {
    Manifest manifest = ManifestFile.read(folder);
    try (Database database = Database.open(folder);
        Network network = database.network(NetworkOptions.defaults().withThreads(1))) {
      return new DatabaseReplacement(database, manifest, network, replacements)
          .replace(threads, progress);
    } catch (UncheckedIOException e) {
      throw DatabaseBuilder.unwritable(folder, e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(folder, e);
    }
  }

  private Embedding embedding() {
    List<Layer> layers =
        manifest.layers().stream().map(entry -> network.layer(entry.name())).toList();
    return new Embedding(
        network,
        layers,
        manifest.elements(),
        manifest.output().palette(),
        StoredScales.of(folder, manifest));
  }

  private Replaced replace(int threads, Progress progress) throws IOException {
    if (!manifest.hasTargets()) {
      throw new UserError(
          folder
              + ": expected a database with original labels to replace, found none; index a data"
              + " set with labels");
    }
    try (BuildLock _ = BuildLock.take(folder);
        Workers workers = Workers.of(threads);
        Progress.Task task = progress.begin("replacing", "pictures", replacements.size())) {
      String before = ManifestFile.text(manifest);
      if (!ManifestFile.text(ManifestFile.read(folder)).equals(before)) {
        throw new UserError(
            folder
                + ": expected the database as it was, found one that another build changed; try"
                + " again");
      }
      OwnFiles own = OwnFiles.of(folder);
      own.refuseOthers();
      Leftovers.remove(folder);
      BuildState state = new BuildState(folder);
      if (state.begun()) {
        // What an extension or another replacement has left is part of nothing.
        own.removeLeftovers(manifest);
      }
      state.note(
          BuildState.Plan.of(
              Map.of(REPLACED_IN, Checksum.of(before)),
              manifest.layers().stream().map(Manifest.LayerEntry::folder).toList(),
              List.of()));
      int first = 0;
      for (int shard = 0; shard < manifest.shards(); shard++) {
        revise(shard, first, workers, task);
        first += manifest.inShard(shard);
      }
      if (!revised.isEmpty()) {
        finish();
      }
      Leftovers.remove(folder);
    }
    return new Replaced(pictures, labels, replacements.size() - pictures - labels);
  }

  /** What becomes of one exemplar; nothing where it stays as it is. */
  private sealed interface Fresh {
    /**
     * @param learned how well that is learned; empty where it is not kept
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Label(byte[] target, Optional<byte[]> learned) implements Fresh {}

    record Whole(Embedding.Embedded embedded) implements Fresh {}
  }

  private void revise(int shard, int first, Workers workers, Progress.Task task)
      throws IOException {
    List<Integer> here =
        replacements.keySet().stream()
            .filter(exemplar -> exemplar >= first && exemplar < first + manifest.inShard(shard))
            .toList();
    // What changes is found out first, without the network; so no shard is written for nothing.
    List<Optional<Change>> changes = workers.map(here.size(), number -> change(here.get(number)));
    Map<Integer, Change> changed = new TreeMap<>();
    for (int i = 0; i < here.size(); i++) {
      int exemplar = here.get(i);
      changes.get(i).ifPresent(change -> changed.put(exemplar, change));
    }
    if (changed.isEmpty()) {
      task.advance(here.size());
      return;
    }
    boolean cells = changed.containsValue(Change.PICTURE);
    try (Arena arena = Arena.ofConfined()) {
      List<Rewriting> columns = new ArrayList<>();
      try {
        for (Column column : columns(shard, cells)) {
          columns.add(new Rewriting(column, shard, manifest.inShard(shard), arena));
        }
        List<Integer> order = List.copyOf(changed.keySet());
        int written = first;
        for (int from = 0; from < order.size(); from += workers.threads()) {
          int begin = from;
          int count = Math.min(workers.threads(), order.size() - from);
          List<Fresh> fresh =
              workers.map(
                  count,
                  number -> {
                    int exemplar = order.get(begin + number);
                    return fresh(exemplar, Optional.ofNullable(changed.get(exemplar)));
                  });
          for (int number = 0; number < count; number++) {
            int exemplar = order.get(begin + number);
            for (; written < exemplar; written++) {
              keep(columns, written - first);
            }
            write(columns, exemplar, exemplar - first, fresh.get(number), cells);
            written++;
          }
        }
        for (; written < first + manifest.inShard(shard); written++) {
          keep(columns, written - first);
        }
        for (Rewriting column : columns) {
          revised.put(column.unrevised(), column.writer.finish(manifest.inShard(shard)));
        }
      } finally {
        for (Rewriting column : columns) {
          column.writer.close();
        }
      }
    }
    task.advance(here.size());
  }

  private static void keep(List<Rewriting> columns, int entry) throws IOException {
    for (Rewriting column : columns) {
      column.keep(entry);
    }
  }

  private void write(List<Rewriting> columns, int exemplar, int entry, Fresh fresh, boolean cells)
      throws IOException {
    Manifest.ExemplarEntry before = exemplars.get(exemplar);
    switch (fresh) {
      case Fresh.Label(byte[] target, Optional<byte[]> learned) -> {
        labels++;
        exemplars.set(
            exemplar, new Manifest.ExemplarEntry(before.id(), before.tags(), true, before.frame()));
        for (Rewriting column : columns) {
          switch (column.column.path()) {
            case Layout.TARGET -> column.writer.append(target);
            case Layout.LEARNED -> column.writer.append(learned.orElseThrow());
            default -> column.keep(entry);
          }
        }
      }
      case Fresh.Whole(Embedding.Embedded embedded) -> {
        if (!cells) {
          throw new IllegalStateException("cells of " + before.id() + " have no place");
        }
        pictures++;
        exemplars.set(
            exemplar,
            new Manifest.ExemplarEntry(
                before.id(), before.tags(), embedded.entry().target(), embedded.frame().numbers()));
        int next = 0;
        for (Column column : all()) {
          byte[] bytes = embedded.columns().get(next++);
          for (Rewriting each : columns) {
            if (each.column.path().equals(column.path())) {
              each.writer.append(bytes);
            }
          }
        }
        embedding.giveBack(embedded);
      }
    }
  }

  /** How an exemplar changes. */
  private enum Change {
    LABEL,
    PICTURE
  }

  private Optional<Change> change(int exemplar) {
    Replacement replacement = Optional.ofNullable(replacements.get(exemplar)).orElseThrow();
    if (replacement.pair().isPresent()) {
      Pair pair = replacement.pair().get();
      Pair.Content content = pair.read();
      // What else a network reads is not kept, so it cannot be compared.
      if (!network.readsOnlyAPicture()
          || !Arrays.equals(network.seen(content.sample()).rgb(), database.input(exemplar).rgb())) {
        return Optional.of(Change.PICTURE);
      }
    }
    Optional<Raster> target = replacement.target().get();
    if (target.isEmpty()) {
      return Optional.empty();
    }
    byte[] fresh = stored(exemplar, target.get());
    return !database.hasTarget(exemplar) || !Arrays.equals(fresh, bytes(database.target(exemplar)))
        ? Optional.of(Change.LABEL)
        : Optional.empty();
  }

  private Fresh fresh(int exemplar, Optional<Change> change) {
    Replacement replacement = Optional.ofNullable(replacements.get(exemplar)).orElseThrow();
    if (change.equals(Optional.of(Change.LABEL))) {
      return label(exemplar, stored(exemplar, replacement.target().get().orElseThrow()));
    }
    Pair pair = replacement.pair().orElseThrow();
    Embedding.Embedded embedded = embedding.embed(pair, pair.read());
    if (!embedded.input().equals(manifest.input())
        || !embedded.output().equals(manifest.output())) {
      throw new UserError(
          "%s: expected an input of %s and an output of %s, found %s and %s; fix the input size"
              .formatted(
                  pair.id(),
                  manifest.input(),
                  manifest.output().extent(),
                  embedded.input(),
                  embedded.output().extent()));
    }
    return new Fresh.Whole(embedded);
  }

  private Fresh label(int exemplar, byte[] target) {
    if (!keepsLearned(shard(exemplar))) {
      return new Fresh.Label(target, Optional.empty());
    }
    PictureSize size = new PictureSize(manifest.input().height(), manifest.input().width());
    Frame frame = database.frame(exemplar).orElseGet(() -> Frame.whole(size, size));
    return new Fresh.Label(
        target, Optional.of(embedding.learned(database.input(exemplar), frame, target)));
  }

  private int shard(int exemplar) {
    int shard = 0;
    for (int end = manifest.inShard(0); end <= exemplar; end += manifest.inShard(shard)) {
      shard++;
    }
    return shard;
  }

  private byte[] stored(int exemplar, Raster target) {
    Frame frame =
        database
            .frame(exemplar)
            .orElseGet(
                () ->
                    Frame.whole(
                        new PictureSize(target.height(), target.width()),
                        new PictureSize(manifest.input().height(), manifest.input().width())));
    return embedding.target(
        target, frame, database.prediction(exemplar), manifest.exemplars().get(exemplar).id());
  }

  private static byte[] bytes(Raster raster) {
    return Embedding.pixels(raster);
  }

  /** The columns of a shard to be written: that of targets, or all. */
  private List<Column> columns(int shard, boolean cells) {
    return all().stream()
        .filter(column -> keepsLearned(shard) || !column.path().equals(Layout.LEARNED))
        .filter(column -> cells || Layout.needsTargets(column.path()))
        .toList();
  }

  /** The columns of what is embedded, in that order. */
  private List<Column> all() {
    return ShardSet.columns(
        manifest.input(),
        manifest.output(),
        embedding.learns(),
        manifest.layers().stream().map(Manifest.LayerEntry::layer).toList(),
        manifest.layers().stream().map(entry -> entry.folder() + Layout.CELLS).toList(),
        manifest.elements());
  }

  /**
   * Whether a shard has a column of how well targets were learned that can be kept true: of an
   * older database it has none, and a network that reads more than pictures is not run again.
   */
  private boolean keepsLearned(int shard) {
    return located.containsKey(Layout.shard(Layout.LEARNED, shard)) && network.readsOnlyAPicture();
  }

  /** A shard of one column, as it is and as it becomes. */
  private final class Rewriting {
    final Column column;
    final ShardWriter writer;
    private final MemorySegment numbers;
    private final long entryBytes;
    private final int shard;

    Rewriting(Column column, int shard, int count, Arena arena) throws IOException {
      this.column = column;
      this.shard = shard;
      NpyType type = column.type();
      long[] whole = new long[column.shape().length + 1];
      whole[0] = count;
      System.arraycopy(column.shape(), 0, whole, 1, column.shape().length);
      String path = located.getOrDefault(unrevised(), unrevised());
      this.numbers = NpyArray.map(folder.resolve(path), arena).expect(type, whole).numbers();
      this.entryBytes = numbers.byteSize() / count;
      this.writer =
          new ShardWriter(folder, column, Layout.revised(column.path(), shard, revision), count);
    }

    String unrevised() {
      return Layout.shard(column.path(), shard);
    }

    /** The bytes of an exemplar that stays. */
    void keep(int entry) throws IOException {
      writer.append(numbers.asSlice(entry * entryBytes, entryBytes).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  private void finish() throws IOException {
    List<Manifest.FileEntry> files = new ArrayList<>();
    List<Path> outgoing = new ArrayList<>();
    for (Manifest.FileEntry file : manifest.files()) {
      Manifest.FileEntry instead = revised.get(Layout.unrevised(file.path()));
      // Sums are those of the cells that were there.
      boolean outdated =
          (pictures > 0 && file.path().endsWith("/" + Layout.SUMS))
              || (file.path().startsWith(Layout.LEARNED) && !network.readsOnlyAPicture());
      if (instead != null || outdated) {
        outgoing.add(folder.resolve(file.path()));
      }
      if (!outdated) {
        files.add(instead == null ? file : instead);
      }
    }
    Manifest changed =
        new Manifest(
            manifest.format(),
            manifest.version(),
            manifest.network(),
            manifest.input(),
            manifest.output(),
            manifest.elements(),
            manifest.exemplarsPerShard(),
            manifest.cuts(),
            manifest.layers(),
            exemplars,
            manifest.sideBySide(),
            files);
    BuildFolder.syncFolders(folder, files);
    if (pictures > 0) {
      for (Manifest.LayerEntry layer : manifest.layers()) {
        removeLists(folder.resolve(layer.folder()));
      }
    }
    WholeFile.write(folder.resolve(ManifestFile.NAME), ManifestFile.text(changed));
    WholeFile.sync(folder);
    for (Path old : outgoing) {
      Files.deleteIfExists(old);
    }
  }

  /**
   * Removes lists that are no longer those of their layer: at every moment they are whole, or not
   * there; and no draft of them is gone on with.
   */
  private static void removeLists(Path layer) throws IOException {
    for (Path lists : Annex.below(layer)) {
      Path aside = WholeFile.aside(lists);
      AnnexDraft.discard(aside);
      Files.move(lists, aside, StandardCopyOption.ATOMIC_MOVE);
    }
    WholeFile.sync(layer);
    try (Stream<Path> entries = Files.list(layer)) {
      for (Path aside :
          entries
              .filter(Files::isDirectory)
              .filter(entry -> entry.toString().endsWith(WholeFile.ASIDE))
              .toList()) {
        AnnexDraft.discard(aside);
      }
    }
  }
}
