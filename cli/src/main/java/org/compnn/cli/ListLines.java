package org.compnn.cli;

import java.util.List;
import java.util.Locale;
import org.compnn.Index;
import org.compnn.problem.Knob;

/** What is said of search lists, which make the field search fast. */
final class ListLines {
  private ListLines() {}

  static void say(Voice voice, Index.Lists lists) {
    lists.outgrown().ifPresent(line -> voice.note(line + Flags.hint(List.of(Knob.REINDEX))));
    voice.line(
        lists.layers() > 0
            ? String.format(
                Locale.ROOT,
                "Built search lists of %d layer%s in %.1f s",
                lists.layers(),
                lists.layers() > 1 ? "s" : "",
                lists.took().toMillis() / 1000.0)
            : "Search lists are up to date");
    lists.promises().forEach(voice::line);
  }
}
