package org.compnn.search.field;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.kernels.Kernels;
import org.compnn.network.FeatureMap;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.search.FieldCheck;
import org.compnn.search.Found;
import org.compnn.search.How;
import org.compnn.search.Promise;
import org.compnn.search.Quality;
import org.compnn.search.Search;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ChosenCells;
import org.compnn.search.exact.Copied;
import org.compnn.search.exact.ExactSearch;
import org.compnn.search.exact.Ranking;
import org.compnn.search.lists.ListIndex;
import org.compnn.threads.Workers;

/**
 * Finds a field of near matches fast: seeds from inverted lists ({@link Seeds}), ranked by their
 * full distance and passed on between neighbours ({@link Refinement}). Distances in the field are
 * the exact ones of the matches it holds; that a match is the nearest of all is likely, not sure,
 * and a sample searched exactly tells how likely. A picture of the training set, or a piece of one,
 * matches itself at distance 0 ({@link Copied}). Where exact search is affordable, it is what is
 * done.
 *
 * <p>The field is the same for any number of threads. Interrupting the calling thread ends a search
 * with a {@link CancellationException}.
 */
public final class FieldSearch implements Search {
  /** Cells whose hyperpatches are laid out at once, so that memory stays bounded. */
  private static final int AT_ONCE = 4096;

  /** A check of fewer says nothing, and is not made unless it is asked for. */
  private static final int FEWEST_CHECKED = 8;

  /** Chooses the cells that are checked. */
  private static final long CHECKED = 11;

  private final CellStore store;
  private final Optional<ListIndex> index;
  private final Quality quality;
  private final Workers workers;
  private final Progress progress;
  private final boolean exactIfAffordable;
  private final Kernels kernels = Kernels.best();

  private FieldSearch(
      CellStore store,
      Optional<ListIndex> index,
      Quality quality,
      Workers workers,
      Progress progress,
      boolean exactIfAffordable) {
    this.store = store;
    this.index = index;
    this.quality = quality;
    this.workers = workers;
    this.progress = progress;
    this.exactIfAffordable = exactIfAffordable;
  }

  /**
   * Opens the lists of a layer; nothing is read but their description and centroids.
   *
   * @param hyperpatch the size that will mostly be searched: lists made for the nearest size serve
   * @throws UserError if there are lists but they are not whole
   */
  public static FieldSearch open(
      Database database,
      CellStore store,
      int hyperpatch,
      Quality quality,
      Workers workers,
      Progress progress) {
    return new FieldSearch(
        store, ListIndex.open(database, store, hyperpatch), quality, workers, progress, true);
  }

  /** A search by lists alone. */
  static FieldSearch of(CellStore store, ListIndex lists, Workers workers) {
    return new FieldSearch(store, Optional.of(lists), Quality.BEST, workers, Progress.NONE, false);
  }

  /** The same search without recourse to the exact one. */
  public FieldSearch byLists() {
    return new FieldSearch(store, index, quality, workers, progress, false);
  }

  /** The same lists, searched with another effort. */
  public FieldSearch with(Quality other) {
    return new FieldSearch(store, index, other, workers, progress, exactIfAffordable);
  }

  /** Whether there are lists; without them every search is exact. */
  public boolean listed() {
    return index.isPresent();
  }

  /** Whether a search of so many cells among so many exemplars is exact. */
  public boolean exact(int queryCells, int exemplars) {
    return index.isEmpty()
        || (exactIfAffordable && ExactSearch.affordable(queryCells, store, exemplars));
  }

  @Override
  public Found find(FeatureMap activations, SearchSettings settings) {
    Optional<Calibrated> calibrated = calibrated(settings);
    Effort effort = calibrated.map(Calibrated::effort).orElseGet(() -> Effort.of(quality));
    return find(activations, settings, effort, Deadline.NONE, promise(calibrated, settings));
  }

  private Optional<Calibrated> calibrated(SearchSettings settings) {
    return index.flatMap(lists -> Calibrated.of(lists, settings.distance(), quality));
  }

  /** Lists promise nothing of hyperpatches of other sizes than theirs. */
  private Optional<Promise> promise(Optional<Calibrated> calibrated, SearchSettings settings) {
    return calibrated
        .filter(_ -> index.orElseThrow().hyperpatch() == settings.hyperpatch())
        .map(Calibrated::promise);
  }

  /** What this search promises of a field, where its lists were calibrated for what is asked. */
  public Optional<Promise> promise(SearchSettings settings) {
    return promise(calibrated(settings), settings);
  }

  /**
   * The same lists, searched for the best field that can be found in a time: more and more lists
   * are searched while there is time left, then rounds of propagation. What a search has reached
   * depends on the machine and on what else runs there, and with it the field. The nearest list of
   * each cell is searched however little time there is, and a search that is affordable exactly is
   * exact.
   *
   * @param seconds a search, greater than 0
   */
  public Search within(double seconds) {
    return (activations, settings) ->
        find(activations, settings, Effort.WITHIN, Deadline.in(seconds), Optional.empty());
  }

  ListIndex lists() {
    return index.orElseThrow();
  }

