package org.compnn.search.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.compnn.database.CellStore;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Search;
import org.compnn.search.SearchSettings;
import org.compnn.threads.Workers;

/**
 * Compares every cell of the query with every cell of the selection: the reference for all other
 * searches.
 *
 * <p>Cost: query cells x training cells x channels multiplications, whatever the size of the
 * hyperpatch. Memory: some 50 MB and what the query takes, whatever the size of the training set;
 * the store is read once from front to back.
 *
 * <p>The matrix product is calculated in single precision and finds, per query cell, a few more
 * matches than asked for; these are put in order by their distances calculated directly in double
 * precision. A picture of the training set matches itself at distance 0 even where many cells are
 * nearly alike ({@link Copied}). Equal distances go to the smaller exemplar, then row, then column.
 * A hyperpatch all of zeros has no direction: its cosine distance from anything is 1. Cells with
 * numbers that are not finite match nothing. The field is the same for any number of threads.
 *
 * <p>Interrupting the calling thread ends a search with a {@link CancellationException}.
 */
public final class ExactSearch implements Search {
  /** How many matches more than asked for are ranked by their direct distances. */
  private static final int SPARE = 4;

  /** Numbers of the training set that are held packed at a time, 32 MB. */
  private static final int ROUND = 1 << 23;

  /** Numbers that the matrices of a tile may take: 600 KB of the second-level cache. */
  private static final int RING = 150_000;

  /** Numbers of a packed tile. */
  private static final int TILE = 1 << 21;

  /** Multiplications and additions that take so little that no lists are used: 0.1 s. */
  private static final double AFFORDABLE = 1e10;

  private final CellStore store;
  private final Workers workers;
  private final Progress progress;
  private final Kernels kernels;

  public ExactSearch(CellStore store, Workers workers, Progress progress) {
    this(store, workers, progress, Kernels.best());
  }

  ExactSearch(CellStore store, Workers workers, Progress progress, Kernels kernels) {
    this.store = store;
    this.workers = workers;
    this.progress = progress;
    this.kernels = kernels;
  }

  /** Whether the search of so many cells among so many exemplars takes no time to speak of. */
  public static boolean affordable(int queryCells, CellStore store, int exemplars) {
    double cells = (double) exemplars * store.layer().cells();
    return 2.0 * queryCells * cells * store.layer().channels() <= AFFORDABLE;
  }

  /** Some rows of a slab of the strip. */
  private record Part(int slab, int firstRow, int rows) {}

  @Override
  public Found find(FeatureMap activations, SearchSettings settings) {
    long begin = System.nanoTime();
    fit(activations, settings);
    FeatureMap query = store.standardise(activations);
    Field field = match(query, settings);
    Copied.complete(store, query, settings, field, workers);
    return new Found(field, new How.Exact((System.nanoTime() - begin) / 1e9));
  }

  private void fit(FeatureMap query, SearchSettings settings) {
    if (query.channels() != store.layer().channels()
        || settings.selection().exemplars() != store.exemplars()) {
      throw new IllegalArgumentException(
          "a query of %d channels and a selection of %d exemplars for a store of %d and %d"
              .formatted(
                  query.channels(),
                  settings.selection().exemplars(),
                  store.layer().channels(),
                  store.exemplars()));
    }
  }

  /** Searches for cells that are standardised already. */
  Field match(FeatureMap query, SearchSettings settings) {
    return ranked(query, settings).field(settings.topK());
  }

  /**
   * Searches some of the exemplars, for a search of all that is done in parts.
   *
   * @param settings select them
   */
  public ExactPart part(FeatureMap activations, SearchSettings settings) {
    fit(activations, settings);
    return ranked(store.standardise(activations), settings);
  }

  /**
   * The field of a search that was done in parts.
   *
   * @param whole of all selected exemplars, see {@link ExactPart#together}
   * @param settings select all of them
   */
  public Field finish(ExactPart whole, FeatureMap activations, SearchSettings settings) {
    fit(activations, settings);
    Field field = whole.field(settings.topK());
    Copied.complete(store, store.standardise(activations), settings, field, workers);
    return field;
  }

  private ExactPart ranked(FeatureMap query, SearchSettings settings) {
    int slots = Math.addExact(settings.topK(), SPARE);
    Candidates candidates = new Candidates(query.rows() * query.columns(), slots);
    int[] exemplars = settings.selection().indices();
    if (exemplars.length > 0 && query.cells().length > 0) {
      Strip strip =
          Strip.of(
              exemplars,
              store.layer().rows(),
              store.layer().columns(),
              settings.hyperpatch(),
              kernels.panel());
      scan(query, settings, strip, candidates);
    }
    return new Ranking(store, query, settings).part(candidates, workers);
  }

