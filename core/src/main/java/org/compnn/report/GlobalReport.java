package org.compnn.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.files.FileNames;
import org.compnn.image.Raster;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Synthesis;
import org.compnn.measure.Tally;
import org.compnn.study.GlobalAnswers;
import org.compnn.viewer.MetricsView;

/** Draws the global nearest neighbours of a picture, beside its composition. */
public final class GlobalReport {
  private GlobalReport() {}

  /** The answers as a section of an explanation. */
  public static Section section(Explanation why, List<GlobalAnswers.Answer> answers) {
    List<FigurePanel> panels = new ArrayList<>();
    panels.add(FigurePanel.of(why.input(), "Input", why.name()));
    panels.add(FigurePanel.of(why.network(), "Network", ""));
    panels.add(FigurePanel.of(why.composition(), "CompNN", ""));
    panels.add(FigurePanel.of(why.reconstruction(), "Input, by CompNN", psnr(why.reconstructed())));
    Map<String, Raster> pictures = new LinkedHashMap<>();
    List<String> classes = why.palette().names();
    List<MetricsTable.Row> rows = new ArrayList<>();
    rows.add(MetricsTable.Row.of("CompNN", "network", why.network(), why.composition(), classes));
    for (GlobalAnswers.Answer answer : answers) {
      String name = name(answer);
      panels.add(
          FigurePanel.of(answer.output(), name, why.gallery().id(answer.match().exemplar())));
      pictures.put(FileNames.safe(name), answer.output());
      rows.add(MetricsTable.Row.of(name, "network", why.network(), answer.output(), classes));
      why.truth()
          .ifPresent(
              truth ->
                  rows.add(MetricsTable.Row.of(name, "truth", truth, answer.output(), classes)));
      if (answer.labels() == Labels.SELF) {
        String note = psnr(Synthesis.of(why.input(), answer.input()));
        panels.add(
            FigurePanel.of(
                answer.input(), "Input, by global NN, " + answer.layer().shortName(), note));
      }
    }
    MetricsTable table = new MetricsTable(Tally.of(why.network(), classes).columns(), rows);
    return Section.of(
            "global",
            "Global nearest neighbours",
            "The training picture whose whole layer is nearest, as the answer, beside the"
                + " composition. Its input serves as a reconstruction.")
        .with(Figure.of(panels, 4))
        .with(Table.of(table))
        .withPictures(pictures)
        .withJson(MetricsView.of(table));
  }

  /** Such as "global NN, bottleneck, self". */
  private static String name(GlobalAnswers.Answer answer) {
    return "global NN, "
        + answer.layer().shortName()
        + (answer.labels() == Labels.SELF ? ", self" : ", original");
  }

  private static String psnr(Synthesis metrics) {
    return "PSNR %s dB, SSIM %s"
        .formatted(Table.number(metrics.psnr(), 2), Table.number(metrics.ssim(), 3));
  }
}
