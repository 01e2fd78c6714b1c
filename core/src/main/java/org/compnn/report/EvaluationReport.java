package org.compnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.compnn.image.Palette;
import org.compnn.study.Evaluation;
import org.compnn.study.JudgedPictures;

/** Draws an evaluation: the worst pictures first, then classes, then all numbers. */
public final class EvaluationReport {
  private EvaluationReport() {}

  /** What {@code numbers.json} says of a picture; null stands for what is not known. */
  private record PictureNumbers(
      String id,
      double error,
      double meanIou,
      double agreement,
      double distancePercentile,
      List<String> doubts,
      long labelled,
      long wrong) {
    static PictureNumbers of(JudgedPictures.Line line) {
      return new PictureNumbers(
          line.id(),
          line.error().orElse(Double.NaN),
          line.meanIou().orElse(Double.NaN),
          line.agreement(),
          line.distance().isPresent() ? line.distance().getAsInt() : Double.NaN,
          line.doubts().stream().map(doubt -> doubt.name().toLowerCase(Locale.ROOT)).toList(),
          line.labelled(),
          line.wrong());
    }
  }

  /**
   * The report.
   *
   * @param title the data set's name
   */
  public static Sheet sheet(String title, Evaluation evaluation, Palette palette) {
    List<Section> sections = new ArrayList<>();
    sections.add(JudgedSections.worst(evaluation.judged(), palette, false));
    JudgedSections.classes(evaluation.judged(), palette).ifPresent(sections::add);
    sections.add(
        JudgedSections.pictures(evaluation.judged(), false)
            .withJson(evaluation.judged().lines().stream().map(PictureNumbers::of).toList()));
    sections.add(
        Section.of(
                "metrics",
                "Answers",
                "The network, compositions of the original labels and of the network's own"
                    + " predictions, and global nearest neighbours, with 95 % intervals over"
                    + " pictures.")
            .with(Table.of(evaluation.table())));
    sections.add(
        Section.of(
                "reconstruction",
                "Reconstructed inputs",
                "How near inputs pasted from training inputs come to the input.")
            .with(Table.of(evaluation.reconstruction())));
    String facts =
        String.format(
            Locale.ROOT,
            "%d pictures \u00b7 search %.2f s each%s",
            evaluation.pictures(),
            evaluation.search(),
            evaluation.skipped().isEmpty()
                ? ""
                : String.format(Locale.ROOT, " \u00b7 %d left out", evaluation.skipped().size()));
    return new Sheet(title, facts, sections, palette);
  }
}