  /**
   * How near a field comes to the exact one, by an exact search for some of its cells.
   *
   * @param activations what the field was found for
   * @param field found with these settings
   * @param wanted cells to search exactly, 1 or more; all of them if there are no more
   * @param seed chooses the cells
   */
  public FieldCheck check(
      FeatureMap activations, SearchSettings settings, Field field, int wanted, long seed) {
    FeatureMap query = store.standardise(activations);
    int[] chosen = FieldCheck.chosen(query.rows() * query.columns(), wanted, seed);
    Field exact =
        ChosenCells.find(
            store,
            query,
            new SearchSettings(settings.hyperpatch(), settings.distance(), 1, settings.selection()),
            chosen,
            workers);
    return FieldCheck.of(field, chosen, exact.distance());
  }

  private void scan(FeatureMap query, SearchSettings settings, Strip strip, Candidates candidates) {
    List<QueryTile> tiles = tiles(query, settings.hyperpatch(), TileScan.stride(strip));
    List<TileScan> scans = new ArrayList<>();
    for (int i = 0; i < workers.threads(); i++) {
      scans.add(new TileScan(kernels, settings, strip));
    }
    long rowSize = Slab.size(strip, query.channels());
    int most = Math.toIntExact(Math.max(1, ROUND / rowSize - settings.hyperpatch() + 1));
    List<Part> parts = parts(strip, Math.min(most, strip.rows()));
    int partRows = parts.getFirst().rows();
    long partSize = (partRows + settings.hyperpatch() - 1) * rowSize;
    int atOnce = Math.toIntExact(Math.clamp(ROUND / partSize, 1, parts.size()));
    List<Slab> slabs = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      slabs.add(new Slab(kernels, store, settings, strip, partRows));
    }
    try (Progress.Task task = progress.begin("searching", "pictures", strip.exemplars().length)) {
      int told = 0;
      for (int from = 0; from < parts.size(); from += atOnce) {
        int count = Math.min(atOnce, parts.size() - from);
        pack(slabs, parts.subList(from, from + count));
        workers.run(
            tiles.size(),
            (number, thread) -> {
              QueryTile tile = tiles.get(number);
              scans.get(thread).begin(tile);
              for (int i = 0; i < count; i++) {
                stopIfInterrupted();
                scans.get(thread).scan(tile, slabs.get(i), candidates);
              }
            });
        stopIfInterrupted();
        int next = from + count;
        int complete =
            next == parts.size()
                ? strip.exemplars().length
                : strip.complete(parts.get(next).slab());
        task.advance(complete - told);
        told = complete;
      }
    }
  }

  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the search was interrupted");
    }
  }

  private void pack(List<Slab> slabs, List<Part> parts) {
    int rows = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      slabs.get(i).begin(part.slab(), part.firstRow(), part.rows());
      rows = Math.max(rows, slabs.get(i).packedRows());
    }
    int each = rows;
    workers.run(
        parts.size() * each,
        (number, thread) -> {
          Slab slab = slabs.get(number / each);
          if (number % each < slab.packedRows()) {
            slab.pack(number % each);
          }
        });
    workers.run(
        parts.size() * each,
        (number, thread) -> {
          Slab slab = slabs.get(number / each);
          if (number % each < slab.rows()) {
            slab.weigh(number % each);
          }
        });
  }

  private static List<Part> parts(Strip strip, int most) {
    List<Part> parts = new ArrayList<>();
    int bands = Math.ceilDiv(strip.rows(), most);
    int rows = Math.ceilDiv(strip.rows(), bands);
    for (int slab = 0; slab < strip.slabs(); slab++) {
      for (int row = 0; row < strip.rows(); row += rows) {
        parts.add(new Part(slab, row, Math.min(rows, strip.rows() - row)));
      }
    }
    return parts;
  }

  /** Tiles as wide as the cache allows; enough of them that no thread waits long for another. */
  private List<QueryTile> tiles(FeatureMap query, int p, int stride) {
    int blocks = Math.max(Math.ceilDiv(4 * p, Kernels.ROWS), RING / (p * stride * Kernels.ROWS));
    int columnBands = Math.ceilDiv(query.columns(), blocks * Kernels.ROWS - p + 1);
    int least = Math.ceilDiv(query.columns(), columnBands);
    int columns = Math.ceilDiv(least + p - 1, Kernels.ROWS) * Kernels.ROWS - p + 1;
    int most = Math.max(p, TILE / (blocks * Kernels.ROWS * query.channels()));
    int threads = workers.threads();
    int rowBands =
        Math.max(
            Math.ceilDiv(query.rows(), most),
            threads == 1 ? 1 : Math.min(query.rows(), Math.ceilDiv(4 * threads, columnBands)));
    int rows = Math.ceilDiv(query.rows(), rowBands);
    List<QueryTile> tiles = new ArrayList<>();
    for (int row = 0; row < query.rows(); row += rows) {
      for (int column = 0; column < query.columns(); column += columns) {
        tiles.add(
            new QueryTile(
                query,
                row,
                column,
                Math.min(rows, query.rows() - row),
                Math.min(columns, query.columns() - column),
                p));
      }
    }
    return tiles;
  }
}
