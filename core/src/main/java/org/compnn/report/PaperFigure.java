package org.compnn.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.compnn.explain.Explanation;
import org.compnn.files.WholeFile;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.ValueMap;
import org.compnn.image.ValueScale;
import org.compnn.problem.UserError;

/**
 * A figure for a paper or a slide: chosen panels of explanations, pictures at their own resolution,
 * with captions, the classes' colours and bars of colours, as SVG or PDF of a given width.
 */
public final class PaperFigure {
  private static final double GAP = 2;
  private static final double CAPTION = 2.8;
  private static final double NOTE = 2.3;
  private static final double LEGEND = 2.5;
  private static final double LINE = 4.2;
  private static final double BAR = 2.6;

  private final Layout layout;
  private final Palette palette;
  private final List<List<PaperTile>> rows = new ArrayList<>();

  private PaperFigure(Layout layout, Palette palette) {
    this.layout = layout;
    this.palette = palette;
  }

  /**
   * How it is set.
   *
   * @param panels what is shown, from left to right
   * @param widthMm its width in millimetres, 20 to 1,000
   * @param columns panels a row; 0 for as many as one explanation has, six at the most
   * @param sources how many training pictures are marked, 1 to 20
   * @param captions whether panels have captions
   */
  public record Layout(
      List<PaperPanel> panels, double widthMm, int columns, int sources, boolean captions) {
    public Layout {
      panels = List.copyOf(panels);
      if (panels.isEmpty()
          || !(widthMm >= 20 && widthMm <= 1000)
          || columns < 0
          || sources < 1
          || sources > 20) {
        throw new IllegalArgumentException("expected panels, 20 to 1000 mm and 1 to 20 sources");
      }
    }
  }

  /**
   * An explanation to be shown.
   *
   * @param own the picture as it was given, where it is at hand
   */
  public record Shown(Explanation why, Optional<Picture> own) {}

  /**
   * A figure of explanations, a row or more each, values of all in one range.
   *
   * @throws UserError if none of the panels has anything to show
   */
  public static PaperFigure of(List<Shown> explanations, Layout layout) {
    List<Explanation> all = explanations.stream().map(Shown::why).toList();
    Optional<ValueScale> range = CommonRange.of(all);
    Palette palette = CommonRange.within(all.getFirst().palette(), all);
    PaperFigure figure = new PaperFigure(layout, palette);
    for (Shown shown : explanations) {
      Explanation why = range.map(shown.why()::showing).orElse(shown.why());
      PaperTiles tiles = new PaperTiles(why, shown.own(), layout.sources());
      List<PaperTile> made = new ArrayList<>();
      layout.panels().forEach(panel -> made.addAll(tiles.of(panel)));
      if (made.isEmpty()) {
        throw new UserError(
            why.name()
                + ": expected something to show in these panels, found none; the right output is"
                + " known of data sets alone");
      }
      figure.rows.add(made);
    }
    return figure;
  }

  /** The panels that one of the pictures has nothing to show in. */
  public static List<PaperPanel> empty(Explanation why, List<PaperPanel> panels) {
    return panels.stream()
        .filter(
            panel ->
                (why.truth().isEmpty() && (panel == PaperPanel.TRUTH || panel == PaperPanel.ERROR))
                    || (why.other().isEmpty() && panel == PaperPanel.OTHER))
        .toList();
  }

  /** As SVG. */
  public String svg() {
    return PlateSvg.of(plate());
  }

  /** As PDF. */
  public byte[] pdf() {
    return PlatePdf.of(plate());
  }

