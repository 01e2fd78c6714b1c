package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.compnn.Index;
import org.compnn.browser.Chromium;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.compnn.database.build.BuildLock;
import org.compnn.explain.Options;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on a database whose search lists are not there yet. */
@Tag("browser")
final class UnlistedIT {
  private static final String NOTE = "#lists";

  @TempDir private Path folder;

  private static Optional<String> unlisted(ServedBuildings served) {
    return Index.unlisted(served.compnn().database(), served.compnn().cells(Options.defaults()), 1);
  }

  @Test
  void itSaysThatItSearchesExactlyAndWaitsForTheListsWhereAsked() throws IOException {
    Chromium chromium = NeedsChromium.shared();
    try (ServedBuildings served = ServedBuildings.unlisted(folder);
        Tab tab = chromium.open(1400, 900)) {
      try (BuildLock _ = BuildLock.take(folder.resolve(ServedBuildings.NAME))) {
        tab.go(served.address() + "#q=data/000001");
        tab.waitFor("document.querySelector('" + NOTE + " button')");
        assertThat(tab.text(NOTE))
            .contains("The search lists of layer penultimate are still being built.")
            .contains("answers are exact");
        tab.click(NOTE + " button");
        tab.waitFor("document.querySelector('" + NOTE + "').textContent.startsWith('Waiting')");
        assertThat(tab.text(NOTE)).contains("Ask now");
        assertThat(unlisted(served)).hasValueSatisfying(line -> assertThat(line).contains("built"));
        Index.lists(folder.resolve(ServedBuildings.NAME), 1, 2, Progress.NONE);
      }
      tab.waitFor("document.querySelector('" + NOTE + "').hidden");
      tab.waitFor("document.title === '000001 · CompNN'");
      tab.waitFor("!document.querySelector('[aria-busy]')");
      assertThat(unlisted(served)).isEmpty();
      assertThat(tab.complaints()).isEmpty();
      assertThat(served.faults()).isEmpty();
    }
  }
}
