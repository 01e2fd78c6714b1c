package org.compnn.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.compnn.compose.Mask;
import org.compnn.explain.Gallery;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.study.PlantedErrors;
import org.compnn.study.Suspects;

/** Draws suspects: a report with the regions outlined and {@code suspects.csv}. */
public final class SuspectsReport {
  private static final int SHOWN = 12;
  private static final int OUTLINE = 0xF0E442;

  private SuspectsReport() {}

  /**
   * The report.
   *
   * @param title its first line
   * @param gallery the training pictures
   * @param targets the labels that were checked
   */
  public static Sheet sheet(
      String title,
      Suspects suspects,
      IntFunction<Raster> targets,
      Gallery gallery,
      Palette palette) {
    List<FigurePanel> panels = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<Numbers> json = new ArrayList<>();
    List<List<String>> lines = new ArrayList<>();
    int rank = 0;
    for (Suspects.Suspect suspect : suspects.pictures()) {
      if (suspect.regions().isEmpty()) {
        continue;
      }
      rank++;
      Suspects.Region worst = suspect.regions().getFirst();
      String given = palette.name(worst.given());
      String suggested = palette.name(worst.suggested());
      lines.add(line(rank, suspect, worst, given, suggested));
      json.add(
          new Numbers(
              suspect.id(),
              suspect.score(),
              suspect.softmin(),
              given,
              suggested,
              worst.mask().count()));
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
        Raster prediction = gallery.prediction(suspect.exemplar());
        panels.add(FigurePanel.of(gallery.input(suspect.exemplar()), suspect.id(), "input"));
        panels.add(
            FigurePanel.of(targets.apply(suspect.exemplar()), given, "original label")
                .with(border));
        panels.add(FigurePanel.of(prediction, suggested, "network").with(border));
      }
    }
    Section section =
        Section.of(
            "suspects",
            "Suspected label errors",
            "Training pictures whose label in the outlined region contradicts both the network and"
                + " most matches in other training pictures.");
    if (!panels.isEmpty()) {
      section = section.with(new Figure(panels, 6, 200));
    }
    section =
        section
            .with(
                new Table(
                    List.of("picture", "score", "given", "network", "pixels", "softmin"), rows))
            .withCsv(
                "suspects",
                new Table(
                    List.of(
                        "rank",
                        "id",
                        "score",
                        "softmin",
                        "given",
                        "suggested",
                        "pixels",
                        "top",
                        "left",
                        "bottom",
                        "right"),
                    lines))
            .withJson(json);
    String facts = String.format(Locale.ROOT, "%d pictures checked", suspects.pictures().size());
    return new Sheet(title, facts, List.of(section), palette);
  }

  /**
   * Writes the suspect regions for other programs: each of the class that the network gives, with
   * its score and the class that it has.
   */
  public static void export(Suspects suspects, Gallery gallery, Palette palette, CocoExport export)
      throws IOException {
    for (Suspects.Suspect suspect : suspects.pictures()) {
      if (suspect.regions().isEmpty()) {
        continue;
      }
      Picture input = gallery.input(suspect.exemplar());
      int image = export.image(suspect.id(), input);
      for (Suspects.Region region : suspect.regions()) {
        export.region(
            image,
            region.suggested(),
            region.mask().at(input.height(), input.width()),
            Optional.of(
                new CocoExport.Suspicion(
                    OptionalDouble.of(suspect.score()), palette.name(region.given()))));
      }
    }
  }

  private record Numbers(
      String id, double score, double softmin, String given, String suggested, int pixels) {}

  private static List<String> line(
      int rank, Suspects.Suspect suspect, Suspects.Region worst, String given, String suggested) {
    Mask.Box box = worst.mask().bounds();
    return List.of(
        Integer.toString(rank),
        suspect.id(),
        Table.number(suspect.score(), 6),
        Table.number(suspect.softmin(), 6),
        given,
        suggested,
        Integer.toString(worst.mask().count()),
        Integer.toString(box.top()),
        Integer.toString(box.left()),
        Integer.toString(box.bottom()),
        Integer.toString(box.right()));
  }

  /**
   * How well planted errors are found, by our ranking and by the two that cleanlab publishes.
   *
   * @param suspects what was found, one for each of {@code planted}
   * @param issues the exemplars by {@link org.compnn.study.IssueRankings}, one for each; empty if
   *     these were not made
   * @return a line for each ranking and each length of its head: how many were found in each
   *     planting, their mean, precision and recall
   */
  public static Table found(
      List<Suspects> suspects, List<List<Integer>> issues, List<PlantedErrors> planted) {
    List<List<Integer>> ours = suspects.stream().map(SuspectsReport::ours).toList();
    List<List<Integer>> softmin = suspects.stream().map(SuspectsReport::softmin).toList();
    List<List<String>> rows = new ArrayList<>();
    for (int first : new int[] {20, 50}) {
      rows.add(row("compnn suspects", first, ours, planted));
      rows.add(row("softmin of the network", first, softmin, planted));
      if (!issues.isEmpty()) {
        rows.add(row("pixel issues", first, issues, planted));
      }
    }
    return new Table(List.of("ranking", "first", "found", "mean", "precision", "recall"), rows);
  }

  private static List<Integer> ours(Suspects suspects) {
    return suspects.pictures().stream().map(Suspects.Suspect::exemplar).toList();
  }

  private static List<Integer> softmin(Suspects suspects) {
    return suspects.pictures().stream()
        .sorted(Comparator.comparingDouble(Suspects.Suspect::softmin))
        .map(Suspects.Suspect::exemplar)
        .toList();
  }

  private static List<String> row(
      String name, int first, List<List<Integer>> rankings, List<PlantedErrors> planted) {
    List<String> each = new ArrayList<>();
    int found = 0;
    int all = 0;
    for (int i = 0; i < planted.size(); i++) {
      int here = planted.get(i).found(rankings.get(i), first);
      each.add(Integer.toString(here));
      found += here;
      all += planted.get(i).changed().size();
    }
    return List.of(
        name,
        Integer.toString(first),
        String.join(" ", each),
        Table.number((double) found / planted.size(), 1),
        Table.number((double) found / first / planted.size(), 2),
        Table.number((double) found / Math.max(1, all), 2));
  }
}
