package org.compnn.viewer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Manifest;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.npy.ElementType;
import org.compnn.search.FieldCheck;
import org.compnn.search.How;
import org.compnn.search.Method;
import org.compnn.search.Promise;

/** What people read of how an explanation was made. */
public final class Words {
  private static final String CHECKED = "checked";
  private static final String PROMISED = "promised";
  private static final String STORED = "stored";
  private static final String CHECK = "Search check: ";

  private Words() {}

  /** The search's name, such as "exact" or "field, balanced". */
  public static String search(Explanation why) {
    return why.how() instanceof How.Exact
        ? new Method.Exact().name()
        : why.settings().options().method().name();
  }

  /** What the search came to, a line each, in the order to be shown. */
  public static List<String> lines(Explanation why) {
    return reached(why).entrySet().stream()
        .map(one -> head(one.getKey()) + one.getValue())
        .toList();
  }

  private static String head(String key) {
    return switch (key) {
      case CHECKED -> CHECK;
      case PROMISED -> "Search promise: ";
      case STORED -> "Stored cells: ";
      default -> "Search effort: ";
    };
  }

  /** How near fields come to exact ones, as a line of its own. */
  public static String checkLine(FieldCheck check) {
    return CHECK + check(check);
  }

  /** What the search came to, in the order to be shown, by a short name. */
  static Map<String, String> reached(Explanation why) {
    Map<String, String> reached = new LinkedHashMap<>();
    why.settings()
        .coding()
        .ifPresent(
            coding -> reached.put(STORED, coding(coding, why.settings().layer().channels())));
    if (why.how()
        instanceof How.Lists(int probes, int rounds, Optional<Promise> promise, double seconds)) {
      promise.ifPresent(one -> reached.put(PROMISED, promise(why.settings().options(), one)));
      Options options = why.settings().options();
      if (options.method() instanceof Method.Within) {
        reached.put(
            "reached",
            String.format(
                Locale.ROOT,
                "%s per cell, %s of propagation, %.2f s",
                counted(probes, "list"),
                counted(rounds, "round"),
                seconds));
      }
      why.check().ifPresent(check -> reached.put(CHECKED, check(check)));
      if (unchecked(why)) {
        reached.put(CHECKED, "skipped, since it takes more than a second");
      }
    }
    return reached;
  }

  private static String counted(int count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }

  /** Whether a field that is not exact should have been checked but was not, for its cost. */
  public static boolean unchecked(Explanation why) {
    return why.how() instanceof How.Lists
        && why.check().isEmpty()
        && why.settings().options().check().orElse(1) > 0;
  }

  /** What a quality promises of a field. */
  private static String promise(Options options, Promise promise) {
    return String.format(
        Locale.ROOT,
        "%s, distance ratio %s; %s %.4f on %d held-out training cells",
        options.method().name(),
        promise.promised(),
        promise.kept() ? "calibrated" : "reached only",
        promise.reached(),
        promise.cells());
  }

  /** How the cells of a layer are stored, as a line of its own, where they are coded. */
  public static Optional<String> codingLine(Database database, CellStore store) {
    return database
        .coding(store)
        .map(
            coding ->
                "Stored cells of %s: %s"
                    .formatted(
                        store.layer().shortName(), coding(coding, store.layer().channels())));
  }

  /** What the code of cells does to searches. */
  private static String coding(Manifest.CodingEntry coding, int channels) {
    int bytes = ElementType.CODED.cellBytes(channels);
    String how =
        String.format(
            Locale.ROOT,
            "coded, %d bytes a cell (float16: %d), along %d of %d axes",
            bytes,
            ElementType.FLOAT16.cellBytes(channels),
            coding.axes(),
            channels);
    return coding.cells() == 0
        ? how + "; not measured, since there was but one picture"
        : how
            + String.format(
                Locale.ROOT,
                "; %d held-out cells, searched for among %d by code, had distance ratio %.4f and"
                    + " recall %.2f",
                coding.cells(),
                coding.among(),
                coding.ratio(),
                coding.recall());
  }

  /** How near fields come to exact ones. */
  private static String check(FieldCheck check) {
    return String.format(
        Locale.ROOT,
        "%.0f %% of sampled cells got the true nearest match (%d cells, recall %.2f, distance ratio"
            + " %.3f)",
        100 * check.recall(),
        check.cells(),
        check.recall(),
        check.ratio());
  }

  /** What an output is pasted from. */
  public static String pasted(Labels labels) {
    return switch (labels) {
      case ORIGINAL -> "original labels";
      case SELF -> "network's own predictions";
    };
  }

  /** What else was asked or came of it, in the order to be shown, by a short name. */
  static Map<String, String> further(Explanation why) {
    Options options = why.settings().options();
    Map<String, String> further = new LinkedHashMap<>();
    if (!options.only().isEmpty()) {
      further.put("only", String.join(" ", options.only()));
    }
    if (!options.without().isEmpty()) {
      further.put("without", String.join(" ", options.without()));
    }
    if (options.leaveOneOut()) {
      further.put("left out", why.name() + " ± " + options.neighbours());
    }
    further.putAll(reached(why));
    return further;
  }
}
