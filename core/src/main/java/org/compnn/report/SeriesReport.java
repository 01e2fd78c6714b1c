package org.compnn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.explain.Explanation;
import org.compnn.files.FileNames;
import org.compnn.image.Raster;
import org.compnn.study.Series;
import org.compnn.viewer.AgreementTable;

/** Draws the compositions of a picture at one layer after the other. */
public final class SeriesReport {
  private SeriesReport() {}

  /** The numbers, a line for each layer. */
  public static Table table(Series series) {
    List<List<String>> rows =
        series.steps().stream()
            .map(
                step ->
                    List.of(
                        step.layer().shortName(),
                        step.layer().rows() + " x " + step.layer().columns(),
                        Table.number(AgreementTable.main(step.why()), 4),
                        Table.number(step.meanDistance(), 4),
                        Integer.toString(step.why().contributions().size()),
                        Table.number(step.coherence().meanCells(), 2),
                        Table.number(step.meanPixels(), 1)))
            .toList();
    return new Table(
        List.of(
            "layer",
            "cells",
            AgreementTable.mainTitle(series.steps().getFirst().why()),
            "mean distance per number",
            "pictures used",
            "cells per region",
            "pixels per region"),
        rows);
  }

  private record Numbers(
      String layer,
      double agreement,
      double meanDistance,
      int exemplars,
      double meanRegionCells,
      double meanRegionPixels) {}

  /** The series as a report. */
  public static Sheet sheet(Series series) {
    Explanation first = series.steps().getFirst().why();
    List<FigurePanel> strip = new ArrayList<>();
    Map<String, Raster> pictures = new LinkedHashMap<>();
    strip.add(FigurePanel.of(first.input(), "Input", series.name()));
    for (Series.Step step : series.steps()) {
      strip.add(panel(step, step.why().composition()));
      pictures.put(FileNames.safe(step.layer().shortName()), step.why().composition());
    }
    strip.add(FigurePanel.of(first.network(), "Network", ""));
    strip.add(FigurePanel.of(first.input(), "Input", "correspondences at each layer"));
    for (Series.Step step : series.steps()) {
      Raster output = step.why().composition();
      strip.add(
          panel(
              step,
              CorrespondenceMap.of(step.why().contributions())
                  .draw(step.why().field(), output.height(), output.width())));
    }
    List<Numbers> numbers =
        series.steps().stream()
            .map(
                step ->
                    new Numbers(
                        step.layer().name(),
                        AgreementTable.main(step.why()),
                        step.meanDistance(),
                        step.why().contributions().size(),
                        step.coherence().meanCells(),
                        step.meanPixels()))
            .toList();
    Section section =
        Section.of(
                "series",
                "Composition at each layer",
                "Top: the compositions. Bottom: the training picture behind each pixel, by colour."
                    + " A region is a connected set of cells pasted in one piece.")
            .with(new Figure(strip, series.steps().size() + 2, 200))
            .with(table(series))
            .withPictures(pictures)
            .withJson(numbers);
    return new Sheet(
        series.name(),
        String.format(
            Locale.ROOT,
            "%s · %d %s · %d training pictures",
            first.settings().network(),
            series.steps().size(),
            series.steps().size() == 1 ? "layer" : "layers",
            first.settings().selected()),
        List.of(section),
        CommonRange.within(
            first.palette(), series.steps().stream().map(Series.Step::why).toList()));
  }

  private static FigurePanel panel(Series.Step step, Raster raster) {
    return FigurePanel.of(
        raster,
        step.layer().shortName(),
        String.format(
            Locale.ROOT,
            "%s, %d pictures",
            Table.number(AgreementTable.main(step.why()), 3),
            step.why().contributions().size()));
  }
}
