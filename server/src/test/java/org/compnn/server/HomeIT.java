package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** The data set under a hand: its grid, what is chosen of it, and the way to a picture and back. */
@Tag("browser")
final class HomeIT {
  private static final String CURRENT = ".item[aria-selected=true]";

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
    tab.go(served.address());
    tab.waitFor("document.querySelectorAll('.item').length === " + ServedBuildings.UNSEEN);
    tab.frame();
  }

  @AfterEach
  void nobodyComplains() {
    assertThat(tab.complaints()).isEmpty();
    assertThat(served.faults()).isEmpty();
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
  void droppedPicturesAreASetOfTheirOwnWithTheirJudgements() throws IOException {
    tab.drop(".home", served.unseenFile(2, folder), served.unseenFile(3, folder));
    tab.waitFor("location.hash.includes('set=uploads')");
    tab.waitFor("document.querySelectorAll('.item:not(.pending) .says').length === 2");
    assertThat(tab.text(".item .id")).startsWith("Your picture");
    assertThat(tab.text(".item .says")).contains("agreement");
    tab.press("j");
    tab.press("Enter");
    tab.waitFor("location.hash.includes('q=upload/')");
    tab.waitFor("!document.querySelector('[aria-busy]') && document.querySelector('.answer')");
    tab.frame();
  }

  private void judged() {
    tab.waitFor("!document.querySelector('.item.pending') && document.querySelector('.item b')");
    tab.waitFor("!document.querySelector('.lead.running')");
    tab.frame();
  }

  @Test
  void theWorstPictureComesFirst() {
    judged();
    String order =
        """
        fetch("api/databases/%s/judgements/data?since=0").then((answer) => answer.json())
          .then(({ pictures }) => pictures.sort((a, b) => b.error - a.error || (a.id < b.id ? -1 : 1))
            .map(({ id }) => id).join())\
        """
            .formatted(ServedBuildings.NAME);
    String shown =
        """
        [...document.querySelectorAll(".item")].sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)
          .map((item) => item.querySelector(".id").textContent).join()\
        """;
    assertThat(tab.evaluate(shown).asString()).isEqualTo(tab.evaluate(order).asString());
    tab.press("w");
    assertThat(tab.evaluate("document.querySelector('" + CURRENT + "').ariaPosInSet").asString())
        .isEqualTo("1");
  }

  @Test
  void aFilterLeavesAsManyPicturesAsItCounts() {
    judged();
    int count =
        tab.evaluate("Number(document.querySelector('[data-facet^=pair] .number').textContent)")
            .asInt();
    tab.click("[data-facet^=pair]");
    assertThat(tab.evaluate("document.querySelectorAll('.item').length").asInt()).isEqualTo(count);
    tab.waitFor("location.hash.includes('f=pair:')");
    tab.reload();
    tab.waitFor("document.querySelector('[data-facet^=pair][aria-pressed=true]')");
    tab.waitFor("document.querySelectorAll('.item').length === " + count);
  }

  @Test
  void aCellOfTheConfusionMatrixShowsItsRegionsAndOneIsOpened() {
    judged();
    tab.click("[data-show=confusion]");
    tab.waitFor("document.querySelector('[data-cell]')");
    tab.press("ArrowDown");
    tab.press("Enter");
    tab.waitFor("location.hash.includes('cell=')");
    tab.waitFor("document.querySelector('.found-regions h2').textContent.includes('taken for')");
    if (tab.evaluate("Boolean(document.querySelector('#regions .item'))").asBoolean()) {
      tab.press("Enter");
      tab.waitFor("location.hash.includes('part=')");
      opened();
      assertThat(tab.text(".verdict h2")).startsWith("Region ");
      tab.evaluate("history.back()");
      tab.waitFor("document.querySelector('.found-regions h2')");
    }
    tab.press("Escape");
    tab.waitFor("!location.hash.includes('cell=')");
  }

  @Test
  void whatEachCauseCostsIsInATable() {
    judged();
    tab.click("[data-show=classes]");
    tab.waitFor("document.querySelector('.by-class tbody tr')");
    assertThat(tab.text(".by-class .sentence"))
        .contains("Mean IoU is")
        .contains("errors were gone");
    tab.click("[data-show=classes]");
    tab.click(".by-class tbody .link");
    tab.waitFor("location.hash.includes('f=class:')");
    tab.waitFor("document.querySelector('.item')");
  }

  @Test
  void pointsOfTheMapAreGoneThroughByKeysAndOpened() {
    judged();
    tab.click("[data-show=map]");
    tab.waitFor("document.querySelector('.cloud')");
    tab.frame();
    tab.click("[data-value=neighbours]");
    tab.waitFor(
        "document.querySelector('.mapped').textContent.includes('expected 8 to 5,000 pictures')");
    tab.evaluate("document.querySelector('.cloud').focus()");
    tab.press("ArrowRight");
    String first = tab.text(".hover .id");
    tab.press("Enter");
    opened();
    assertThat(tab.evaluate("document.title").asString()).startsWith(first);
  }

  @Test
  void tenThousandPicturesAreNoMoreThanAScreenful() {
    judged();
    tab.evaluate(
        """
        import(new URL("assets/server/grid.js", location)).then(({ Grid }) => {
          const made = new Grid({
            label: "Many", key: String, text: 20, shape: () => 1.5, open: () => {},
            card: (item) => Object.assign(document.createElement("div"), { textContent: item }),
          });
          document.querySelector(".shown").replaceChildren(made.root);
          made.show(Array.from({ length: 10000 }, (_, i) => i));
          window.many = made;
        })\
        """);
    tab.frame();
    tab.evaluate("many.root.focus()");
    tab.press("End");
    tab.frame();
    assertThat(tab.text(".shown " + CURRENT)).isEqualTo("9999");
    assertThat(tab.evaluate("document.querySelectorAll('.shown .item').length").asInt())
        .isBetween(5, 200);
    assertThat(
            tab.evaluate(
                    "document.querySelector('.shown "
                        + CURRENT
                        + "').getBoundingClientRect().bottom <= innerHeight + 1")
                .asBoolean())
        .isTrue();
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
