package org.compnn.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.ClassCounts;
import org.compnn.measure.Segmentation;
import org.compnn.measure.Synthesis;

/**
 * How answers compare with a reference, over all buildings of a stage.
 *
 * @param answer whose pictures were measured
 * @param reference what they were measured against
 * @param accuracy share of pixels with the same class; {@link Double#NaN} for photos
 * @param levels mean absolute difference of a colour, 0..255; {@link Double#NaN} for labels
 * @param ssim mean structural similarity; {@link Double#NaN} for labels
 */
record Figures(String answer, String reference, double accuracy, double levels, double ssim) {
  static final String NETWORK = "the network";
  static final String TRUTH = "ground truth";
  static final String SELF = "CompNN, the network's own predictions";
  static final String ORIGINAL = "CompNN, originals";
  static final String GLOBAL = "the nearest training building";

  /** The rows of a stage's table; the first is the composition against the network. */
  static List<Figures> of(Stage stage) {
    Function<Exhibit, Raster> network = e -> e.why().network();
    Function<Exhibit, Raster> truth = e -> e.why().truth().orElseThrow();
    Function<Exhibit, Raster> self = e -> e.why().composition();
    Function<Exhibit, Raster> original = e -> e.why().other().orElseThrow();
    List<Figures> rows = new ArrayList<>();
    rows.add(of(stage, SELF, self, NETWORK, network));
    rows.add(of(stage, ORIGINAL, original, NETWORK, network));
    rows.add(of(stage, GLOBAL, Exhibit::global, NETWORK, network));
    rows.add(of(stage, NETWORK, network, TRUTH, truth));
    rows.add(of(stage, SELF, self, TRUTH, truth));
    rows.add(of(stage, ORIGINAL, original, TRUTH, truth));
    return rows;
  }

  private static Figures of(
      Stage stage,
      String answer,
      Function<Exhibit, Raster> answers,
      String reference,
      Function<Exhibit, Raster> references) {
    if (stage.direction() == Direction.LABEL) {
      int classes = stage.exhibits().getFirst().why().palette().size();
      ClassCounts counts = new ClassCounts(classes);
      for (Exhibit e : stage.exhibits()) {
        counts.add(
            ClassCounts.of((LabelMap) references.apply(e), (LabelMap) answers.apply(e), classes));
      }
      double accuracy = Segmentation.of(counts).pixelAccuracy();
      return new Figures(answer, reference, accuracy, Double.NaN, Double.NaN);
    }
    List<Synthesis> scores =
        stage.exhibits().stream()
            .map(e -> Synthesis.of((Picture) references.apply(e), (Picture) answers.apply(e)))
            .toList();
    return new Figures(
        answer,
        reference,
        Double.NaN,
        scores.stream().mapToDouble(s -> s.l1() * 255).average().orElseThrow(),
        scores.stream().mapToDouble(Synthesis::ssim).average().orElseThrow());
  }
}