  /**
   * Writes it, as the file's name says: {@code .svg} or {@code .pdf}.
   *
   * @throws UserError if the name ends otherwise, or the file cannot be written
   */
  public void write(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".svg") && !name.endsWith(".pdf")) {
      throw new UserError(
          file + ": expected a name that ends in .svg or .pdf, found another; rename it");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      WholeFile.write(file, name.endsWith(".pdf") ? pdf() : svg().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be written (" + e + "); is the disk full or the folder read-only?", e);
    }
  }

  /** The resolution of the coarsest picture as printed, in pixels an inch. */
  public double leastResolution() {
    double panel = panelWidth();
    return rows.stream()
        .flatMap(List::stream)
        .mapToDouble(tile -> tile.raster().width() / panel * 25.4)
        .min()
        .orElse(0);
  }

  private int columns() {
    int most = rows.stream().mapToInt(List::size).max().orElse(1);
    return layout.columns() > 0 ? Math.min(layout.columns(), most) : Math.min(6, most);
  }

  private double panelWidth() {
    return (layout.widthMm() - GAP * (columns() - 1)) / columns();
  }

  private Plate plate() {
    List<Mark> marks = new ArrayList<>();
    double width = panelWidth();
    double y = 0;
    for (List<PaperTile> tiles : rows) {
      for (int from = 0; from < tiles.size(); from += columns()) {
        y = row(marks, tiles.subList(from, Math.min(tiles.size(), from + columns())), width, y);
      }
    }
    y = legend(marks, y);
    y = bars(marks, y);
    return new Plate(layout.widthMm(), Math.max(1, y - GAP / 2), marks);
  }

  private double row(List<Mark> marks, List<PaperTile> tiles, double width, double top) {
    double tallest = 0;
    boolean notes = tiles.stream().anyMatch(tile -> !tile.note().isEmpty());
    for (PaperTile tile : tiles) {
      tallest = Math.max(tallest, width * tile.shape());
    }
    for (int column = 0; column < tiles.size(); column++) {
      PaperTile tile = tiles.get(column);
      double x = column * (width + GAP);
      double height = width * tile.shape();
      Raster raster = tile.raster();
      boolean coarse = raster instanceof LabelMap || raster instanceof ValueMap;
      marks.add(new Mark.Image(x, top, width, height, palette.paint(raster), coarse));
      for (PaperTile.Marked marked : tile.regions()) {
        marks.add(
            new Mark.Region(
                x,
                top,
                width,
                height,
                marked.mask(),
                marked.colour(),
                marked.tint(),
                marked.outlined() ? 0.25 : 0));
      }
      if (layout.captions()) {
        caption(marks, tile, x, top + tallest, width);
      }
    }
    double below = layout.captions() ? CAPTION + 1.2 + (notes ? NOTE + 0.8 : 0) : 0;
    return top + tallest + below + GAP;
  }

  private static void caption(
      List<Mark> marks, PaperTile tile, double x, double bottom, double width) {
    double line = bottom + CAPTION + 0.4;
    double left = x;
    if (tile.key() >= 0) {
      marks.add(new Mark.Swatch(x, line - 2.1, 2.1, 2.1, tile.key()));
      left += 3;
    }
    marks.add(text(left, line, CAPTION, true, tile.caption(), width - (left - x)));
    if (!tile.note().isEmpty()) {
      marks.add(text(x, line + NOTE + 0.8, NOTE, false, tile.note(), width));
    }
  }

  private static Mark text(
      double x, double y, double size, boolean strong, String text, double room) {
    return new Mark.Text(x, y, size, strong, 0, Helvetica.fitted(text, size, strong, room));
  }

  /** The colours of the classes that are there. */
  private double legend(List<Mark> marks, double top) {
    boolean[] seen = new boolean[256];
    for (List<PaperTile> tiles : rows) {
      for (PaperTile tile : tiles) {
        if (tile.raster() instanceof LabelMap labels) {
          for (byte label : labels.classes()) {
            seen[label & 0xff] = true;
          }
        }
      }
    }
    double x = 0;
    double y = top;
    boolean any = false;
    for (int label = 0; label < seen.length; label++) {
      if (seen[label]) {
        String name = palette.name(label);
        double room = 3.4 + Helvetica.width(name, LEGEND, false) + 3;
        if (x > 0 && x + room - 3 > layout.widthMm()) {
          x = 0;
          y += LINE;
        }
        marks.add(new Mark.Swatch(x, y, 2.4, 2.4, palette.colour(label)));
        marks.add(new Mark.Text(x + 3.4, y + 2.1, LEGEND, false, 0, name));
        x += room;
        any = true;
      }
    }
    return any ? y + LINE : top;
  }

  /** A bar of colours for each kind of values. */
  private double bars(List<Mark> marks, double top) {
    Map<String, ValueScale> scales = new LinkedHashMap<>();
    for (List<PaperTile> tiles : rows) {
      for (PaperTile tile : tiles) {
        tile.scale().ifPresent(scale -> scales.merge(scale.name(), scale.range(), ValueScale::and));
      }
    }
    double y = top;
    for (Map.Entry<String, ValueScale> scale : scales.entrySet()) {
      double width = Math.min(60, layout.widthMm() * 0.6);
      double left = 22;
      marks.add(text(0, y + 2.2, LEGEND, false, scale.getKey(), left - 2));
      marks.add(new Mark.Image(left, y, width, BAR, ramp(), false));
      ValueScale range = scale.getValue();
      for (int tick = 0; tick <= 2; tick++) {
        double value = range.low() + (range.high() - range.low()) * tick / 2.0;
        marks.add(
            new Mark.Text(
                left + width * tick / 2,
                y + BAR + NOTE + 0.6,
                NOTE,
                false,
                tick / 2.0,
                Table.digits(value)));
      }
      y += BAR + NOTE + 2.4;
    }
    return y;
  }

  private static Picture ramp() {
    int steps = 256;
    byte[] rgb = new byte[steps * 3];
    for (int i = 0; i < steps; i++) {
      int colour = ValueScale.along((float) i / (steps - 1));
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return new Picture(1, steps, rgb);
  }
}
