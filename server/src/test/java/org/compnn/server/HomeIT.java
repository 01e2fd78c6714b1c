package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.compnn.browser.Chromium;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data set under a hand: its grid, what is chosen of it, and the way to a picture and back. */
@Tag("browser")
final class HomeIT {
  private static final String CURRENT = ".item[aria-selected=true]";

  @TempDir private static Path folder;

  private static ServedBuildings served;
  private static Chromium chromium;

  private Tab tab;

  @BeforeAll
  static void serve() {
    Path browser = NeedsChromium.here();
    served = ServedBuildings.in(folder);
    chromium = Chromium.start(browser, folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (served != null) {
      served.close();
    }
  }

  @BeforeEach
  void open() {
    tab = chromium.open(1400, 900);
    tab.go(served.address());
    tab.waitFor("document.querySelectorAll('.item').length === " + ServedBuildings.UNSEEN);
    tab.frame();
  }

  @AfterEach
  void nobodyComplains() {
    assertThat(tab.complaints()).isEmpty();
    assertThat(served.faults()).isEmpty();
    tab.close();
  }

  private void opened() {
    tab.waitFor("location.hash.includes('q=data/') && /^0/.test(document.title)");
    tab.waitFor("!document.querySelector('[aria-busy]')");
    tab.frame();
  }

  @Test
  void aPictureIsOpenedByKeysAndBackIsTheSamePlace() {
    tab.press("j");
    tab.press("j");
    String current = tab.text(CURRENT + " .id");
    tab.press("Enter");
    opened();
    assertThat(tab.evaluate("document.title").asString()).startsWith(current);
    tab.evaluate("history.back()");
    tab.waitFor("document.querySelector('" + CURRENT + "')");
    assertThat(tab.text(CURRENT + " .id")).isEqualTo(current);
    tab.press("Enter");
    opened();
    tab.press("Escape");
    tab.waitFor("document.querySelector('" + CURRENT + "')");
    assertThat(tab.text(CURRENT + " .id")).isEqualTo(current);
  }

  @Test
  void whatIsSearchedIsInTheAddressAndKeptAsAView() {
    tab.press("/");
    tab.type("03");
    tab.waitFor("document.querySelectorAll('.item').length === 1");
    assertThat(tab.text(".item .id")).isEqualTo("000003");
    tab.waitFor("location.hash.includes('find=03')");
    tab.click(".views summary");
    tab.click(".views form button");
    tab.click(".facets > .quiet");
    tab.waitFor("document.querySelectorAll('.item').length === " + ServedBuildings.UNSEEN);
    tab.click(".views summary");
    tab.click(".views a");
    tab.waitFor("document.querySelectorAll('.item').length === 1");
  }

  @Test
  void theKeysAreListed() {
    tab.press("?");
    tab.waitFor("document.querySelector('dialog[open]')");
    assertThat(tab.text("dialog[open]")).contains("the next worst picture");
    tab.press("Escape");
    tab.waitFor("!document.querySelector('dialog[open]')");
  }

  @Test
  void onAPhoneNothingIsCutOff() {
    tab.size(390, 844, true);
    tab.frame();
    assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
  }
}
