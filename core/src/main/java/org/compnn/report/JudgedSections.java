package org.compnn.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Raster;
import org.compnn.measure.ClassCounts;
import org.compnn.network.Frame;
import org.compnn.study.Blame;
import org.compnn.study.JudgedPicture;
import org.compnn.study.JudgedPictures;
import org.compnn.study.Judgement;

/** Parts of reports on a data set: its worst pictures, its classes, all its pictures. */
final class JudgedSections {
  private static final int WIDTH = 320;
  private static final int LISTED = 50;
  private static final int CONFUSED = 12;

  private JudgedSections() {}

  /**
   * The worst pictures, the error drawn on them, beside what the network gives and what is right.
   *
   * @param causes whether wrong pixels are to be told by cause
   */
  static Section worst(JudgedPictures judged, Palette palette, boolean causes) {
    List<FigurePanel> panels = new ArrayList<>();
    boolean classes = false;
    boolean truths = judged.worst().stream().anyMatch(picture -> picture.truth().isPresent());
    for (JudgedPicture picture : judged.worst()) {
      Judgement judgement = picture.judgement();
      classes |= picture.output() instanceof LabelMap;
      panels.add(
          FigurePanel.of(
              ErrorPicture.of(picture, WIDTH),
              judgement.id(),
              note(judgement, picture.output() instanceof LabelMap)));
      Frame.Region held = picture.frame().held(judgement.height(), judgement.width());
      panels.add(
          FigurePanel.of(
              held.cut(picture.output()), "Network", worstRegion(judgement, palette).orElse("")));
      if (picture.truth().isPresent()) {
        Raster truth = held.cut(picture.truth().get());
        panels.add(
            FigurePanel.of(truth, "Truth", causes ? causes(judgement) : "")
                .with(borders(judgement, held)));
      } else if (truths) {
        panels.add(FigurePanel.of(held.cut(picture.output()), "Network", "no truth is known"));
      }
    }
    String lead =
        truths
            ? "Orange: what is wrong. Outlined on the truth: the largest wrong regions, connected"
                + " pixels of one right and one given class."
            : "The right output is not known; first come the pictures that CompNN's composition"
                + " agrees with least.";
    Section section = Section.of("worst", "Worst pictures", lead);
    if (panels.isEmpty()) {
      return section;
    }
    Figure figure = new Figure(panels, truths ? 3 : 2, WIDTH);
    return section.with(classes ? figure.withLegend(legend(judged, palette)) : figure);
  }

  private static List<Overlay> borders(Judgement judgement, Frame.Region held) {
    return held.covers(judgement.height(), judgement.width())
        ? judgement.regions().stream()
            .limit(5)
            .<Overlay>map(region -> new Overlay.Border(region.mask(), 0xD55E00))
            .toList()
        : List.of();
  }

  /** The classes that the worst pictures have. */
  private static List<LegendEntry> legend(JudgedPictures judged, Palette palette) {
    boolean[] seen = new boolean[256];
    for (JudgedPicture picture : judged.worst()) {
      mark(picture.output(), seen);
      picture.truth().ifPresent(truth -> mark(truth, seen));
    }
    List<LegendEntry> entries = new ArrayList<>();
    for (int label = 0; label < palette.size(); label++) {
      if (seen[label]) {
        entries.add(new LegendEntry(palette.colour(label), palette.name(label)));
      }
    }
    return entries;
  }

  private static void mark(Raster raster, boolean[] seen) {
    if (raster instanceof LabelMap labels) {
      for (byte label : labels.classes()) {
        seen[label & 0xff] = true;
      }
    }
  }

  private static String note(Judgement judgement, boolean labels) {
    List<String> parts = new ArrayList<>();
    if (judgement.error().isPresent()) {
      double error = judgement.error().getAsDouble();
      parts.add(labels ? Table.percent(error) + " wrong" : "L1 " + Table.number(error, 3));
    }
    parts.add("agreement " + Table.percent(judgement.agreement()));
    judgement.distance().ifPresent(percentile -> parts.add("distance P" + percentile));
    return String.join(", ", parts);
  }

  private static Optional<String> worstRegion(Judgement judgement, Palette palette) {
    return judgement.regions().stream()
        .findFirst()
        .filter(region -> region.truth() != Judgement.NO_CLASS)
        .map(
            region ->
                String.format(
                    Locale.ROOT,
                    "%s, should be %s (%d pixels)",
                    palette.name(region.given()),
                    palette.name(region.truth()),
                    region.mask().count()));
  }

