package org.compnn.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.compnn.CompNN;
import org.compnn.compose.Mask;
import org.compnn.report.Figure;
import org.compnn.report.FigurePanel;
import org.compnn.report.Overlay;
import org.compnn.report.Section;
import org.compnn.report.Sheet;
import org.compnn.report.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes blame: wrong pixels by cause, and the training pictures behind them. */
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

  /** Writes the report; returns it. */
  public static Path write(Path out, CompNN compnn, Blame blame) {
    List<FigurePanel> panels = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    ArrayNode culprits = JsonNodeFactory.instance.arrayNode();
    for (Blame.Culprit culprit : blame.culprits()) {
      List<Blame.Region> most =
          culprit.regions().subList(0, Math.min(REGIONS, culprit.regions().size()));
      culprits.add(json(culprit, most));
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
        panels.add(FigurePanel.of(compnn.database().input(exemplar), culprit.id(), note));
        panels.add(
            FigurePanel.of(compnn.gallery().target(exemplar), "Original label", "").with(drawn));
        panels.add(
            FigurePanel.of(compnn.database().prediction(exemplar), "The network", "").with(drawn));
      }
    }
    Section causes =
        Section.of(
                "causes",
                "Why pixels are wrong",
                "taught: most matched training pixels carry the same wrong label; unlearned: the"
                    + " network gives it there too, though taught otherwise; novel: no training"
                    + " cell is as near as 99 % of training cells are to others; ambiguous: the"
                    + " matches disagree; unexplained: most say something else.")
            .with(causes(blame))
            .with(json(blame));
    Section ranked =
        Section.of(
            "blame",
            "Training pictures that account for most wrong pixels",
            "Outlined are the regions that most wrong pixels lead to. 'doubtful' is the share"
                + " that leads to training pixels whose original label the network does not give:"
                + " label errors, or what it never learned.");
    if (!panels.isEmpty()) {
      ranked = ranked.with(new Figure(panels, 6, 200));
    }
    ranked =
        ranked
            .with(
                new Table(
                    List.of("picture", "wrong pixels", "share", "doubtful", "of its first region"),
                    rows))
            .withCsv("blame", regions(blame))
            .with(culprits);
    String facts =
        "%d pictures · %d of %d labelled pixels wrong (%s)"
            .formatted(
                blame.pictures(),
                blame.wrong(),
                blame.labelled(),
                Table.percent((double) blame.wrong() / blame.labelled()));
    return new Sheet("Blame", facts, List.of(causes, ranked), compnn.palette()).write(out);
  }

  private static ObjectNode json(Blame.Culprit culprit, List<Blame.Region> regions) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", culprit.id())
            .put("pixels", culprit.pixels())
            .put("doubtful", culprit.doubtful());
    ArrayNode boxes = node.putArray("regions");
    for (Blame.Region region : regions) {
      Mask.Box box = region.mask().bounds();
      boxes
          .addObject()
          .put("pixels", region.pixels())
          .put("area", region.mask().count())
          .put("top", box.top())
          .put("left", box.left())
          .put("bottom", box.bottom())
          .put("right", box.right());
    }
    return node;
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

  private static ObjectNode json(Blame blame) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("pictures", blame.pictures()).put("labelled", blame.labelled());
    node.put("wrong", blame.wrong());
    for (Blame.Cause cause : Blame.Cause.values()) {
      node.put(cause.name().toLowerCase(Locale.ROOT), blame.causes().getOrDefault(cause, 0L));
    }
    return node;
  }
}
