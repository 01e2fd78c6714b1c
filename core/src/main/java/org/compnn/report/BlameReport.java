package org.compnn.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.compose.Mask;
import org.compnn.explain.Gallery;
import org.compnn.image.Palette;
import org.compnn.study.Blame;
import org.compnn.study.Weigh;

/** Draws blame: wrong pixels by cause, and the training pictures behind them. */
public final class BlameReport {
  private static final int SHOWN = 8;
  private static final int LISTED = 50;
  private static final int REGIONS = 8;
  private static final int OUTLINE = 0xE69F00;

  private BlameReport() {}

  /** Wrong pixels by cause. */
  public static Table causes(Blame blame) {
    List<List<String>> rows = new ArrayList<>();
    for (Blame.Cause cause : Blame.Cause.values()) {
      long pixels = blame.causes().getOrDefault(cause, 0L);
      rows.add(
          List.of(
              cause.name().toLowerCase(Locale.ROOT),
              Long.toString(pixels),
              Table.percent((double) pixels / blame.wrong())));
    }
    return new Table(List.of("cause", "wrong pixels", "share"), rows);
  }

  /**
   * The report.
   *
   * @param gallery the training pictures
   */
  public static Sheet sheet(Blame blame, Gallery gallery, Palette palette) {
    List<FigurePanel> panels = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<CulpritNumbers> culprits = new ArrayList<>();
    for (Blame.Culprit culprit : blame.culprits()) {
      List<Blame.Region> most =
          culprit.regions().subList(0, Math.min(REGIONS, culprit.regions().size()));
      culprits.add(CulpritNumbers.of(culprit, most));
      if (rows.size() < LISTED) {
        rows.add(
            List.of(
                culprit.id(),
                Table.number(culprit.pixels(), 1),
                Table.percent(culprit.pixels() / blame.wrong()),
                Table.percent(culprit.doubtful() / culprit.pixels()),
                Table.number(most.isEmpty() ? 0 : most.getFirst().pixels(), 1)));
      }
      if (panels.size() < 3 * SHOWN) {
        List<Overlay> drawn =
            most.stream().<Overlay>map(r -> new Overlay.Border(r.mask(), OUTLINE)).toList();
        String note = Table.number(culprit.pixels(), 0) + " wrong pixels";
        int exemplar = culprit.exemplar();
        panels.add(FigurePanel.of(gallery.input(exemplar), culprit.id(), note));
        panels.add(FigurePanel.of(gallery.target(exemplar), "Original label", "").with(drawn));
        panels.add(FigurePanel.of(gallery.prediction(exemplar), "Network", "").with(drawn));
      }
    }
    Section causes =
        Section.of(
                "causes",
                "Causes of wrong pixels",
                "Taught: most matches carry the same wrong label. Unlearned: the network gives the"
                    + " wrong label on most matches too, though taught otherwise. Novel: the best"
                    + " match is farther than for 99 % of training cells. Ambiguous: the matches"
                    + " disagree. Unexplained: most matches say something else.")
            .with(causes(blame))
            .withJson(totals(blame));
    Section ranked =
        Section.of(
            "blame",
            "Training pictures behind the wrong pixels",
            "Outlined: the regions that most wrong pixels trace back to. Doubtful: the share that"
                + " traces back to pixels where the network contradicts the original label, a label"
                + " error or something that it never learned. "
                + shared(blame.weigh()));
    if (!panels.isEmpty()) {
      ranked = ranked.with(new Figure(panels, 6, 200));
    }
    ranked =
        ranked
            .with(
                new Table(
                    List.of("picture", "wrong pixels", "share", "doubtful", "largest region"),
                    rows))
            .withCsv("blame", regions(blame))
            .withJson(culprits);
    String facts =
        String.format(
            Locale.ROOT,
            "%d pictures · %d of %d labelled pixels wrong (%s)",
            blame.pictures(),
            blame.wrong(),
            blame.labelled(),
            Table.percent((double) blame.wrong() / blame.labelled()));
    List<Section> sections = new ArrayList<>();
    sections.add(JudgedSections.worst(blame.judged(), palette, true));
    sections.add(causes);
    JudgedSections.confusions(blame.judged(), palette).ifPresent(sections::add);
    sections.add(ranked);
    sections.add(JudgedSections.pictures(blame.judged(), true));
    return new Sheet("Blame", facts, sections, palette);
  }

  private record CulpritNumbers(
      String id, double pixels, double doubtful, List<RegionNumbers> regions) {
    static CulpritNumbers of(Blame.Culprit culprit, List<Blame.Region> most) {
      return new CulpritNumbers(
          culprit.id(),
          culprit.pixels(),
          culprit.doubtful(),
          most.stream().map(RegionNumbers::of).toList());
    }
  }

  private record RegionNumbers(double pixels, int area, int top, int left, int bottom, int right) {
    static RegionNumbers of(Blame.Region region) {
      Mask.Box box = region.mask().bounds();
      return new RegionNumbers(
          region.pixels(), region.mask().count(), box.top(), box.left(), box.bottom(), box.right());
    }
  }

  /** The regions of all training pictures, those that account for most wrong pixels first. */
  private static Table regions(Blame blame) {
    record Found(String id, Blame.Region region) {}
    List<Found> found = new ArrayList<>();
    for (Blame.Culprit culprit : blame.culprits()) {
      culprit.regions().forEach(region -> found.add(new Found(culprit.id(), region)));
    }
    found.sort(Comparator.comparingDouble((Found f) -> f.region().pixels()).reversed());
    List<List<String>> rows = new ArrayList<>();
    for (Found each : found) {
      // What a fraction of a pixel leads to is noise, and there is very much of it.
      if (each.region().pixels() >= 1) {
        Mask.Box box = each.region().mask().bounds();
        rows.add(
            List.of(
                Integer.toString(rows.size() + 1),
                each.id(),
                Table.number(each.region().pixels(), 2),
                Integer.toString(each.region().mask().count()),
                Integer.toString(box.top()),
                Integer.toString(box.left()),
                Integer.toString(box.bottom()),
                Integer.toString(box.right())));
      }
    }
    return new Table(
        List.of("rank", "id", "wrong_pixels", "area", "top", "left", "bottom", "right"), rows);
  }

  /** How wrong pixels are shared. */
  private static String shared(Weigh weigh) {
    return switch (weigh) {
      case NONE ->
          "A pixel is shared alike among those of its matches that say what the network"
              + " wrongly says.";
      case LOSS ->
          "A pixel is shared among those of its matches that carry the wrong label, by how"
              + " little the network learned it there (weigh loss); alike where none does.";
    };
  }

  /** The pixels altogether, and the wrong ones by cause. */
  private static Map<String, Object> totals(Blame blame) {
    Map<String, Object> totals = new LinkedHashMap<>();
    totals.put("weigh", blame.weigh().name().toLowerCase(Locale.ROOT));
    totals.put("pictures", (long) blame.pictures());
    totals.put("labelled", blame.labelled());
    totals.put("wrong", blame.wrong());
    for (Blame.Cause cause : Blame.Cause.values()) {
      totals.put(cause.name().toLowerCase(Locale.ROOT), blame.causes().getOrDefault(cause, 0L));
    }
    return totals;
  }
}
