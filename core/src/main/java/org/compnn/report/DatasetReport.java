package org.compnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.dataset.Survey;
import org.compnn.image.HexColour;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.measure.EvenSample;
import org.compnn.problem.UserError;

/** Draws what a data set holds: twelve samples, and the shares of its classes. */
public final class DatasetReport {
  private static final int SAMPLES = 12;
  private static final int WIDTH = 220;

  /** Some more than the width that they are shown in, for fine screens. */
  private static final int PIXELS = 320;

  private static final double TINT = 0.6;
  private static final int HATCH = 10;

  private DatasetReport() {}

  /**
   * The report.
   *
   * @param survey what was counted
   * @param palette the classes' colours
   */
  public static Sheet sheet(Dataset dataset, Survey survey, Palette palette) {
    List<FigurePanel> panels = new ArrayList<>();
    EvenSample.of(dataset.pairs(), SAMPLES).forEach(pair -> panels.addAll(sample(pair, palette)));
    Section section =
        Section.of(
            "samples",
            "Samples",
            "Inputs and their targets, evenly spread over the data set. Classes are tinted; what"
                + " is unlabelled is hatched.");
    if (!panels.isEmpty()) {
      int columns = panels.size() > 1 && !panels.get(1).caption().equals("target") ? 4 : 6;
      Figure figure = new Figure(panels, columns, WIDTH);
      section = section.with(figure.withLegend(legend(survey, palette)));
    }
    section = section.withJson(survey);
    if (!survey.classes().isEmpty()) {
      section = section.with(classes(survey)).withCsv("classes", classes(survey));
    }
    String facts =
        String.format(
            Locale.ROOT, "%d pairs, %d of them read", dataset.pairs().size(), survey.read());
    return new Sheet(dataset.name(), facts, List.of(section), palette);
  }

  /** The classes with their shares of all pixels. */
  public static Table classes(Survey survey) {
    return new Table(
        List.of("class", "index", "share", "pictures"),
        survey.classes().stream()
            .map(
                c ->
                    List.of(
                        c.name(),
                        Integer.toString(c.index()),
                        percent(c.share()),
                        Integer.toString(c.pictures())))
            .toList());
  }

  /** The colours of targets with their shares of all pixels. */
  public static Table colours(Survey survey) {
    return new Table(
        List.of("colour", "share", "pictures"),
        survey.colours().stream()
            .map(
                c ->
                    List.of(
                        HexColour.of(c.rgb()), percent(c.share()), Integer.toString(c.pictures())))
            .toList());
  }

  private static String percent(double share) {
    return share > 0 && share < 0.0005 ? "< 0.1 %" : Table.number(100 * share, 1) + " %";
  }

  private static List<LegendEntry> legend(Survey survey, Palette palette) {
    return survey.classes().stream()
        .filter(c -> c.index() != LabelMap.UNLABELLED && c.pictures() > 0)
        .map(c -> new LegendEntry(palette.colour(c.index()), c.name()))
        .toList();
  }

  private static List<FigurePanel> sample(Pair pair, Palette palette) {
    Pair.Content content;
    try {
      content = pair.read();
    } catch (UserError e) {
      // The survey names it.
      return List.of();
    }
    Picture input = content.input();
    int width = Math.min(PIXELS, input.width());
    int height = Math.max(1, (int) ((long) input.height() * width / input.width()));
    Picture small = Resize.picture(input, height, width, Resample.BICUBIC);
    String tags = String.join(", ", pair.tags());
    List<FigurePanel> panels = new ArrayList<>();
    panels.add(FigurePanel.of(small, pair.id(), tags));
    Optional<Raster> target = content.target();
    target.ifPresent(
        raster -> panels.add(FigurePanel.of(shown(raster, small, palette), "target", "")));
    return panels;
  }

  private static Raster shown(Raster target, Picture input, Palette palette) {
    if (target instanceof LabelMap labels) {
      return tinted(input, Resize.labels(labels, input.height(), input.width()), palette);
    }
    if (target instanceof Picture picture) {
      int width = Math.min(PIXELS, picture.width());
      int height = Math.max(1, (int) ((long) picture.height() * width / picture.width()));
      return Resize.picture(picture, height, width, Resample.BICUBIC);
    }
    return target;
  }

  private static Picture tinted(Picture input, LabelMap labels, Palette palette) {
    byte[] rgb = new byte[input.rgb().length];
    for (int i = 0; i < labels.classes().length; i++) {
      int label = labels.classes()[i] & 0xff;
      boolean line = (i / labels.width() + i % labels.width()) % HATCH < 2;
      int grey = 0;
      for (int c = 0; c < 3; c++) {
        grey += input.rgb()[3 * i + c] & 0xff;
      }
      for (int c = 0; c < 3; c++) {
        int colour =
            label == LabelMap.UNLABELLED
                ? line ? 0xff : 0x30
                : palette.colour(label) >> (16 - 8 * c) & 0xff;
        rgb[3 * i + c] = (byte) Math.round(TINT * colour + (1 - TINT) * grey / 3);
      }
    }
    return new Picture(input.height(), input.width(), rgb);
  }
}
