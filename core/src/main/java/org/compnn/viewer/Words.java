package org.compnn.viewer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.search.FieldCheck;
import org.compnn.search.How;
import org.compnn.search.Method;

/** What people read of how an explanation was made. */
public final class Words {
  private Words() {}

  /** The search's name, such as "exact" or "field, balanced". */
  public static String search(Explanation why) {
    return why.how() instanceof How.Exact
        ? new Method.Exact().name()
        : why.settings().options().method().name();
  }

  /** What the search came to, a line each, in the order to be shown, by a short name. */
  public static Map<String, String> reached(Explanation why) {
    Map<String, String> reached = new LinkedHashMap<>();
    if (why.how() instanceof How.Lists(int probes, int rounds, double seconds)) {
      Options options = why.settings().options();
      if (options.method() instanceof Method.Within) {
        reached.put(
            "reached",
            String.format(
                Locale.ROOT,
                "%d lists a cell, %d rounds of propagation, in %.2f s",
                probes,
                rounds,
                seconds));
      }
      why.check().ifPresent(check -> reached.put("checked", check(check)));
      if (unchecked(why)) {
        reached.put("checked", "not checked");
      }
    }
    return reached;
  }

  /** Whether a field that is not exact should have been checked but was not, for its cost. */
  public static boolean unchecked(Explanation why) {
    return why.how() instanceof How.Lists
        && why.check().isEmpty()
        && why.settings().options().check().orElse(1) > 0;
  }

  /** How near fields come to exact ones. */
  public static String check(FieldCheck check) {
    return String.format(
        Locale.ROOT,
        "Search check: %.0f %% of %d sampled cells got the true nearest match (mean distance %.3f"
            + " times the least)",
        100 * check.recall(),
        check.cells(),
        check.ratio());
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
