package org.compnn.bench;

import java.util.Random;
import org.compnn.browser.Tab;

/** One person at the page, in a browser: what is done there and how long it takes to be seen. */
final class PageVisit {
  private static final String OUTPUT = "[data-pane=output]";

  /** Pixels of the grid a frame: a hundred a frame is a fast finger. */
  private static final int SCROLLED = 100;

  private final Tab tab;
  private int shown;

  PageVisit(Tab tab) {
    this.tab = tab;
  }

  /** Opens the page and a picture of it; milliseconds until that is explained and drawn. */
  double open(String address) {
    tab.go(address);
    tab.waitFor("document.querySelector('.item')");
    return changed(
        () ->
            tab.evaluate(
                "location.hash = 'more=1&q=data/'"
                    + " + document.querySelector('.item .id').textContent; 1"));
  }

  /** Waits for the next answer to be drawn; the page's own clock then. */
  private double await() {
    shown++;
    tab.waitFor("performance.getEntriesByName('shown').length >= " + shown);
    return tab.evaluate("performance.getEntriesByName('shown')[" + (shown - 1) + "].startTime")
        .asDouble();
  }

  /** Milliseconds from the hand's act, which the page marks, to what it changes on the screen. */
  private double changed(Runnable act) {
    act.run();
    double end = await();
    return end - tab.evaluate("performance.getEntriesByName('asked').at(-1).startTime").asDouble();
  }

  double nextPicture() {
    return changed(() -> tab.click("#choice [aria-label^=Next]"));
  }

  /** Leaves out the training picture that the pixel under the cursor comes from. */
  double withoutThisOne() {
    return changed(() -> tab.click("[data-match=\"0\"] .quiet"));
  }

  /** Chooses the next layer of the list, or the one before. */
  double otherLayer(boolean next) {
    tab.evaluate("document.querySelector('select[name=layer]').focus(); 1");
    return changed(() -> tab.press(next ? "ArrowDown" : "ArrowUp"));
  }

  int layers() {
    return tab.evaluate("document.querySelectorAll('select[name=layer] option').length").asInt();
  }

  /**
   * Moves the mouse over the output.
   *
   * @param work gets the milliseconds that a frame is worked on: scripts, layout and drawing
   * @param seen gets the milliseconds from the event, as the browser stamps it, to the drawn frame
   * @return how many pictures had to be fetched meanwhile
   */
  int hover(int moves, Random random, Times work, Times seen) {
    awaitPictures();
    tab.evaluate(
        """
        (() => {
          window.frames_ = [];
          let event = 0, begin = 0;
          const pane = document.querySelector('%s');
          pane.addEventListener("pointermove", (e) => {
            event = e.timeStamp;
            requestAnimationFrame(() => { begin = performance.now(); });
          }, { capture: true });
          document.addEventListener("pointermove", () => requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => frames_.push([performance.now() - begin, performance.now() - event]);
            after.port2.postMessage(0);
          }));
          return 1;
        })()\
        """
            .formatted(OUTPUT));
    int before = resources();
    for (int i = 0; i < moves; i++) {
      tab.move(OUTPUT, random.nextDouble(0.02, 0.98), random.nextDouble(0.02, 0.98));
    }
    for (var frame : tab.evaluate("frames_")) {
      work.add(frame.get(0).asDouble());
      seen.add(frame.get(1).asDouble());
    }
    return resources() - before;
  }

  /**
   * Scrolls through the grid of a data set, by a fixed way a frame.
   *
   * @param work gets the milliseconds that a frame is worked on: scripts, layout and drawing
   * @param apart gets the milliseconds from a frame to the next
   * @return how many pictures the grid has
   */
  int scroll(String address, int frames, Times work, Times apart) {
    tab.go(address);
    tab.waitFor("document.querySelector('.grid .item')");
    var seen =
        tab.evaluate(
            """
            new Promise((done) => {
              const grid = document.querySelector(".grid"), frames = [];
              let before = 0;
              const step = (now) => {
                const begin = performance.now(), apart = before ? now - before : 0;
                before = now;
                grid.scrollTop += %d;
                const after = new MessageChannel();
                after.port1.onmessage = () => {
                  frames.push([performance.now() - begin, apart]);
                  if (frames.length <= %d) requestAnimationFrame(step);
                  else done(frames);
                };
                after.port2.postMessage(0);
              };
              requestAnimationFrame(step);
            })\
            """
                .formatted(SCROLLED, frames));
    for (var frame : seen.values().stream().skip(1).toList()) {
      work.add(frame.get(0).asDouble());
      apart.add(frame.get(1).asDouble());
    }
    return tab.evaluate("Number(document.querySelector('.grid .item').ariaSetSize)").asInt();
  }

  private int resources() {
    return tab.evaluate("performance.getEntriesByType('resource').length").asInt();
  }

  /** Until the page has fetched the training pictures that may be pointed at. */
  private void awaitPictures() {
    tab.evaluate("performance.setResourceTimingBufferSize(20000); 1");
    int before = -1;
    for (int now = resources(); now != before; now = resources()) {
      before = now;
      tab.evaluate("new Promise((done) => setTimeout(() => done(1), 1500))");
    }
  }
}
