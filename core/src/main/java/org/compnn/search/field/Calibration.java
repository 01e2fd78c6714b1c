package org.compnn.search.field;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.build.AnnexDraft;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Promise;
import org.compnn.search.Quality;
import org.compnn.search.lists.ListIndex;
import org.compnn.threads.Workers;

/**
 * Finds out how much a search by a layer's lists must spend for what each {@link Quality} promises:
 * the least of {@link Effort#level} that keeps the promise for {@link HeldOut} cells by a standard
 * error. It is noted with the lists.
 */
public final class Calibration {
  private final HeldOut windows;
  private final HeldOut.Sample sample;
  private final Map<Integer, HeldOut.Outcome> tried = new HashMap<>();

  private Calibration(HeldOut windows, HeldOut.Sample sample) {
    this.windows = windows;
    this.sample = sample;
  }

  /** Whether a layer has lists for a size that were not calibrated, and can be. */
  public static boolean wanting(Database database, CellStore store, int hyperpatch) {
    return HeldOut.windows(store) > 0
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
      HeldOut windows = new HeldOut(store, lists, workers);
      for (Distance distance : Distance.values()) {
        HeldOut.Sample sample = windows.sample(distance);
        if (sample.enough()) {
          note(windows, sample, numbers);
        }
        task.advance(1);
      }
      AnnexDraft.note(lists.folder(), numbers);
    } catch (IOException e) {
      throw DatabaseBuilder.unwritable(database.folder(), e);
    }
    return true;
  }

  static void note(HeldOut windows, HeldOut.Sample sample, Map<String, Double> numbers) {
    Calibration calibration = new Calibration(windows, sample);
    int level = 0;
    for (Quality quality : Quality.values()) {
      level = calibration.least(quality, level);
      calibration.at(quality, level).note(sample.settings().distance(), quality, numbers);
    }
  }

  /**
   * The least level that keeps a promise, or the most there is if none does.
   *
   * @param from a level that is needed in any case
   */
  private int least(Quality quality, int from) {
    int fails = from - 1;
    int keeps = Effort.LEVELS - 1;
    // Upwards in growing strides, since little costs little to try; then between the last two.
    for (int level = from, stride = 1; level < keeps; level += stride, stride++) {
      if (kept(quality, level)) {
        keeps = level;
      } else {
        fails = level;
      }
    }
    while (keeps - fails > 1) {
      int middle = (keeps + fails) / 2;
      if (kept(quality, middle)) {
        keeps = middle;
      } else {
        fails = middle;
      }
    }
    return keeps;
  }

  private boolean kept(Quality quality, int level) {
    return tried(level).keeps(quality);
  }

  private HeldOut.Outcome tried(int level) {
    return tried.computeIfAbsent(level, l -> windows.reached(sample, Effort.level(l)));
  }

  private Calibrated at(Quality quality, int level) {
    return new Calibrated(
        Effort.level(level).withUsual(tried(level).of(quality).usual()),
        new Promise(quality.promised(), tried(level).of(quality).ratio(), sample.cells().length));
  }
}
