package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Tab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One picture under a hand: the verdict on what is chosen, and what is done about it. */
@Tag("browser")
final class PictureIT {
  private static final String TITLE = ".verdict h2";

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
    tab.go(served.address() + "#q=data/000001");
    ready("000001");
  }

  @AfterEach
  void nobodyComplains() {
    assertThat(tab.complaints()).isEmpty();
    assertThat(served.faults()).isEmpty();
  }

  private void ready(String name) {
    tab.waitFor("document.title === '" + name + " · CompNN'");
    tab.waitFor(
        "!document.querySelector('[aria-busy]') && document.querySelector('.answers-of li')");
    tab.frame();
  }

  @Test
  void theVerdictFollowsWhatIsChosen() {
    assertThat(tab.text(TITLE)).isEqualTo("This picture");
    assertThat(tab.text(".sentence"))
        .contains("wrong")
        .containsIgnoringCase("matched training picture");
    tab.press("1");
    assertThat(tab.text(TITLE)).isEqualTo("Region 1");
    assertThat(tab.text(".sentence")).contains("should be");
    tab.waitFor("location.hash.includes('part=1')");
    tab.click("[data-pane=photo]", 0.5, 0.5);
    assertThat(tab.text(TITLE)).isEqualTo("Row 64, column 64");
    tab.press("Escape");
    tab.click(".seen [data-class=\"1\"]");
    assertThat(tab.text(TITLE)).startsWith("Class ");
    tab.drag("[data-pane=photo]", 0.2, 0.2, 0.4, 0.4, Tab.NONE);
    assertThat(tab.text(TITLE)).isEqualTo("Rectangle");
    tab.press("Escape");
    tab.frame();
    assertThat(tab.text(TITLE)).isEqualTo("This picture");
    tab.press("Escape");
    tab.waitFor("document.querySelector('.home')");
  }

  @Test
  void keysLayOutputsOverThePhotograph() {
    for (String each : new String[] {"n:network", "t:truth", "c:output", "y:cause", "s:sources"}) {
      tab.press(each.substring(0, 1));
      tab.waitFor("location.hash.includes('over=" + each.substring(2) + "')");
      assertThat(
              tab.evaluate("document.querySelector('[data-over][aria-pressed=true]').dataset.over")
                  .asString())
          .isEqualTo(each.substring(2));
    }
    assertThat(tab.text(".seen > .legend")).contains("Islands are merged");
    tab.press("m");
    tab.waitFor("location.hash.includes('raw=1')");
    tab.press("p");
    tab.waitFor("!location.hash.includes('over=')");
  }

  @Test
  void aFigureForAPaperCanBeTakenAwayOrCopied() {
    tab.click(".menu summary");
    String figure =
        tab.evaluate(
                "fetch([...document.querySelectorAll('.menu a')].find((a) => a.textContent ==="
                    + " 'Figure (SVG)').href).then((answer) => answer.text())")
            .asString();
    assertThat(figure).startsWith("<svg").contains("mm");
    // What is copied is a picture, whether this browser may write to a clipboard or not.
    tab.evaluate("navigator.clipboard.write = async ([item]) => item.getType('image/png')");
    tab.click(".menu button");
    tab.waitFor("document.querySelector('.menu button').textContent === 'Copied'");
  }

  @Test
  void whatChangesWithoutATrainingPictureIsSaid() {
    tab.waitFor("document.querySelector('.change').textContent.startsWith('Without')");
    String first = tab.text(".answers-of li:nth-child(1) .name");
    assertThat(tab.text(".change")).contains(first);
    tab.click(".answers-of li:nth-child(2) .name");
    String second = tab.text(".answers-of li:nth-child(2) .name");
    assertThat(tab.text(".answer figcaption")).contains(second);
    tab.waitFor(
        "document.querySelectorAll('.change')[1].textContent.startsWith('Without " + second + "')");
  }

  @Test
  void theNextPictureIsOneKeyAwayAndBackReturns() {
    tab.press("j");
    tab.waitFor("!location.hash.includes('q=data/000001')");
    tab.waitFor("!document.querySelector('[aria-busy]')");
    String next = tab.evaluate("document.title").asString();
    assertThat(next).doesNotStartWith("000001");
    tab.evaluate("history.back()");
    ready("000001");
  }
}
