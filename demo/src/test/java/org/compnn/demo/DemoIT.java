package org.compnn.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.compnn.browser.Chromium;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.compnn.database.Database;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small demo, from end to end. */
@Tag("end-to-end")
final class DemoIT {
  private static final DemoSettings SMALL = new DemoSettings(24, 2, 1, 1, 3);

  @TempDir private static Path parent;

  private static Path folder;
  private static Path report;
  private static List<String> lines;

  @BeforeAll
  static void run() throws IOException {
    folder = parent.resolve("small");
    lines = new ArrayList<>();
    report = Demo.run(folder, SMALL, Progress.NONE, lines::add);
  }

  private static JsonNode data() throws IOException {
    Matcher found =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(Files.readString(report));
    assertThat(found.find()).isTrue();
    return new JsonMapper().readTree(found.group(1));
  }

  @Test
  void thePageIsOneFileThatAsksNothingOfANetwork() throws IOException {
    String page = Files.readString(report);
    assertThat(page).doesNotContain("http:").doesNotContain("https:").doesNotContain("//cdn");
    assertThat(page).contains("default-src 'none'").doesNotContain("{{");
    assertThat(page).doesNotContainPattern("(src|href)=\"(?!data:|#)");
    assertThat(Files.size(report)).isLessThan(5_000_000);
  }

  @Test
  void compositionsAgreeWithTheNetworksFarBetterThanTheNearestBuilding() throws IOException {
    for (JsonNode stage : data().get("stages")) {
      JsonNode self = stage.get("figures").get(0);
      JsonNode global = stage.get("figures").get(2);
      if (stage.get("key").asString().equals("label")) {
        assertThat(self.get("accuracy").asDouble()).isGreaterThan(0.88);
        assertThat(global.get("accuracy").asDouble())
            .isLessThan(self.get("accuracy").asDouble() - 0.1);
      } else {
        assertThat(self.get("ssim").asDouble()).isGreaterThan(0.7);
        assertThat(global.get("levels").asDouble())
            .isGreaterThan(1.5 * self.get("levels").asDouble());
      }
    }
  }

  @Test
  void everyPixelOfAStyleSwapComesFromThatStyle() throws IOException {
    JsonNode data = data();
    JsonNode swap = data.get("stages").get(0).get("swaps").get(0);
    assertThat(swap.get("styles").size()).isEqualTo(4);
    for (JsonNode only : swap.get("styles")) {
      byte[] field = Base64.getDecoder().decode(only.at("/why/field").asString());
      ShortBuffer exemplars =
          ByteBuffer.wrap(field, 28 + 64 * 64 * 4, 64 * 64 * 2)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asShortBuffer();
      while (exemplars.hasRemaining()) {
        assertThat(data.get("buildings").get(exemplars.get()).get("style"))
            .isEqualTo(only.get("style"));
      }
    }
  }

  @Test
  void itSaysWhatItDidInAboutTenLines() {
    assertThat(lines).hasSizeBetween(8, 13);
    assertThat(lines.getLast()).contains("compnn explain").contains("paint.db");
    assertThat(String.join("\n", lines)).contains("% of the pixels").contains("SSIM");
    String query = lines.getLast().split(" +", -1)[4];
    assertThat(Path.of(query)).isRegularFile();
  }

  @Test
  void theDatabasesItLeavesAreWhole() {
    for (Direction direction : Direction.values()) {
      Path database = new DemoFolder(folder).database(direction);
      assertThat(Database.verify(database, Progress.NONE)).isEmpty();
    }
    assertThat(Database.verify(new DemoFolder(folder).mistakenDatabase(), Progress.NONE)).isEmpty();
  }

  @Test
  void nothingOfPytorchIsOnTheClassPath() {
    assertThat(Demo.class.getResource("/native/lib/pytorch.properties")).isNull();
    assertThat(Demo.class.getResource("/ai/djl/engine/Engine.class")).isNull();
  }

  @Test
  void theCaseIsWorseBeforeItsLabelsAreCorrectedThanAfter() throws IOException {
    JsonNode found = data().get("mystery");
    JsonNode answers = found.get("answers");
    int before = answers.at("/network/doors").asInt();
    assertThat(before).isGreaterThan(100);
    assertThat(answers.at("/pasted/doors").asInt()).isGreaterThan(before / 2);
    assertThat(answers.at("/corrected/doors").asInt()).isLessThan(before / 5);
    assertThat(answers.at("/retrained/doors").asInt()).isLessThan(before / 5);
    assertThat(found.get("cause").asString()).isEqualTo("taught");
    assertThat(found.get("carrying").asDouble()).isGreaterThan(0.5);
  }

  @Test
  @Tag("browser")
  void threeClicksLeadFromTheWrongRegionToItsCorrection() throws Exception {
    try (Chromium chromium =
            Chromium.start(
                NeedsChromium.here(), Files.createDirectories(parent.resolve("profile")));
        Tab tab = chromium.open(1200, 900)) {
      tab.go(report.toUri().toString());
      tab.waitFor("document.querySelector('.ask')");
      tab.click(".ask");
      tab.waitFor("document.querySelector('.culprit')");
      assertThat(tab.text(".sentence")).startsWith("Door, should be window.");
      tab.click(".culprit");
      tab.waitFor("document.querySelector('.correct')");
      tab.click(".correct");
      tab.waitFor("document.querySelector('.changed')");
      assertThat(tab.text(".changed")).contains("Pasted from the corrected labels");
      assertThat(tab.complaints()).isEmpty();
    }
  }

  @Test
  @Tag("browser")
  void aPixelPointedAtNamesItsTrainingBuilding() throws Exception {
    String page =
        Chromium.dump(
            NeedsChromium.here(),
            parent,
            URI.create(report.toUri() + "#paint=1,40,50"),
            "copied from");
    assertThat(page).contains("Row 50, column 40").contains("Row 58, column 46");
    assertThat(page).containsPattern("(brick|haussmann|timber|modern) building 0000[0-2]\\d");
    assertThat(page).contains("Change the training set").contains("Agreement with the network");
  }
}
