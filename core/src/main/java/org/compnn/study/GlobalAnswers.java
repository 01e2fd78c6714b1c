package org.compnn.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.compnn.CompNN;
import org.compnn.ExplainOptions;
import org.compnn.compose.Labels;
import org.compnn.database.CellStore;
import org.compnn.database.Selection;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.measure.MetricsTable;
import org.compnn.measure.Synthesis;
import org.compnn.measure.Tally;
import org.compnn.network.Activations;
import org.compnn.network.Layer;
import org.compnn.report.Explanation;
import org.compnn.report.Figure;
import org.compnn.report.FigurePanel;
import org.compnn.report.Section;
import org.compnn.report.Table;
import org.compnn.search.GlobalMatch;
import org.compnn.search.exact.GlobalSearch;

/**
 * The one training picture whose whole layer is nearest, as the answer: the paper's global nearest
 * neighbours (figure 12), by every indexed layer, with original and self-supervised labels.
 */
public final class GlobalAnswers {
  private GlobalAnswers() {}

  /**
   * One answer.
   *
   * @param layer the layer whose activations were compared
   * @param labels what of the exemplar is the answer
   * @param match the exemplar and its distance
   * @param output its label
   * @param input its input: the reconstruction by global nearest neighbour
   */
  public record Answer(
      Layer layer, Labels labels, GlobalMatch match, Raster output, Picture input) {
    /** Such as "global NN, bottleneck, self". */
    public String name() {
      return "global NN, " + shortName(layer) + (labels == Labels.SELF ? ", self" : ", original");
    }
  }

  /** The name that tells a layer in few letters: bottleneck, penultimate, or its short form. */
  public static String shortName(Layer layer) {
    return layer.aliases().stream()
        .filter(a -> a.equals("bottleneck") || a.equals("penultimate"))
        .findFirst()
        .orElseGet(() -> layer.aliases().isEmpty() ? layer.name() : layer.aliases().getLast());
  }

  /** The answers to a picture: two for each indexed layer, or one without original labels. */
  public static List<Answer> of(CompNN compnn, Picture picture, ExplainOptions options) {
    List<CellStore> stores = compnn.database().layers();
    Activations activations =
        compnn
            .network()
            .run(
                picture,
                stores.stream().map(s -> compnn.network().layer(s.layer().name())).toList());
    Selection selection = compnn.selection(options);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < stores.size(); i++) {
      CellStore store = stores.get(i);
      GlobalMatch match =
          GlobalSearch.nearest(
                  store,
                  activations.layers().get(i),
                  options.distance(),
                  selection,
                  1,
                  compnn.workers())
              .getFirst();
      for (Labels labels : Labels.values()) {
        if (labels == Labels.SELF || compnn.database().hasTarget(match.exemplar())) {
          answers.add(
              new Answer(
                  store.layer(),
                  labels,
                  match,
                  compnn.source(labels).apply(match.exemplar()),
                  compnn.database().input(match.exemplar())));
        }
      }
    }
    return answers;
  }

  /** The answers as a section of an explanation, beside the composition. */
  public static Section section(CompNN compnn, Explanation why, List<Answer> answers) {
    List<FigurePanel> panels = new ArrayList<>();
    panels.add(FigurePanel.of(why.input(), "Input", why.name()));
    panels.add(FigurePanel.of(why.network(), "Network", ""));
    panels.add(FigurePanel.of(why.composition(), "CompNN", ""));
    panels.add(FigurePanel.of(why.reconstruction(), "Input by CompNN", psnr(why.reconstructed())));
    Map<String, Raster> pictures = new LinkedHashMap<>();
    List<String> classes = compnn.palette().names();
    List<MetricsTable.Row> rows = new ArrayList<>();
    rows.add(row("CompNN", "network", why.network(), why.composition(), classes));
    for (Answer answer : answers) {
      String id = compnn.database().exemplars().get(answer.match().exemplar()).id();
      panels.add(FigurePanel.of(answer.output(), answer.name(), id));
      pictures.put(answer.name().replaceAll("[^A-Za-z0-9]+", "-"), answer.output());
      rows.add(row(answer.name(), "network", why.network(), answer.output(), classes));
      why.truth()
          .ifPresent(t -> rows.add(row(answer.name(), "truth", t, answer.output(), classes)));
      if (answer.labels() == Labels.SELF) {
        String note = psnr(Synthesis.of(why.input(), answer.input()));
        panels.add(
            FigurePanel.of(answer.input(), "Input by global, " + shortName(answer.layer()), note));
      }
    }
    MetricsTable table = new MetricsTable(Tally.of(why.network(), classes).columns(), rows);
    return Section.of(
            "global",
            "Global nearest neighbours",
            "The one training picture whose whole layer is nearest, as the answer, beside the"
                + " composition; and its input as a reconstruction.")
        .with(Figure.of(panels, 4))
        .with(Table.of(table))
        .withPictures(pictures)
        .with(table.json());
  }

  static String psnr(Synthesis metrics) {
    return "PSNR %s dB, SSIM %s"
        .formatted(Table.number(metrics.psnr(), 2), Table.number(metrics.ssim(), 3));
  }

  static MetricsTable.Row row(
      String name, String against, Raster reference, Raster answer, List<String> classes) {
    Tally tally = Tally.of(reference, classes);
    tally.add(name, reference, answer);
    return MetricsTable.Row.of(name, against, tally);
  }
}
