package org.compnn.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.compose.Contribution;
import org.compnn.compose.CorrespondenceMap;
import org.compnn.compose.Mask;
import org.compnn.compose.UsedRegions;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.search.Field;
import org.compnn.viewer.Words;

/**
 * The correspondence map, as in the paper's figure 11: the output coloured by the training picture
 * that each pixel came from, and the training pictures that give most with the regions used
 * outlined in the same colour.
 */
final class CorrespondenceFigure {
  /** Training pictures shown. */
  private static final int SHOWN = 8;

  private static final int COLUMNS = 4;

  private CorrespondenceFigure() {}

  static Section section(Explanation explanation) {
    List<Contribution> ranked = explanation.contributions();
    List<Contribution> shown = ranked.subList(0, Math.min(SHOWN, ranked.size()));
    double share = shown.stream().mapToDouble(Contribution::share).sum();
    String lead =
        String.format(
                Locale.ROOT,
                "Each pixel has the colour of the training picture it was pasted from. Below: the"
                    + " %d of %d",
                shown.size(),
                ranked.size())
            + " pictures that give most (%s of the cells), the regions used tinted in that colour."
                .formatted(Table.percent(share))
            + " All others are grey.";
    return Section.of("correspondences", "Correspondence map", lead)
        .with(Figure.of(panels(explanation, shown), COLUMNS));
  }

  private static List<FigurePanel> panels(Explanation explanation, List<Contribution> shown) {
    Gallery gallery = explanation.gallery();
    CorrespondenceMap colours = CorrespondenceMap.of(explanation.contributions());
    Raster network = explanation.network();
    Field field = explanation.field();
    List<FigurePanel> panels = new ArrayList<>();
    panels.add(FigurePanel.of(explanation.input(), "Input", explanation.name()));
    panels.add(FigurePanel.of(network, "Network", explanation.settings().network()));
    panels.add(
        FigurePanel.of(
            explanation.composition(), "CompNN", Words.pasted(explanation.settings().labels())));
    panels.add(
        FigurePanel.of(
            colours.draw(field, network.height(), network.width()),
            "Correspondences",
            "by training picture"));
    Map<PictureSize, Map<Integer, Mask>> regions = new HashMap<>();
    for (Contribution contribution : shown) {
      int exemplar = contribution.exemplar();
      // What a painting network was trained to paint says more than the label map it was given.
      Raster picture =
          network instanceof Picture ? gallery.target(exemplar) : gallery.input(exemplar);
      Map<Integer, Mask> used =
          regions.computeIfAbsent(
              new PictureSize(picture.height(), picture.width()),
              size ->
                  UsedRegions.of(
                      field, explanation.settings().layer(), size.height(), size.width()));
      int colour = colours.colour(exemplar);
      Mask mask = used.get(exemplar);
      panels.add(
          FigurePanel.of(
                  picture,
                  gallery.id(exemplar),
                  "%s of the cells".formatted(Table.percent(contribution.share())))
              .with(mask == null ? List.of() : List.of(new Overlay.Region(mask, colour)))
              .withKey(colour));
    }
    return panels;
  }
}
