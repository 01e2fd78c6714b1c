package org.compnn.search.field;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Selection;
import org.compnn.database.build.AnnexDraft;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Promise;
import org.compnn.search.Quality;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ChosenCells;
import org.compnn.search.lists.ListIndex;
import org.compnn.threads.Workers;

/**
 * Finds out how much a search by a layer's lists must spend for what each {@link Quality} promises.
 *
 * <p>Windows of some exemplars are searched for in all others but those, and the exemplars before
 * and after them; some of their cells are searched exactly. Networks know their training pictures
 * too well: their cells lie closer together than those of other pictures. So every second window is
 * mixed with one of another exemplar, and a promise is kept only if it is kept for these cells as
 * well. More and more is spent until all promises are kept with something to spare. The outcome is
 * noted with the lists.
 */
public final class Calibration {
  /** Exemplars whose windows are searched for, at the most. */
  private static final int WINDOWS = 16;

  /** Rows and columns of a window at the most. */
  private static final int SIDE = 24;

  /** Cells that are searched exactly, at the most. */
  private static final int CELLS = 480;

  /** Where exact search has no bounds to go by, it may take so many operations. */
  private static final double OPERATIONS = 2e11;

  /** Fewer cells say nothing. */
  private static final int FEWEST = 24;

  /** Of what a promise allows so much may be used up: other pictures may be harder. */
  private static final double USED = 0.7;

  /** The same for {@link Quality#BEST}, which allows so little that chance counts for more. */
  private static final double USED_BY_BEST = 0.5;

  /** The share of another exemplar in a window that is mixed. */
  private static final float MIXED = 1f / 3;

  private static final long SEED = 3;

  private static final List<Effort> EFFORTS =
      List.of(
          new Effort(2, 3, 1),
          new Effort(3, 4, 2),
          new Effort(4, 6, 2),
          new Effort(5, 6, 2),
          new Effort(6, 6, 2),
          new Effort(8, 6, 3),
          new Effort(10, 8, 4),
          new Effort(12, 8, 6),
          new Effort(16, 12, 6),
          new Effort(24, 16, 6),
          new Effort(32, 16, 6),
          new Effort(48, 16, 6),
          new Effort(64, 24, 6),
          new Effort(96, 32, 6));

  private final CellStore store;
  private final ListIndex lists;
  private final Workers workers;
  private final Selection rest;
  private final FeatureMap query;
  private final int[] interior;
  private final int windowCells;

  private Calibration(CellStore store, ListIndex lists, Workers workers, int windows) {
    this.store = store;
    this.lists = lists;
    this.workers = workers;
    int all = store.exemplars();
    int apart = windows * 5 <= all / 3 ? 2 : windows * 3 <= all / 3 ? 1 : 0;
    BitSet kept = new BitSet(all);
    kept.set(0, all);
    int rows = Math.min(SIDE, store.layer().rows());
    int columns = Math.min(SIDE, store.layer().columns());
    int channels = store.layer().channels();
    float[][] cells = new float[windows][rows * columns * channels];
    Random random = new Random(SEED);
    for (int w = 0; w < windows; w++) {
      int exemplar = (int) ((w + 0.5) * all / windows);
      kept.clear(Math.max(0, exemplar - apart), Math.min(all, exemplar + apart + 1));
      int top = random.nextInt(store.layer().rows() - rows + 1);
      int left = random.nextInt(store.layer().columns() - columns + 1);
      for (int row = 0; row < rows; row++) {
        int from = (top + row) * store.layer().columns() + left;
        store.read(exemplar, from, columns, cells[w], row * columns * channels);
      }
    }
    float[] laid = new float[windows * rows * columns * channels];
    for (int w = 0; w < windows; w++) {
      float[] other = cells[(w + windows / 2) % windows];
      float share = w % 2 == 1 ? MIXED : 0;
      for (int i = 0; i < other.length; i++) {
        laid[w * other.length + i] = cells[w][i] + share * (other[i] - cells[w][i]);
      }
    }
    this.windowCells = rows * columns;
    this.rest = Selection.of(kept, all);
    // One below the other: where they meet there are no true hyperpatches, so nothing is measured.
    this.query = new FeatureMap(windows * rows, columns, channels, laid);
    this.interior = interior(windows, rows, columns, lists.hyperpatch());
  }

