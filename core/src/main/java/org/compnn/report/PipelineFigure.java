package org.compnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.compnn.compose.Traced;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.image.HexColour;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.network.geometry.Geometry;
import org.compnn.search.Field;
import org.compnn.viewer.Words;

/**
 * The pipeline made visible, as in the paper's figure 2: chosen pixels of the query with the pixels
 * that their embedding sees, and the training patches that were found for them.
 */
public final class PipelineFigure {
  private static final int[] COLOURS = {0xF0E442, 0xFFFFFF, 0xE69F00, 0x56B4E9, 0xCC79A7, 0x009E73};

  /** Pixels around a training patch that are shown, at least. */
  private static final int SURROUNDINGS = 64;

  private final Explanation explanation;
  private final Gallery gallery;

  private PipelineFigure(Explanation explanation) {
    this.explanation = explanation;
    this.gallery = explanation.gallery();
  }

  /** A chosen pixel of the network's output. */
  public record Pixel(int row, int column) {}

  private record ChosenPixel(int row, int column, String network, List<Match> matches) {}

  private record Match(
      String id, int exemplar, int row, int column, float distance, String original, String self) {}

  /** A side of a box in pixels, from and to. */
  private record Span(double from, double to) {}

  /**
   * The section for some pixels.
   *
   * @param pixels pixels of the output, at least one
   */
  public static Section section(Explanation explanation, List<Pixel> pixels) {
    PipelineFigure figure = new PipelineFigure(explanation);
    List<Figure> figures = new ArrayList<>();
    List<ChosenPixel> json = new ArrayList<>();
    figures.add(figure.query(pixels));
    for (int i = 0; i < pixels.size(); i++) {
      figures.add(figure.matches(pixels.get(i), COLOURS[i % COLOURS.length], json));
    }
    return Section.of(
            "pipeline",
            "Views and matches of single pixels",
            "Solid box: the hyperpatch that is compared (local context). Dashed box: its receptive"
                + " field (global context). Below, for each pixel: the nearest training cells with"
                + " their surroundings and labels.")
        .with(figures)
        .withJson(json);
  }

  private Figure query(List<Pixel> pixels) {
    List<Overlay> overlays = new ArrayList<>();
    for (int i = 0; i < pixels.size(); i++) {
      Pixel pixel = pixels.get(i);
      int colour = COLOURS[i % COLOURS.length];
      int cell = traced().cell(pixel.row() * explanation.network().width() + pixel.column());
      int row = cell / explanation.field().columns();
      int column = cell % explanation.field().columns();
      overlays.add(box(row, column, true, colour));
      overlays.add(box(row, column, false, colour));
      overlays.add(
          new Overlay.Dot(
              (pixel.row() + 0.5) * explanation.input().height() / explanation.network().height(),
              (pixel.column() + 0.5) * explanation.input().width() / explanation.network().width(),
              colour));
    }
    return new Figure(
        List.of(
            FigurePanel.of(explanation.input(), "Query", explanation.name()).with(overlays),
            FigurePanel.of(explanation.network(), "Network", ""),
            FigurePanel.of(
                explanation.composition(),
                "CompNN",
                Words.pasted(explanation.settings().labels()))),
        3,
        340);
  }

  private Traced traced() {
    return new Traced(
        explanation.field(),
        explanation.settings().layer(),
        explanation.network().height(),
        explanation.network().width());
  }

  /** What a cell's hyperpatch covers, or sees, in pixels of the input. */
  private Overlay.Box box(int row, int column, boolean seen, int colour) {
    Span down = span(explanation.settings().layer().vertical(), row, seen);
    Span across = span(explanation.settings().layer().horizontal(), column, seen);
    // Half a line inside, so that a box as large as the picture can be seen.
    double height = explanation.input().height() - 1.0;
    double width = explanation.input().width() - 1.0;
    return new Overlay.Box(
        Math.clamp(down.from(), 1, height),
        Math.clamp(across.from(), 1, width),
        Math.clamp(down.to(), 1, height),
        Math.clamp(across.to(), 1, width),
        colour,
        seen);
  }

  private Span span(Geometry axis, int cell, boolean seen) {
    int p = explanation.settings().hyperpatch();
    int first = cell - (p - 1) / 2;
    double before = seen ? axis.before() : axis.stride() / 2;
    double after = seen ? axis.after() : axis.stride() / 2;
    return new Span(
        axis.origin() + first * axis.stride() - before,
        axis.origin() + (first + p - 1) * axis.stride() + after);
  }

