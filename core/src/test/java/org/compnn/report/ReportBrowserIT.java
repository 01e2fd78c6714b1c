package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.compnn.browser.Chromium;
import org.compnn.browser.NeedsChromium;
import org.compnn.compose.Labels;
import org.compnn.explain.Gallery;
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
    assertThat(page).contains("Nearest 2 matches").contains("Input reconstructed");
    assertThat(page).contains("data-pane=\"truth\"").contains("11 cells").contains("training cell");
  }

  @Test
  void aCellWithoutAMatchSaysSoAndAPinOutsideIsBroughtInside() throws Exception {
    assertThat(open("b", "#pin=0,0")).contains("No match");
    assertThat(open("b", "#picture=9&pin=999,999")).contains("Row 11, column 15");
  }

  private String open(String id, String fragment) throws IOException, InterruptedException {
    Gallery gallery = SmallExplanation.exemplars("a", id, "c", "d");
    Path report = Report.of(SmallExplanation.of("x", Labels.SELF, 2, gallery)).write(folder);
    return Chromium.dump(
        NeedsChromium.here(), folder, URI.create(report.toUri() + fragment), "Row ");
  }
}
