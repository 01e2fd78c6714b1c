package org.compnn.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.CompNN;
import org.compnn.files.Resource;
import org.compnn.viewer.ClassView;
import org.compnn.viewer.Markup;
import org.compnn.viewer.Modules;
import org.compnn.viewer.Page;

/** The demo's page: one file that works from disk and asks nothing of a network. */
final class DemoPage {
  private static final String TITLE = "Every pixel has a source";
  private static final String NAVIGATION =
      "<nav aria-label=\"Sections\"><a href=\"#case\">Case</a><a href=\"#paint\">Paint</a><a"
          + " href=\"#swap\">Swap</a><a href=\"#label\">Label</a><a href=\"#numbers\">Numbers</a><a"
          + " href=\"#next\">Your network</a></nav>";
  private static final String FOOTER =
      "<p>CompNN, Compositional Nearest Neighbors (Liu, Bansal, Fragoso, Ramanan; <span"
          + " class=\"nobreak\">arXiv 1711.10683</span>). Buildings and networks come with the"
          + " program. This page is a single file and works offline.</p>";

  private final List<StageView> stages = new ArrayList<>();
  private final Buildings buildings;

  /**
   * What the page's script reads.
   *
   * @param size rows and columns of all pictures
   * @param buildings the training buildings, by their index in the databases
   * @param mystery what a mistaught network sees
   */
  record Data(
      int size,
      List<ClassView> classes,
      List<StageView> stages,
      List<Buildings.BuildingView> buildings,
      Optional<CaseView> mystery) {}

  private Optional<CaseView> mystery = Optional.empty();

  DemoPage(DemoSettings settings) {
    buildings = new Buildings(settings.exemplars());
  }

  /** Adds a direction, and what its database has of the training buildings. */
  void add(Stage stage, CompNN compnn) {
    stages.add(StageView.of(stage));
    buildings.show(stage, compnn);
  }

  /** Adds the case. */
  void add(CaseView found) {
    mystery = Optional.of(found);
  }

  /** The whole page. */
  String html() {
    Data data =
        new Data(
            ShippedModel.SIZE, ClassView.of(Pictures.CLASSES), stages, buildings.views(), mystery);
    return new Page(
            TITLE,
            Resource.text(DemoPage.class, "demo.css"),
            List.of(Markup.raw(NAVIGATION)),
            List.of(Markup.raw(Resource.text(DemoPage.class, "story.html"))),
            List.of(Markup.raw(FOOTER)),
            List.of(Markup.element("div", Map.of("id", "loupe", "hidden", ""), List.of())),
            Optional.of(new Page.Live(data, Modules.of(DemoPage.class, "demo.js").bundle())))
        .html();
  }
}