  private Found find(
      FeatureMap activations,
      SearchSettings settings,
      Effort effort,
      Deadline deadline,
      Optional<Promise> promise) {
    if (exact(activations.rows() * activations.columns(), settings.selection().size())) {
      return new ExactSearch(store, workers, progress).find(activations, settings);
    }
    long begin = System.nanoTime();
    Searched searched =
        search(
            store.standardise(activations), settings, effort.among(settings.selection()), deadline);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Found(
        searched.field(), new How.Lists(searched.probes(), searched.rounds(), promise, seconds));
  }

  /** A field, and what was spent on it; see {@link Seeds.ByCode#away}. */
  record Searched(Field field, int probes, int rounds, double away) {}

  /** Searches the lists for standardised cells. */
  Searched search(FeatureMap query, SearchSettings settings, Effort effort, Deadline deadline) {
    ListIndex lists = index.orElseThrow();
    int slots = settings.topK();
    // As many as are asked for, even if the quality would be content with fewer.
    int candidates = Math.max(effort.candidates(), slots);
    Seeds.ByCode seeds =
        new Seeds(store, lists, kernels, effort, candidates)
            .find(query, settings, workers, deadline);
    stopIfInterrupted();
    Refinement refinement = new Refinement(store, query, settings, slots, kernels);
    long start = System.nanoTime();
    refinement.seed(seeds, workers);
    int rounds = 0;
    // The first ranking takes less than seeding did, and a round less than the one before.
    while (rounds < effort.rounds() && deadline.allows(2.0 * (System.nanoTime() - start))) {
      stopIfInterrupted();
      start = System.nanoTime();
      rounds++;
      if (refinement.propagate(workers) == 0) {
        break;
      }
    }
    Field field =
        complete(
            new Ranking(store, query, settings).rank(refinement.candidates(), workers),
            query,
            settings);
    Copied.complete(store, query, settings, field, workers);
    return new Searched(field, seeds.probes(), rounds, seeds.away());
  }

  /**
   * How near a field comes to the exact one, where the lists can tell it without exact search: they
   * bound L2 distances of hyperpatches no smaller than those they were made for. The cost is some
   * tenths of a second for a hundred cells.
   *
   * @param activations what the field was found for
   * @param wanted cells that are looked at, 1 or more, chosen at random
   * @param seed chooses them
   * @return the check that {@link ExactSearch#check} would give, or empty where the lists cannot
   *     tell
   */
  public Optional<FieldCheck> check(
      FeatureMap activations, SearchSettings settings, Field field, int wanted, long seed) {
    if (index.isEmpty() || !Reach.known(index.get(), settings)) {
      return Optional.empty();
    }
    int cells = activations.rows() * activations.columns();
    int[] chosen = FieldCheck.chosen(cells, wanted, seed);
    float[] nearest =
        bounded(store.standardise(activations), settings, field, chosen).distances(workers);
    return Optional.of(FieldCheck.of(field, chosen, nearest));
  }

  /**
   * Checks a field: by its lists if they can tell, by exact search if that is affordable.
   *
   * @param wanted cells that are looked at, 1 or more
   * @param insisted whether so many were asked for, however long that takes
   */
  public Optional<FieldCheck> checkAffordable(
      FeatureMap activations, SearchSettings settings, Field field, int wanted, boolean insisted) {
    Optional<FieldCheck> check = check(activations, settings, field, wanted, CHECKED);
    if (check.isPresent()) {
      return check;
    }
    int affordable = insisted ? wanted : Math.min(wanted, FieldCheck.affordable(store, settings));
    return affordable < Math.min(wanted, FEWEST_CHECKED)
        ? Optional.empty()
        : Optional.of(
            new ExactSearch(store, workers, progress)
                .check(activations, settings, field, affordable, CHECKED));
  }

  BoundedSearch bounded(FeatureMap query, SearchSettings settings, Field field, int[] chosen) {
    return new BoundedSearch(store, index.orElseThrow(), kernels, query, settings, field, chosen);
  }

  /**
   * Searches exactly for the cells whose lists hold less than is asked for: where few exemplars are
   * selected, a cell's lists may have none of theirs.
   */
  private Field complete(Field field, FeatureMap query, SearchSettings settings) {
    int k = field.topK();
    long offered = (long) settings.selection().size() * store.layer().cells();
    int last = (int) Math.min(k, offered) - 1;
    int[] lacking = last < 0 ? new int[0] : lacking(field, last);
    for (int from = 0; from < lacking.length; from += AT_ONCE) {
      stopIfInterrupted();
      int[] cells = Arrays.copyOfRange(lacking, from, Math.min(lacking.length, from + AT_ONCE));
      Field found = ChosenCells.find(store, query, settings, cells, workers);
      for (int i = 0; i < cells.length; i++) {
        ChosenCells.copy(found, i * k, field, cells[i] * k);
      }
    }
    return field;
  }

  /** Cells without a match at a place. */
  private static int[] lacking(Field field, int place) {
    int[] lacking = new int[field.rows() * field.columns()];
    int count = 0;
    for (int cell = 0; cell < lacking.length; cell++) {
      if (field.exemplar()[cell * field.topK() + place] < 0) {
        lacking[count++] = cell;
      }
    }
    return Arrays.copyOf(lacking, count);
  }

  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the search was interrupted");
    }
  }
}
