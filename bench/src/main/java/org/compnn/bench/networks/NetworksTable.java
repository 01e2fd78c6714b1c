package org.compnn.bench.networks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows of Markdown, as docs/networks.md holds them. */
final class NetworksTable {
  static final String HEAD =
      "| network | layers | penultimate | bottleneck | self-match | output | composed |\n"
          + "|---|---|---|---|---|---|---|";

  private NetworksTable() {}

  static String line(NetworkRow row) {
    String name = row.about().isEmpty() ? row.name() : row.about() + " (`" + row.name() + "`)";
    if (row.refused().isPresent()) {
      return "| %s | refused: %s | | | | | |".formatted(name, clean(row.refused().get()));
    }
    if (row.crashed().isPresent()) {
      return "| %s | CRASH: %s | | | | | |".formatted(name, clean(row.crashed().get()));
    }
    return "| %s | %d | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            row.layers(),
            grid(row.matches().get(0)),
            grid(row.matches().get(1)),
            row.matches().stream()
                .map(NetworksTable::match)
                .distinct()
                .collect(Collectors.joining("; ")),
            output(row),
            String.format(Locale.ROOT, "%.3f", row.composed()));
  }

  private static String grid(NetworkRow.SelfMatch match) {
    String twins =
        match.different() < match.cells() / 2 ? ", %d different".formatted(match.different()) : "";
    return "`%s` %d x %d x %d%s"
        .formatted(match.layer(), match.rows(), match.columns(), match.channels(), twins);
  }

  private static String match(NetworkRow.SelfMatch match) {
    return match.zero()
        ? "0"
        : "%s: exact %d, field %d of %d cells off"
            .formatted(match.term(), match.exact(), match.field(), match.cells());
  }

  private static String output(NetworkRow row) {
    return row.output()
        .map(
            d ->
                d.labels()
                    .map(share -> String.format(Locale.ROOT, "%.4f of labels", share))
                    .orElseGet(() -> String.format(Locale.ROOT, "%.1e of %.3g", d.most(), d.of())))
        .orElse("combined");
  }

  static String summary(List<NetworkRow> rows) {
    long works = rows.stream().filter(NetworkRow::works).count();
    long refused = rows.stream().filter(row -> row.refused().isPresent()).count();
    long crashed = rows.stream().filter(row -> row.crashed().isPresent()).count();
    return "%d networks: %d work, %d refused, %d crashed, %d wrong"
        .formatted(rows.size(), works, refused, crashed, rows.size() - works - refused - crashed);
  }

  private static String clean(String line) {
    return line.replace("|", "\\|").replace('\n', ' ');
  }
}