  /** Shares of the causes, most first. */
  private static String causes(Judgement judgement) {
    return judgement.causes().entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Map.Entry.<Blame.Cause, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(3)
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%s %.0f %%",
                    word(entry.getKey()),
                    100.0 * entry.getValue() / judgement.wrong()))
        .collect(Collectors.joining(", "));
  }

  static String word(Blame.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  /** How each class fares, and what is taken for what; nothing where there are no classes. */
  static Optional<Section> classes(JudgedPictures judged, Palette palette) {
    if (judged.counts().isEmpty()) {
      return Optional.empty();
    }
    ClassCounts counts = judged.counts().get();
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> lines = new ArrayList<>();
    for (int label = 0; label < counts.classes(); label++) {
      long either = counts.reference(label) + counts.answer(label) - counts.hit(label);
      int truth = label;
      List<Judgement.Confusion> missed =
          judged.confusions().stream().filter(c -> c.truth() == truth).toList();
      double iou = share(counts.hit(label), either);
      double found = share(counts.hit(label), counts.reference(label));
      double right = share(counts.hit(label), counts.answer(label));
      String taken =
          missed.isEmpty()
              ? ""
              : "%s %s"
                  .formatted(
                      palette.name(missed.getFirst().given()),
                      Table.percent(share(missed.getFirst().pixels(), counts.reference(label))));
      rows.add(
          List.of(
              palette.name(label),
              Long.toString(counts.reference(label)),
              Table.number(iou, 3),
              Table.percent(found),
              Table.percent(right),
              taken));
      lines.add(
          List.of(
              Integer.toString(label),
              palette.name(label),
              Long.toString(counts.reference(label)),
              Long.toString(counts.answer(label)),
              Long.toString(counts.hit(label)),
              Csv.number(iou)));
    }
    return Optional.of(
        Section.of(
                "classes",
                "Classes",
                "Found: the share of a class's pixels that the network gives it. Right: the share"
                    + " of what it calls so that is so. The figure: of each row's pixels, the share"
                    + " that the network gives each class, in percent.")
            .withDrawing("confusion", ConfusionFigure.svg(counts, judged.confusions(), palette))
            .with(
                new Table(
                    List.of("class", "pixels", "IoU", "found", "right", "most taken for"), rows))
            .withCsv(
                "classes",
                new Table(List.of("index", "class", "pixels", "given", "hit", "iou"), lines)));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  /** The confusions that cost most pixels, by cause. */
  static Optional<Section> confusions(JudgedPictures judged, Palette palette) {
    if (judged.confusions().isEmpty()) {
      return Optional.empty();
    }
    long wrong = judged.confusions().stream().mapToLong(Judgement.Confusion::pixels).sum();
    List<String> columns = new ArrayList<>(List.of("should be", "given", "pixels", "of all wrong"));
    for (Blame.Cause cause : Blame.Cause.values()) {
      columns.add(word(cause));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Judgement.Confusion confusion :
        judged.confusions().subList(0, Math.min(CONFUSED, judged.confusions().size()))) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  palette.name(confusion.truth()),
                  palette.name(confusion.given()),
                  Long.toString(confusion.pixels()),
                  Table.percent(share(confusion.pixels(), wrong))));
      for (Blame.Cause cause : Blame.Cause.values()) {
        row.add(
            Table.percent(share(confusion.causes().getOrDefault(cause, 0L), confusion.pixels())));
      }
      rows.add(row);
    }
    return Optional.of(
        Section.of(
                "confusions",
                "Confusions by cause",
                "What is taken for what, and why; the shares of the causes are those of the row's"
                    + " pixels.")
            .with(new Table(columns, rows)));
  }

  /**
   * All pictures, the worst first, and as {@code pictures.csv}.
   *
   * @param causes whether wrong pixels are to be told by cause
   */
  static Section pictures(JudgedPictures judged, boolean causes) {
    List<JudgedPictures.Line> sorted = new ArrayList<>(judged.lines());
    sorted.sort(
        Comparator.comparingDouble(
                (JudgedPictures.Line line) -> line.error().orElse(1 - line.agreement()))
            .reversed());
    List<String> columns =
        new ArrayList<>(List.of("picture", "error", "mean IoU", "agreement", "distance", "doubts"));
    List<String> csv =
        new ArrayList<>(
            List.of(
                "rank",
                "id",
                "error",
                "mean_iou",
                "agreement",
                "distance_percentile",
                "familiar",
                "trusted",
                "labelled",
                "wrong"));
    if (causes) {
      for (Blame.Cause cause : Blame.Cause.values()) {
        columns.add(word(cause));
        csv.add(word(cause));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> lines = new ArrayList<>();
    for (JudgedPictures.Line line : sorted) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  line.id(),
                  number(line.error(), 3),
                  number(line.meanIou(), 3),
                  Table.percent(line.agreement()),
                  line.distance().isPresent() ? "P" + line.distance().getAsInt() : "-",
                  line.doubts().stream()
                      .map(doubt -> doubt.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))));
      List<String> fields =
          new ArrayList<>(
              List.of(
                  Integer.toString(lines.size() + 1),
                  line.id(),
                  Csv.number(line.error().orElse(Double.NaN)),
                  Csv.number(line.meanIou().orElse(Double.NaN)),
                  Csv.number(line.agreement()),
                  line.distance().isPresent() ? Integer.toString(line.distance().getAsInt()) : "",
                  Boolean.toString(!line.doubts().contains(Judgement.Doubt.UNFAMILIAR)),
                  Boolean.toString(line.doubts().isEmpty()),
                  Long.toString(line.labelled()),
                  Long.toString(line.wrong())));
      if (causes) {
        for (Blame.Cause cause : Blame.Cause.values()) {
          long pixels = line.causes().getOrDefault(cause, 0L);
          row.add(Table.percent(share(pixels, line.wrong())));
          fields.add(Long.toString(pixels));
        }
      }
      if (rows.size() < LISTED) {
        rows.add(row);
      }
      lines.add(fields);
    }
    String lead =
        rows.size() < lines.size()
            ? String.format(
                Locale.ROOT, "The first %d of %d; pictures.csv has all.", rows.size(), lines.size())
            : "All pictures, the worst first.";
    return Section.of(
            "pictures",
            "Pictures",
            lead
                + " Agreement: of CompNN's composition with the network. Distance: the percentile"
                + " of the picture's median distance among those of training cells.")
        .with(new Table(columns, rows))
        .withCsv("pictures", new Table(csv, lines));
  }

  private static String number(OptionalDouble number, int decimals) {
    return number.isPresent() ? Table.number(number.getAsDouble(), decimals) : "-";
  }
}
