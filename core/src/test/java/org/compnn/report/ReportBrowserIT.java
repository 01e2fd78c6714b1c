package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.compnn.browser.Chromium;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.compnn.compose.Labels;
import org.compnn.explain.Gallery;
import org.compnn.explain.SmallExplanation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser, as it looks to whoever opens it from disk. */
@Tag("browser")
class ReportBrowserIT {
  @TempDir Path folder;

  @Test
  void aPinnedPixelShowsItsSourceInTheTrainingSet() throws Exception {
    String page = open("<img src=x onerror=document.title=1>", "#picture=1&pin=1,5");

    // Pixel (1, 5) lies in cell (0, 1), which matches cell (2, 3) of exemplar 1.
    assertThat(page).contains("Row 1, column 5").contains("cell 2, 3 · distance 1");
    assertThat(page).contains("&lt;img src=x onerror=document.title=1&gt;");
    assertThat(page).doesNotContain("<img src=\"x\"").doesNotContain("<title>1</title>");
    assertThat(page).contains("2 nearest matches").contains("Reconstructed input");
    assertThat(page).contains("data-pane=\"truth\"").contains("11 cells").contains("training cell");
  }

  @Test
  void aCellWithoutAMatchSaysSoAndAPinOutsideIsBroughtInside() throws Exception {
    assertThat(open("b", "#pin=0,0")).contains("No match");
    assertThat(open("b", "#picture=9&pin=999,999")).contains("Row 11, column 15");
  }

  @Test
  void whatIsPressedStaysInSightAndTheAddressKeepsWhatIsLookedAt() {
    try (Tab tab = NeedsChromium.shared().open(1400, 900)) {
      tab.go(written("b").toUri().toString());
      tab.waitFor("document.querySelector('#ranking button')");
      tab.frame();
      String first = "#ranking li:nth-child(1) button";
      tab.click(first);
      assertThat(pressed(tab)).isEqualTo(tab.text(first));
      tab.click("[data-class=\"1\"]");
      tab.frame();
      assertThat(tab.text("#ranking h2")).contains("in the network’s output");
      tab.waitFor("location.hash.includes('class=1')");
      tab.drag("[data-pane=output]", 0.1, 0.4, 0.9, 0.9, Tab.NONE);
      tab.frame();
      assertThat(tab.text("#ranking .lead")).contains("rows 4 to 10, columns 1 to 14");
      assertThat(pressed(tab)).isNotEmpty();
      tab.click("[data-pane=output]", 0.3, 0.2);
      tab.press("ArrowRight");
      assertThat(tab.text(".inspector h2")).isEqualTo("Row 1, column 9");
      tab.waitFor("location.hash.includes('pin=1,9')");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  void onAPhoneNothingIsCutOff() {
    try (Tab tab = NeedsChromium.shared().open(1400, 900)) {
      tab.size(390, 844, true);
      tab.go(written("b").toUri().toString());
      tab.waitFor("document.querySelector('#ranking button')");
      assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(390);
      tab.tap("[data-pane=input]", 0.3, 0.2);
      assertThat(tab.text(".pin")).isEqualTo("Unpin");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  /** What is kept in sight, by its card. */
  private static String pressed(Tab tab) {
    return tab.evaluate(
            "document.querySelector('#ranking button[aria-pressed=true]')?.textContent ?? ''")
        .asString();
  }

  private String open(String id, String fragment) throws IOException, InterruptedException {
    Path report = written(id);
    return Chromium.dump(
        NeedsChromium.here(), folder, URI.create(report.toUri() + fragment), "Row ");
  }

  /** A report of one picture; an exemplar's name is as given. */
  private Path written(String id) {
    Gallery gallery = SmallExplanation.exemplars("a", id, "c", "d");
    return Report.of(SmallExplanation.of("x", Labels.SELF, 2, gallery)).write(folder);
  }
}
