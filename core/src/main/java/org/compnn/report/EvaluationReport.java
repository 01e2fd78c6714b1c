package org.compnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.compnn.image.Palette;
import org.compnn.study.Evaluation;

/** Draws an evaluation: the worst pictures first, then classes, then all numbers. */
public final class EvaluationReport {
  private EvaluationReport() {}

  /**
   * The report.
   *
   * @param title the data set's name
   */
  public static Sheet sheet(String title, Evaluation evaluation, Palette palette) {
    List<Section> sections = new ArrayList<>();
    sections.add(JudgedSections.worst(evaluation.judged(), palette, false));
    JudgedSections.classes(evaluation.judged(), palette).ifPresent(sections::add);
    sections.add(JudgedSections.pictures(evaluation.judged(), false));
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
                : " \u00b7 %d left out".formatted(evaluation.skipped().size()));
    return new Sheet(title, facts, sections, palette);
  }
}
