package org.compnn.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.explain.Explanation;
import org.compnn.generate.FacadeStyle;
import org.compnn.viewer.EmbeddedView;
import org.compnn.viewer.Words;

/**
 * A stage of the demo as the page's scripts read it.
 *
 * @param key which direction it is
 * @param network the model's name
 * @param search how matches were found
 * @param seconds a search took, on average
 * @param figures the rows of its table
 * @param exhibits the unseen buildings
 * @param swaps some of them from one style at a time
 */
record StageView(
    String key,
    String network,
    String search,
    double seconds,
    List<FigureView> figures,
    List<ExhibitView> exhibits,
    List<SwapView> swaps) {
  private static final List<String> SHOWN = List.of("input", "network", "output", "truth", "other");

  /** How an answer compares with a reference; what does not apply is no number. */
  record FigureView(String answer, String against, double accuracy, double levels, double ssim) {}

  /**
   * An unseen building.
   *
   * @param global the output of the exemplar whose whole layer is nearest
   */
  record ExhibitView(String style, EmbeddedView why, String global) {}

  /**
   * A building from one style at a time.
   *
   * @param exhibit its place among the exhibits
   */
  record SwapView(int exhibit, List<OnlyView> styles) {}

  /** A building from a single style. */
  record OnlyView(String style, EmbeddedView why) {}

  static StageView of(Stage stage) {
    Explanation first = stage.exhibits().getFirst().why();
    return new StageView(
        stage.direction().name().toLowerCase(Locale.ROOT),
        stage.direction().model().folder(),
        Words.search(first),
        stage.exhibits().stream().mapToDouble(e -> e.why().how().seconds()).average().orElseThrow(),
        Figures.of(stage).stream()
            .map(f -> new FigureView(f.answer(), f.reference(), f.accuracy(), f.levels(), f.ssim()))
            .toList(),
        stage.exhibits().stream().map(e -> exhibit(e)).toList(),
        stage.swaps().stream()
            .map(s -> new SwapView(stage.exhibits().indexOf(s.exhibit()), styles(s)))
            .toList());
  }

  private static ExhibitView exhibit(Exhibit exhibit) {
    return new ExhibitView(
        exhibit.style().label(),
        EmbeddedView.of(exhibit.why(), SHOWN, (_, raster) -> Pictures.address(raster)),
        Pictures.address(exhibit.global()));
  }

  private static List<OnlyView> styles(Swap swap) {
    return swap.styles().entrySet().stream().map(StageView::only).toList();
  }

  private static OnlyView only(Map.Entry<FacadeStyle, Explanation> only) {
    return new OnlyView(
        only.getKey().label(),
        EmbeddedView.of(
            only.getValue(), List.of("output"), (_, raster) -> Pictures.address(raster)));
  }
}
