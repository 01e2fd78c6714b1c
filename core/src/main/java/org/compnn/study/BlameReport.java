package org.compnn.study;

import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final int SHOWN = 9;
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
      List<Mask> largest =
          culprit.regions().subList(0, Math.min(REGIONS, culprit.regions().size()));
      String size = largest.isEmpty() ? "0" : Integer.toString(largest.getFirst().count());
      ObjectNode node =
          culprits
              .addObject()
              .put("id", culprit.id())
              .put("pixels", culprit.pixels())
              .put("doubtful", culprit.doubtful());
      ArrayNode boxes = node.putArray("regions");
      for (Mask region : largest) {
        Mask.Box box = region.bounds();
        boxes
            .addObject()
            .put("pixels", region.count())
            .put("top", box.top())
            .put("left", box.left())
            .put("bottom", box.bottom())
            .put("right", box.right());
      }
      if (rows.size() < LISTED) {
        rows.add(
            List.of(
                culprit.id(),
                Table.number(culprit.pixels(), 1),
                Table.percent(culprit.pixels() / blame.wrong()),
                Table.percent(culprit.doubtful() / culprit.pixels()),
                size));
      }
      if (panels.size() < 3 * SHOWN) {
        List<Overlay> drawn =
            largest.stream().<Overlay>map(mask -> new Overlay.Border(mask, OUTLINE)).toList();
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
            "Outlined are the largest regions that wrong pixels lead to. 'doubtful' is the share"
                + " that leads to training pixels whose original label the network does not give:"
                + " label errors, or what it never learned.");
    if (!panels.isEmpty()) {
      ranked = ranked.with(new Figure(panels, 6, 200));
    }
    ranked =
        ranked
            .with(
                new Table(
                    List.of("picture", "wrong pixels", "share", "doubtful", "largest region"),
                    rows))
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
