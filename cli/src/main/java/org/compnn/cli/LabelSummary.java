package org.compnn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.compnn.problem.Knob;
import org.compnn.report.Table;
import org.compnn.study.ClassShares;

/** What the labels of a training set hold, for a person to see whether they were read right. */
final class LabelSummary {
  /** Names in one line; the rest is counted. */
  private static final int MOST_NAMES = 5;

  private LabelSummary() {}

  /** A table of the classes, and a line for what looks wrong; empty without classes or targets. */
  static List<String> lines(ClassShares shares) {
    if (shares.targets() == 0) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    for (ClassShares.Share share : shares.classes()) {
      rows.add(
          List.of(
              share.name(),
              percent(share.share()),
              String.format(Locale.ROOT, "%d of %d", share.pictures(), shares.targets())));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        new Table(List.of("class", "labelled pixels", "pictures"), rows).text().stripTrailing());
    if (shares.unlabelled() > 0) {
      lines.add("Unlabelled: " + percent(shares.unlabelled()) + " of all pixels");
    }
    if (!shares.missing().isEmpty()) {
      lines.add("Never seen in the training labels: %s".formatted(named(shares.missing())));
    }
    if (!shares.blank().isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d of %d targets are wholly unlabelled: %s; check the label files%s",
              shares.blank().size(),
              shares.targets(),
              named(shares.blank()),
              Flags.hint(List.of(Knob.IGNORED))));
    }
    return lines;
  }

  private static String percent(double share) {
    return share > 0 && share < 0.0005
        ? "< 0.1 %"
        : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String named(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    int more = names.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
