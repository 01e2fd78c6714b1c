package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.browser.Chromium;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What axe finds in each view of the page: nothing. */
@Tag("browser")
final class AccessibilityIT {
  private static final String VIOLATIONS =
      """
      axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} (${nodes[0].failureSummary})`))
      """;

  private static final String JUDGED =
      "document.querySelector('.item b') && !document.querySelector('.lead.running')";

  @TempDir private static Path folder;

  private static ServedBuildings served;
  private static Chromium chromium;
  private static String axe;

  @BeforeAll
  static void serve() throws IOException {
    try (InputStream in = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      assertThat(in).as("axe.min.js on the class path").isNotNull();
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    served = ServedBuildings.in(folder);
    chromium = NeedsChromium.shared();
  }

  @AfterAll
  static void stop() {
    if (served != null) {
      served.close();
    }
  }

  /** A view, by the end of its address and what is there once it can be seen. */
  private record View(String address, String seen) {}

  private static final List<View> VIEWS =
      List.of(
          new View("", JUDGED),
          new View("#show=confusion", "document.querySelector('table td')"),
          new View("#show=classes", "document.querySelector('table td')"),
          new View("#show=map", "document.querySelector('canvas, svg circle')"),
          new View("#show=suspects", "document.querySelector('.views > *')"),
          new View(
              "#q=data/000001",
              "/^0/.test(document.title) && !document.querySelector('[aria-busy]')"));

  /** Wide by day, then as a phone shows it by night: a view is opened once. */
  @Test
  void nothingIsWrongByDayAndOnAPhoneByNight() {
    List<String> found = new ArrayList<>();
    try (Tab tab = chromium.open(1400, 900)) {
      for (View view : VIEWS) {
        tab.size(1400, 900, false);
        tab.dark(false);
        tab.go("about:blank");
        tab.go(served.address() + view.address());
        tab.waitFor(view.seen());
        tab.evaluate(axe + ";1");
        look(tab, view, "by day", found);
        tab.dark(true);
        tab.size(390, 900, true);
        look(tab, view, "on a phone by night", found);
      }
    }
    assertThat(found).isEmpty();
  }

  private static void look(Tab tab, View view, String how, List<String> found) {
    tab.frame();
    tab.evaluate(VIOLATIONS)
        .forEach(each -> found.add(view.address() + " " + how + ": " + each.asString()));
  }
}
