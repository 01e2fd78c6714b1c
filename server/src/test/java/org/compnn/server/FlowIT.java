package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.compnn.browser.Chromium;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the start to something done, with the keyboard alone. */
@Tag("browser")
final class FlowIT {
  @TempDir private Path folder;

  @Test
  void theWorstPictureItsCauseTwoLabelsCorrectedAndExported() {
    Chromium chromium = NeedsChromium.shared();
    try (ServedBuildings served = ServedBuildings.in(folder);
        Tab tab = chromium.open(1400, 900)) {
      tab.go(served.address());
      tab.waitFor("document.querySelector('.item b')");
      tab.frame();
      tab.press("w");
      String worst = tab.text(".item[aria-selected=true] .id");
      tab.press("Enter");
      tab.waitFor("document.title === '" + worst + " · CompNN'");
      tab.waitFor("document.querySelector('.verdict .sentence .cause')");
      cause(tab);
      tab.press("Escape");
      tab.waitFor("document.querySelector('.home')");
      suspects(tab);
      assertThat(tab.complaints()).isEmpty();
      assertThat(served.faults()).isEmpty();
    }
  }

  /** The largest wrong region, and what the word of its cause means. */
  private static void cause(Tab tab) {
    tab.press("1");
    assertThat(tab.text(".verdict h2")).isEqualTo("Region 1");
    tab.press("y");
    tab.waitFor("location.hash.includes('over=cause')");
    for (int i = 0; i < 120; i++) {
      tab.press("Tab");
      if (tab.evaluate("document.activeElement.matches('.sentence .cause')").asBoolean()) {
        break;
      }
    }
    assertThat(
            tab.evaluate("getComputedStyle(document.activeElement.nextSibling).display").asString())
        .isEqualTo("block");
    tab.press("Escape");
    assertThat(tab.text(".verdict h2")).isEqualTo("This picture");
  }

  private static void suspects(Tab tab) {
    tab.press("5");
    tab.waitFor("document.querySelectorAll('.strip button').length >= 2");
    tab.press("a");
    tab.waitFor("document.querySelector('.queue-top').textContent.startsWith('1 of')");
    tab.press("a");
    tab.waitFor("document.querySelector('.queue-top').textContent.startsWith('2 of')");
    tab.press("u");
    tab.waitFor("document.querySelector('.queue-top').textContent.startsWith('1 of')");
    tab.press("a");
    tab.waitFor("document.querySelector('.queue-top').textContent.startsWith('2 of')");
    tab.press("e");
    assertThat(tab.evaluate("document.activeElement.dataset.export").asString())
        .isEqualTo("corrected.zip");
    tab.press("Tab");
    String lines =
        tab.evaluate("fetch(document.activeElement.href).then((answer) => answer.text())")
            .asString();
    assertThat(lines.strip().lines().count()).isEqualTo(3);
  }
}
