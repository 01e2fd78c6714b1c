package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.compnn.demo.ShippedModel;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.image.LabelMap;
import org.compnn.search.Field;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page under a hand: real pointer and key events in a real browser, on a real database. */
@Tag("browser")
final class BrowserIT {
  private static final String OUTPUT = "[data-pane=output]";
  private static final String WHERE = ".inspector h2";
  private static final String FIRST = "[data-match=\"0\"] ";

  private static final String FIRST_PICTURE = "#q=data/000001&more=1";

  /** Exact, so that what the page shows can be compared with what the library finds. */
  private static final String EXACT = FIRST_PICTURE + "&search=exact";

  private static final Map<Integer, Explanation> EXPLAINED = new HashMap<>();

  @TempDir private static Path folder;

  private static ServedBuildings served;
  private static Tab tab;

  @BeforeAll
  static void serve() {
    served = ServedBuildings.in(folder);
    tab = NeedsChromium.shared().open(1400, 900);
  }

  @AfterAll
  static void stop() {
    if (tab != null) {
      tab.close();
    }
    if (served != null) {
      served.close();
    }
  }

  @BeforeEach
  void open() {
    tab.go("about:blank");
    tab.size(1400, 900, false);
    tab.dark(false);
  }

  @AfterEach
  void nobodyComplains() {
    assertThat(tab.complaints()).isEmpty();
    assertThat(served.faults()).isEmpty();
  }

  private void go(String fragment, String name) {
    tab.go(served.address() + fragment);
    ready(name);
  }

  /** Waits until a picture is shown and nothing is under way. */
  private void ready(String name) {
    tab.waitFor("document.title === '" + name + " · CompNN'");
    idle();
    tab.frame();
  }

  private void idle() {
    tab.waitFor("document.getElementById('stage') && !document.querySelector('[aria-busy]')");
    tab.frame();
  }

  /** What the library finds by exact search; each picture once. */
  private static Explanation explained(int number) {
    return EXPLAINED.computeIfAbsent(
        number,
        each ->
            served
                .compnn()
                .explain(
                    Query.of("unseen", served.unseen(each)), Options.defaults().exact().topK(5)));
  }

  /** Where the matches of a pixel's cell begin in the arrays of a field. */
  private static int first(Field field, int y, int x) {
    int row = y * field.rows() / ShippedModel.SIZE;
    int column = x * field.columns() / ShippedModel.SIZE;
    return (row * field.columns() + column) * field.topK();
  }

  private static String id(int exemplar) {
    return served.compnn().database().exemplars().get(exemplar).id();
  }

  @Test
  void pointingAtAPixelShowsTheTrainingPatchesThatTheLibraryFinds() {
    go(EXACT, "000001");
    tab.move(OUTPUT, 0.252, 0.752);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32");
    Field field = explained(1).field();
    int at = first(field, 96, 32);
    for (int k = 0; k < field.topK(); k++) {
      String row = "[data-match=\"" + k + "\"] ";
      assertThat(tab.text(row + ".name")).isEqualTo(id(field.exemplar()[at + k]));
      assertThat(tab.text(row + ".number"))
          .startsWith(
              "cell %d, %d · distance ".formatted(field.row()[at + k], field.column()[at + k]));
    }
    tab.move("[data-pane=input]", 0.502, 0.252);
    assertThat(tab.text(WHERE)).isEqualTo("Row 32, column 64");
  }

  @Test
  void aPinnedPixelStaysUntilItIsLetGo() {
    go(FIRST_PICTURE, "000001");
    tab.click(OUTPUT, 0.252, 0.752);
    tab.move(OUTPUT, 0.7, 0.3);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32");
    tab.waitFor("location.hash.includes('pin=96,32')");
    tab.press("ArrowRight");
    // The middle of the next cell, four pixels wide.
    assertThat(tab.text(WHERE)).isEqualTo("Row 97, column 37");
    tab.press("Escape");
    tab.move(OUTPUT, 0.702, 0.302);
    assertThat(tab.text(WHERE)).isEqualTo("Row 38, column 89");
  }

  @Test
  void allPicturesAreEnlargedTogetherAroundThePointer() {
    go(FIRST_PICTURE, "000001");
    tab.move(OUTPUT, 0.254, 0.754);
    for (int i = 0; i < 6; i++) {
      tab.wheel(OUTPUT, 0.254, 0.754, -120, Tab.CONTROL);
    }
    tab.waitFor("location.hash.includes('view=11.0')");
    tab.move(OUTPUT, 0.254, 0.754);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32");
    tab.move("[data-pane=input]", 0.254, 0.754);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32");
    tab.drag(OUTPUT, 0.2, 0.5, 0.8, 0.5, Tab.SHIFT);
    tab.move(OUTPUT, 0.854, 0.754);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32");
    tab.click(OUTPUT, 0.854, 0.754);
    tab.press("0");
    tab.waitFor("!location.hash.includes('view=')");
  }