  private Figure matches(Pixel pixel, int colour, List<ChosenPixel> json) {
    Field field = explanation.field();
    Traced traced = traced();
    int width = explanation.network().width();
    int at = pixel.row() * width + pixel.column();
    int cell = traced.cell(at);
    List<Match> matches = new ArrayList<>();
    List<FigurePanel> inputs = new ArrayList<>();
    List<FigurePanel> originals = new ArrayList<>();
    List<FigurePanel> own = new ArrayList<>();
    Geometry down = explanation.settings().layer().vertical();
    Geometry across = explanation.settings().layer().horizontal();
    for (int k = 0; k < field.topK(); k++) {
      int match = cell * field.topK() + k;
      int exemplar = field.exemplar()[match];
      if (exemplar < 0) {
        continue;
      }
      int row = field.row()[match];
      int column = field.column()[match];
      int source = traced.source(at, k);
      Raster target = gallery.target(exemplar);
      Raster prediction = gallery.prediction(exemplar);
      Overlay.Box box =
          new Overlay.Box(
              span(down, row, false).from(),
              span(across, column, false).from(),
              span(down, row, false).to(),
              span(across, column, false).to(),
              colour,
              false);
      String distance = "distance " + shortNumber(field.distance()[match]);
      inputs.add(around(gallery.input(exemplar), box, gallery.id(exemplar), distance));
      originals.add(around(target, box, "Original label", name(target, source)));
      own.add(around(prediction, box, "Network's prediction", name(prediction, source)));
      matches.add(
          new Match(
              gallery.id(exemplar),
              exemplar,
              row,
              column,
              field.distance()[match],
              name(target, source),
              name(prediction, source)));
    }
    json.add(
        new ChosenPixel(pixel.row(), pixel.column(), name(explanation.network(), at), matches));
    List<FigurePanel> panels = new ArrayList<>();
    String place = String.format(Locale.ROOT, "Row %d, column %d", pixel.row(), pixel.column());
    Overlay.Box here = box(cell / field.columns(), cell % field.columns(), false, colour);
    panels.add(around(explanation.input(), here, place, "query").withKey(colour));
    panels.addAll(inputs);
    panels.add(around(explanation.network(), here, "Network", name(explanation.network(), at)));
    panels.addAll(originals);
    panels.add(
        around(explanation.composition(), here, "CompNN", name(explanation.composition(), at)));
    panels.addAll(own);
    return new Figure(panels, inputs.size() + 1, 132);
  }

  /** A square around a box that is given in pixels of the input. */
  private FigurePanel around(Raster raster, Overlay.Box box, String caption, String note) {
    double scaleDown = (double) raster.height() / explanation.input().height();
    double scaleAcross = (double) raster.width() / explanation.input().width();
    double top = box.top() * scaleDown;
    double left = box.left() * scaleAcross;
    double bottom = box.bottom() * scaleDown;
    double right = box.right() * scaleAcross;
    int side =
        (int)
            Math.min(
                Math.max(SURROUNDINGS, 2 * Math.max(bottom - top, right - left)),
                Math.min(raster.height(), raster.width()));
    int y = Math.clamp(Math.round((top + bottom - side) / 2), 0, raster.height() - side);
    int x = Math.clamp(Math.round((left + right - side) / 2), 0, raster.width() - side);
    Overlay drawn = new Overlay.Box(top - y, left - x, bottom - y, right - x, box.colour(), false);
    return FigurePanel.of(Crop.of(raster, y, x, side, side), caption, note).with(List.of(drawn));
  }

  /** What a pixel says: the class's name or the colour. */
  private String name(Raster raster, int pixel) {
    return switch (raster) {
      case LabelMap labels -> explanation.palette().name(labels.classes()[pixel] & 0xff);
      case Picture picture ->
          HexColour.of(picture.pixel(pixel / picture.width(), pixel % picture.width()));
      case ValueMap values ->
          values.known(pixel)
              ? IntStream.range(0, values.channels())
                  .mapToObj(c -> Table.digits(values.values()[pixel * values.channels() + c]))
                  .collect(Collectors.joining(", "))
              : "no value";
    };
  }

  private static String shortNumber(float distance) {
    return distance >= 100 ? Table.number(distance, 0) : Table.number(distance, 2);
  }
}
