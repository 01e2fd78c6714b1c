package org.compnn.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.compnn.CompNN;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;
import org.compnn.report.Figure;
import org.compnn.report.FigurePanel;
import org.compnn.report.Overlay;
import org.compnn.report.Section;
import org.compnn.report.Sheet;
import org.compnn.report.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes suspects: a report with the regions outlined and {@code suspects.csv}. */
public final class SuspectsReport {
  private static final int SHOWN = 12;
  private static final int OUTLINE = 0xF0E442;

  private SuspectsReport() {}

  /**
   * Writes the report.
   *
   * @param targets the labels that were checked
   * @return the report
   */
  public static Path write(
      Path out, CompNN compnn, Suspects suspects, IntFunction<Raster> targets) {
    Palette palette = compnn.palette();
    List<FigurePanel> panels = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    StringBuilder csv =
        new StringBuilder("rank,id,score,softmin,given,suggested,pixels,top,left,bottom,right\r\n");
    int rank = 0;
    for (Suspects.Suspect suspect : suspects.pictures()) {
      if (suspect.regions().isEmpty()) {
        continue;
      }
      rank++;
      Suspects.Region worst = suspect.regions().getFirst();
      String given = palette.name(worst.given());
      String suggested = palette.name(worst.suggested());
      csv.append(line(rank, suspect, worst, given, suggested));
      json.addObject()
          .put("id", suspect.id())
          .put("score", suspect.score())
          .put("softmin", suspect.softmin())
          .put("given", given)
          .put("suggested", suggested)
          .put("pixels", worst.mask().count());
      if (rank <= 50) {
        rows.add(
            List.of(
                suspect.id(),
                Table.number(suspect.score(), 4),
                given,
                suggested,
                Integer.toString(worst.mask().count()),
                Table.number(suspect.softmin(), 4)));
      }
      if (rank <= SHOWN) {
        List<Overlay> border = List.of(new Overlay.Border(worst.mask(), OUTLINE));
        Raster prediction = compnn.database().prediction(suspect.exemplar());
        panels.add(
            FigurePanel.of(compnn.database().input(suspect.exemplar()), suspect.id(), "input"));
        panels.add(
            FigurePanel.of(targets.apply(suspect.exemplar()), given, "original label")
                .with(border));
        panels.add(FigurePanel.of(prediction, suggested, "the network").with(border));
      }
    }
    Section section =
        Section.of(
            "suspects",
            "Suspected label errors",
            "Training pictures whose label in the outlined region is neither that of most of its"
                + " matches in other training pictures nor what the network gives.");
    if (!panels.isEmpty()) {
      section = section.with(new Figure(panels, 6, 200));
    }
    section =
        section
            .with(
                new Table(
                    List.of("picture", "score", "given", "network", "pixels", "softmin"), rows))
            .with(json);
    String facts = "%d pictures looked at".formatted(suspects.pictures().size());
    Sheet sheet =
        new Sheet(
            String.valueOf(compnn.database().folder().getFileName()),
            facts,
            List.of(section),
            palette);
    Path report = sheet.write(out);
    try {
      Files.writeString(out.resolve("suspects.csv"), csv);
    } catch (IOException e) {
      throw new UserError(out + ": cannot be written (" + e + ")", e);
    }
    return report;
  }

  private static String line(
      int rank, Suspects.Suspect suspect, Suspects.Region worst, String given, String suggested) {
    var box = worst.mask().bounds();
    return String.format(
        Locale.ROOT,
        "%d,%s,%.6f,%.6f,%s,%s,%d,%d,%d,%d,%d\r\n",
        rank,
        quoted(suspect.id()),
        suspect.score(),
        suspect.softmin(),
        quoted(given),
        quoted(suggested),
        worst.mask().count(),
        box.top(),
        box.left(),
        box.bottom(),
        box.right());
  }

  private static String quoted(String text) {
    return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** How well planted errors are found, by our ranking and by the published score. */
  public static Table found(Suspects suspects, PlantedErrors planted) {
    List<Integer> ours = suspects.pictures().stream().map(Suspects.Suspect::exemplar).toList();
    List<Integer> softmin =
        suspects.pictures().stream()
            .sorted(Comparator.comparingDouble(Suspects.Suspect::softmin))
            .map(Suspects.Suspect::exemplar)
            .toList();
    List<List<String>> rows = new ArrayList<>();
    for (int first : new int[] {20, 50}) {
      rows.add(row("compnn suspects", first, planted.found(ours, first), planted));
      rows.add(row("softmin of the network", first, planted.found(softmin, first), planted));
    }
    return new Table(List.of("ranking", "first", "found", "precision", "recall"), rows);
  }

  private static List<String> row(String name, int first, int found, PlantedErrors planted) {
    return List.of(
        name,
        Integer.toString(first),
        Integer.toString(found),
        Table.number((double) found / first, 2),
        Table.number((double) found / Math.max(1, planted.changed().size()), 2));
  }
}