  @Test
  void aRectangleIsAccountedForByTheTrainingPicturesThatGaveItsPixels() {
    go(EXACT, "000001");
    tab.drag(OUTPUT, 0.252, 0.252, 0.747, 0.502, Tab.NONE);
    tab.waitFor("location.hash.includes('region=32,32,65,96')");
    Field field = explained(1).field();
    int[] pixels = new int[ServedBuildings.TRAINING];
    for (int y = 32; y < 65; y++) {
      for (int x = 32; x < 96; x++) {
        pixels[field.exemplar()[first(field, y, x)]]++;
      }
    }
    List<Integer> ranked =
        IntStream.range(0, pixels.length)
            .boxed()
            .filter(exemplar -> pixels[exemplar] > 0)
            .sorted(
                Comparator.<Integer>comparingInt(exemplar -> -pixels[exemplar])
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    assertThat(tab.text("#ranking h2")).isEqualTo("Training pictures behind the rectangle");
    assertThat(tab.text("#ranking .lead")).contains("2,112 pixels");
    for (int i = 0; i < Math.min(5, ranked.size()); i++) {
      String card = "#ranking li:nth-child(" + (i + 1) + ") ";
      assertThat(tab.text(card + ".id")).isEqualTo(id(ranked.get(i)));
      double share = 100.0 * pixels[ranked.get(i)] / 2112;
      String given = tab.text(card + ".number");
      assertThat(given).contains("cells (").contains(" from ");
      assertThat(Double.parseDouble(given.replaceFirst(".*\\((.*) %\\).*", "$1")))
          .isCloseTo(share, offset(share >= 9.95 ? 0.51 : 0.051));
    }
  }

  @Test
  void aClassIsAccountedForOverAllItsPixels() {
    go(FIRST_PICTURE, "000001");
    tab.click("[data-class=\"1\"]");
    assertThat(tab.text("#ranking h2")).contains("in the network’s output");
    byte[] classes = ((LabelMap) explained(1).network()).classes();
    int wanted = 0;
    for (byte each : classes) {
      wanted += each == 1 ? 1 : 0;
    }
    assertThat(tab.text("#ranking .lead")).contains("%,d pixels".formatted(wanted));
    tab.press("Escape");
  }

  @Test
  void theTrainingSetIsNarrowedByTagAndByPicture() {
    go(FIRST_PICTURE, "000001");
    tab.click("[data-open=selection]");
    tab.click("[data-only=\"style=brick\"]");
    tab.waitFor("document.querySelector('[data-term=\"tag:style=brick\"]')");
    idle();
    tab.move(OUTPUT, 0.252, 0.752);
    assertThat(tab.text(FIRST + ".number")).contains("style=brick");
    String first = tab.text(FIRST + ".name");
    tab.click(FIRST + ".quiet");
    tab.waitFor("document.querySelector('[data-term=\"" + first + "\"]')");
    idle();
    tab.move(OUTPUT, 0.252, 0.752);
    assertThat(tab.text(FIRST + ".name")).isNotEqualTo(first);
    assertThat(tab.text(FIRST + ".number")).contains("style=brick");
    tab.click("[data-term=\"tag:style=brick\"]");
    tab.click("[data-term=\"" + first + "\"]");
    idle();
    assertThat(tab.text("[data-open=selection]")).isEqualTo("All 12 training pictures …");
  }

  @Test
  void aSearchedTrainingPictureIsLeftOut() {
    go(FIRST_PICTURE, "000001");
    tab.click("[data-open=selection]");
    tab.type("00000");
    assertThat(tab.text(".found")).startsWith("10 of 12 ");
    tab.click("[data-found=only]");
    tab.waitFor("document.querySelector('[data-term=\"*00000*\"]')");
    idle();
    assertThat(tab.text("#ranking .lead")).contains(" of 10 training pictures");
  }

  private int slider() {
    return tab.evaluate("Number(document.querySelector('.swiping input').value)").asInt();
  }

  @Test
  void twoSelectionsAreSwipedOverEachOther() {
    go(EXACT, "000001");
    tab.click(".compare");
    idle();
    assertThat(tab.text(".swiping")).contains("0.0 % of the pixels differ");
    tab.click("[data-open=selection]");
    tab.click("[data-without=\"style=brick\"]");
    tab.waitFor("location.hash.includes('with=')");
    idle();
    assertThat(tab.text(".swiping")).doesNotContain("0.0 % of");
    tab.move(OUTPUT, 0.252, 0.752);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32 · A");
    tab.move(OUTPUT, 0.752, 0.752);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 96 · B");
    assertThat(tab.text(FIRST + ".number")).doesNotContain("style=brick");
    tab.drag(OUTPUT + " .divider", 0.5, 0.5, 7.5, 0.5, Tab.NONE);
    tab.move(OUTPUT, 0.752, 0.752);
    assertThat(slider()).isGreaterThan(80);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 96 · A");
    tab.click(".swiping input", 0.2, 0.5);
    int before = slider();
    tab.press("ArrowRight");
    assertThat(slider()).isEqualTo(before + 1);
    assertThat(
            tab.evaluate("document.querySelector('.panels').style.getPropertyValue('--swipe')")
                .asString())
        .isEqualTo(before + 1 + "%");
  }

  @Test
  void aPictureIsFoundByItsNameAndChosen() {
    go(FIRST_PICTURE, "000001");
    tab.click("[data-open=picker]");
    tab.type("03");
    tab.waitFor("document.querySelectorAll('.thumbs [data-query^=data]').length === 1");
    tab.click(".thumbs [data-query=\"data/000003\"]");
    ready("000003");
    tab.click("#ranking li:nth-child(1) button");
    tab.waitFor("document.querySelector('dialog[open] .uses')");
    assertThat(tab.text("dialog[open]")).contains("Used by").contains("000003").contains("000001");
  }

  @Test
  void aDroppedPictureIsExplained() throws IOException {
    go(EXACT, "000001");
    tab.drop("[data-pane=input]", served.unseenFile(3, folder));
    tab.waitFor("location.hash.includes('q=upload/')");
    ready("picture");
    tab.move(OUTPUT, 0.252, 0.752);
    Field field = explained(3).field();
    int at = first(field, 96, 32);
    assertThat(tab.text(FIRST + ".name")).isEqualTo(id(field.exemplar()[at]));
    tab.click("[data-open=picker]");
    tab.choose("dialog[open] input[type=file]", served.unseenFile(2, folder));
    ready("picture");
  }

  @Test
  void whatIsNoPictureIsRefusedAndThePageGoesOn() throws IOException {
    go(FIRST_PICTURE, "000001");
    Path text = Files.writeString(folder.resolve("notes.txt"), "no picture");
    tab.drop("[data-pane=input]", text);
    tab.waitFor("!document.getElementById('message').hidden");
    assertThat(tab.text("#message")).contains("notes.txt: expected a PNG or JPEG picture");
    Path broken =
        Files.write(folder.resolve("broken.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    tab.drop("[data-pane=input]", broken);
    tab.waitFor("document.getElementById('message').textContent.includes('broken.png')");
    tab.move(OUTPUT, 0.252, 0.752);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32");
    tab.click("#choice [aria-label^=Next]");
    ready("000002");
    assertThat(tab.evaluate("document.getElementById('message').hidden").asBoolean()).isTrue();
  }

  @Test
  void theAddressShowsTheSameAgain() {
    String fragment =
        FIRST_PICTURE
            + "&pin=96,32&region=32,32,65,96&view=2,0.4,0.6&with=without%3Dtag:style%253Dbrick&swipe=0.250";
    go(fragment, "000001");
    String ranking = tab.text("#ranking");
    String source = tab.text(".inspector");
    assertThat(tab.text("#ranking .lead")).contains("2,112 pixels");
    assertThat(tab.text(WHERE)).startsWith("Row 96, column 32");
    tab.waitFor("location.hash.includes('view=2,0.4,0.6')");
    tab.evaluate("document.title = 'reloading'; 1");
    tab.reload();
    ready("000001");
    assertThat(tab.text("#ranking")).isEqualTo(ranking);
    assertThat(tab.text(".inspector")).isEqualTo(source);
    assertThat(tab.text(".swiping")).contains("pixels differ");
    assertThat(slider()).isEqualTo(25);
  }

  @Test
  void onAPhoneNothingIsCutOffAndATapPins() {
    tab.size(390, 844, true);
    go(FIRST_PICTURE, "000001");
    assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
    tab.tap("[data-pane=input]", 0.252, 0.752);
    assertThat(tab.text(WHERE)).isEqualTo("Row 96, column 32");
    assertThat(tab.text(".pin")).isEqualTo("Unpin");
  }

  @Test
  void everythingThatCanBePressedHasAName() {
    go(FIRST_PICTURE, "000001");
    assertThat(
            tab.evaluate(
                    """
                    [...document.querySelectorAll("button, select, input, a, [role=img]")]
                      .filter((each) => !(each.getAttribute("aria-label") || each.textContent.trim()))
                      .map((each) => each.outerHTML).join("\\n")\
                    """)
                .asString())
        .isEmpty();
  }
}