  private static int[] interior(int windows, int rows, int columns, int p) {
    List<Integer> interior = new ArrayList<>();
    for (int cell = 0; cell < windows * rows * columns; cell++) {
      int row = cell / columns % rows;
      int column = cell % columns;
      if (row >= Math.min(p - 1, rows / 2)
          && row <= Math.max(rows - p, rows / 2)
          && column >= Math.min(p - 1, columns / 2)
          && column <= Math.max(columns - p, columns / 2)) {
        interior.add(cell);
      }
    }
    return interior.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether a layer has lists for a size that were not calibrated, and can be. */
  public static boolean wanting(Database database, CellStore store, int hyperpatch) {
    return windows(store) > 0
        && lists(database, store, hyperpatch)
            .filter(lists -> Calibrated.of(lists, Distance.L2, Quality.FAST).isEmpty())
            .isPresent();
  }

  /**
   * What the searches of a layer promise, a line for each distance: nothing if it has no lists for
   * that size or they were not calibrated.
   */
  public static List<String> lines(Database database, CellStore store, int hyperpatch) {
    return lists(database, store, hyperpatch).stream()
        .flatMap(lists -> Arrays.stream(Distance.values()).flatMap(d -> line(store, lists, d)))
        .toList();
  }

  private static Stream<String> line(CellStore store, ListIndex lists, Distance distance) {
    List<String> parts = new ArrayList<>();
    int cells = 0;
    for (Quality quality : Quality.values()) {
      Optional<Calibrated> found = Calibrated.of(lists, distance, quality);
      if (found.isPresent()) {
        Promise promise = found.get().promise();
        cells = promise.cells();
        parts.add(
            String.format(
                Locale.ROOT,
                "%s %.3f %s %s",
                quality.name().toLowerCase(Locale.ROOT),
                promise.reached(),
                promise.kept() ? "of" : "instead of",
                promise.promised()));
      }
    }
    return parts.isEmpty()
        ? Stream.empty()
        : Stream.of(
            String.format(
                Locale.ROOT,
                "Distance ratios of %s, %s, on %d held-out training cells: %s",
                store.layer().name(),
                distance.name().toLowerCase(Locale.ROOT),
                cells,
                String.join(", ", parts)));
  }

  private static int windows(CellStore store) {
    return Math.min(WINDOWS, store.exemplars() / 8);
  }

  private static Optional<ListIndex> lists(Database database, CellStore store, int hyperpatch) {
    return ListIndex.exactly(database, store, hyperpatch);
  }

  /**
   * Calibrates the lists of a layer for a size, unless that was done or there are too few
   * exemplars.
   *
   * @return whether it was done now
   */
  public static boolean run(
      Database database, CellStore store, int hyperpatch, Workers workers, Progress progress) {
    if (!wanting(database, store, hyperpatch)) {
      return false;
    }
    ListIndex lists = lists(database, store, hyperpatch).orElseThrow();
    Map<String, Double> numbers = new TreeMap<>();
    try (Progress.Task task =
        progress.begin("calibrating the search", "distances", Distance.values().length)) {
      Calibration calibration = new Calibration(store, lists, workers, windows(store));
      for (Distance distance : Distance.values()) {
        calibration
            .measured(distance)
            .forEach((quality, found) -> found.note(distance, quality, numbers));
        task.advance(1);
      }
      AnnexDraft.note(lists.folder(), numbers);
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(database.folder(), e);
    }
    return true;
  }

  /** What each quality needs; nothing if too few cells can be searched exactly. */
  private Map<Quality, Calibrated> measured(Distance distance) {
    SearchSettings settings = new SearchSettings(lists.hyperpatch(), distance, 1, rest);
    int[] chosen = chosen(settings);
    Map<Quality, Calibrated> measured = new EnumMap<>(Quality.class);
    if (chosen.length < FEWEST) {
      return measured;
    }
    FieldSearch search = FieldSearch.of(store, lists, workers);
    float[] nearest = nearest(search, settings, chosen);
    for (Effort effort : EFFORTS) {
      FieldSearch.Searched searched = search.search(query, settings, effort, Deadline.NONE);
      double ratio =
          Math.max(
              ratio(searched.field(), chosen, nearest, 0),
              ratio(searched.field(), chosen, nearest, 1));
      Effort noted = effort.withUsual(searched.away());
      for (Quality quality : Quality.values()) {
        Calibrated before = measured.get(quality);
        if (before == null
            || (!kept(quality, before.promise().reached()) && ratio < before.promise().reached())) {
          measured.put(
              quality,
              new Calibrated(noted, new Promise(quality.promised(), ratio, chosen.length)));
        }
      }
      if (kept(Quality.BEST, ratio)) {
        break;
      }
    }
    return measured;
  }

  private static boolean kept(Quality quality, double ratio) {
    double used = quality == Quality.BEST ? USED_BY_BEST : USED;
    return ratio - 1 <= used * (quality.promised() - 1);
  }

  /** The distance ratio of the windows that are mixed, or of the others. */
  private double ratio(Field field, int[] chosen, float[] nearest, int mixed) {
    int[] of =
        IntStream.range(0, chosen.length)
            .filter(i -> chosen[i] / windowCells % 2 == mixed)
            .toArray();
    int[] cells = new int[of.length];
    float[] distances = new float[of.length];
    for (int i = 0; i < of.length; i++) {
      cells[i] = chosen[of[i]];
      distances[i] = nearest[of[i]];
    }
    return of.length == 0 ? 1 : FieldCheck.of(field, cells, distances).ratio();
  }

  private Field field(FieldSearch search, SearchSettings settings, Effort effort) {
    return search.search(query, settings, effort, Deadline.NONE).field();
  }

  private int[] chosen(SearchSettings settings) {
    double each = FieldCheck.operations(store, settings);
    int wanted =
        BoundedSearch.possible(lists, settings)
            ? CELLS
            : (int) Math.min(CELLS, OPERATIONS / Math.max(1, each));
    int[] places = FieldCheck.chosen(interior.length, wanted, SEED);
    for (int i = 0; i < places.length; i++) {
      places[i] = interior[places[i]];
    }
    return places;
  }

  /** The distances of the nearest matches of some cells. */
  private float[] nearest(FieldSearch search, SearchSettings settings, int[] chosen) {
    if (!BoundedSearch.possible(lists, settings)) {
      return ChosenCells.find(store, query, settings, chosen, workers).distance();
    }
    // The nearer what is known already, the less is compared.
    Field near = field(search, settings, Effort.of(Quality.BEST));
    return search.bounded(query, settings, near, chosen).distances(workers);
  }
}
