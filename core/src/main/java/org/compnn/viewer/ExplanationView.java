package org.compnn.viewer;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.compose.Contribution;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.explain.Timings;
import org.compnn.image.HexColour;
import org.compnn.measure.Synthesis;

/**
 * Everything of an explanation that is no picture and no array: what {@code explanation.json} says,
 * and what pages are told.
 *
 * @param format raised when a reader of the old form would be misled
 * @param name the picture's name
 * @param settings how it was explained
 * @param size of the output and of the field
 * @param frame where the picture lies in the network's input
 * @param values what colours stand for, where the output is numbers
 * @param timingsMs how long it took
 * @param agreement how network and compositions agree, with each other and with the truth
 * @param reconstruction how near the reconstructed input is to the input
 * @param exemplars those that gave something, those that gave most first
 * @param further what else was found out, as records, by the name that it has
 */
public record ExplanationView(
    int format,
    String name,
    SettingsView settings,
    SizeView size,
    FrameView frame,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ScaleView> values,
    Timings timingsMs,
    MetricsView agreement,
    SynthesisView reconstruction,
    List<ExemplarView> exemplars,
    @JsonAnyGetter Map<String, Object> further) {
  private static final int FORMAT = 1;

  public ExplanationView {
    exemplars = List.copyOf(exemplars);
    further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
  }

  /**
   * Sizes.
   *
   * @param height rows of pixels
   * @param width columns of pixels
   * @param rows of cells
   * @param columns of cells
   */
  public record SizeView(int height, int width, int rows, int columns) {}

  /**
   * How near a picture is to another.
   *
   * @param l1 mean absolute difference, 0..1
   * @param psnr in decibels; infinite for equal pictures
   * @param ssim mean structural similarity
   */
  public record SynthesisView(double l1, double psnr, double ssim) {
    static SynthesisView of(Synthesis metrics) {
      return new SynthesisView(metrics.l1(), metrics.psnr(), metrics.ssim());
    }
  }

  /**
   * An exemplar that gave something.
   *
   * @param exemplar its index in the database
   * @param cells query cells whose best match lies in it
   * @param share those over all that have a match
   * @param colour as {@code #rrggbb}
   * @param id its name in the data set
   * @param frame where its own picture lies in its input, if that is known and not the same
   */
  public record ExemplarView(
      int exemplar,
      int cells,
      double share,
      String colour,
      String id,
      List<String> tags,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<FrameView> frame) {}

  /** An explanation without what else was found out. */
  public static ExplanationView of(Explanation explanation) {
    CorrespondenceMap colours = CorrespondenceMap.of(explanation.contributions());
    return new ExplanationView(
        FORMAT,
        explanation.name(),
        SettingsView.of(explanation),
        new SizeView(
            explanation.network().height(),
            explanation.network().width(),
            explanation.field().rows(),
            explanation.field().columns()),
        FrameView.of(explanation.frame()),
        ScaleView.of(explanation.network(), explanation.palette()),
        explanation.timings(),
        MetricsView.of(AgreementTable.of(explanation)),
        SynthesisView.of(explanation.reconstructed()),
        explanation.contributions().stream()
            .map(c -> exemplar(c, colours, explanation.gallery()))
            .toList(),
        Map.of());
  }

  /** The same with a further finding at the end. */
  public ExplanationView with(String key, Object finding) {
    Map<String, Object> more = new LinkedHashMap<>(further);
    more.put(key, finding);
    return new ExplanationView(
        format,
        name,
        settings,
        size,
        frame,
        values,
        timingsMs,
        agreement,
        reconstruction,
        exemplars,
        more);
  }

  private static ExemplarView exemplar(
      Contribution contribution, CorrespondenceMap colours, Gallery gallery) {
    int exemplar = contribution.exemplar();
    return new ExemplarView(
        exemplar,
        contribution.cells(),
        contribution.share(),
        HexColour.of(colours.colour(exemplar)),
        gallery.id(exemplar),
        gallery.tags(exemplar),
        gallery
            .frame(exemplar)
            .filter(frame -> !frame.isWhole() || !frame.picture().equals(frame.input()))
            .map(FrameView::of));
  }
}
