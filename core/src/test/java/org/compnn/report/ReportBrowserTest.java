package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.compnn.compose.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser, as it looks to whoever opens it from disk. */
class ReportBrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @TempDir Path folder;

  @Test
  void aPinnedPixelShowsItsSourceInTheTrainingSet() throws Exception {
    String page = open("<img src=x onerror=document.title=1>", "#picture=1&pin=1,5");

    // Pixel (1, 5) lies in cell (0, 1), which matches cell (2, 3) of exemplar 1.
    assertThat(page).contains("Row 1, column 5").contains("cell 2, 3 · distance 1");
    assertThat(page).contains("&lt;img src=x onerror=document.title=1&gt;");
    assertThat(page).doesNotContain("<img src=\"x\"").doesNotContain("<title>1</title>");
    assertThat(page).contains("Nearest 2 matches").contains("Input reconstructed");
    assertThat(page).contains("data-panel=\"truth\"").contains("11 cells");
  }

  @Test
  void aCellWithoutAMatchSaysSoAndAPinOutsideIsBroughtInside() throws Exception {
    assertThat(open("b", "#pin=0,0")).contains("No match");
    assertThat(open("b", "#picture=9&pin=999,999")).contains("Row 11, column 15");
  }

  /** On a busy machine Chromium may print the page before its scripts have run; then once more. */
  private String open(String id, String fragment) throws IOException, InterruptedException {
    String page = opened(id, fragment);
    for (int i = 0; i < 2 && !page.contains("Row "); i++) {
      page = opened(id, fragment);
    }
    return page;
  }

  private String opened(String id, String fragment) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(CHROMIUM), "needs the browser " + CHROMIUM);
    Gallery gallery = SmallExplanation.exemplars("a", id, "c", "d");
    Path report =
        ExplanationFolder.write(
            folder, List.of(SmallExplanation.of("x", Labels.SELF, 2, gallery)), gallery);
    Path page = folder.resolve("page.html");
    Process browser =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=10000",
                "--dump-dom",
                report.toUri() + fragment)
            .redirectOutput(page.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!browser.waitFor(60, TimeUnit.SECONDS)) {
      browser.destroyForcibly().waitFor();
    }
    // Without the scripts and their texts, which hold everything that could be shown.
    return Files.readString(page, StandardCharsets.UTF_8).replaceAll("(?s)<script.*?</script>", "");
  }
}
