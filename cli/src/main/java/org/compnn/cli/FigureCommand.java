package org.compnn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.compnn.CompNN;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.problem.UserError;
import org.compnn.report.PaperFigure;
import org.compnn.report.PaperPanel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a figure for a paper. */
@Command(
    name = "figure",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Set a figure for a paper or a slide: chosen panels of one or more pictures, as SVG or PDF of"
          + " a given width.",
      "Pictures keep their own resolution; captions, colours of classes and bars of values are"
          + " vectors and text."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn figure camvid.db street.png --out figure.pdf",
      "  compnn figure camvid.db camvid/val --limit 3 --width-mm 180 \\",
      "    --panels input,truth,network,output --out figure.svg",
      "  compnn figure camvid.db street.png --panels input,correspondences,sources \\",
      "    --sources 4 --columns 3 --out figure11.pdf"
    })
final class FigureCommand implements Callable<FigureCommand.Found>, Explaining {
  private static final double PRINT = 150;

  @Mixin private Voice voice = new Voice();

  @Mixin private DatabaseArgument database;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description =
          "Pictures, a row or more each; or data sets (a folder, a list file or a CSV file), whose"
              + " targets are the right output.")
  private List<Path> pictures;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The figure: FILE.svg or FILE.pdf.")
  private Path file;

  @Option(
      names = "--panels",
      split = ",",
      defaultValue = "input,network,output,correspondences,sources",
      hideParamSyntax = true,
      paramLabel = "PANEL,...",
      description =
          "What is shown, in this order: input, network, truth, output (the composition), other"
              + " (of the labels not chosen), reconstruction, difference (network and output),"
              + " error (network and truth), distance, correspondences, sources (training pictures"
              + " with what was used of them). Default: ${DEFAULT-VALUE}.")
  private List<String> panels;

  @Option(
      names = "--width-mm",
      defaultValue = "180",
      paramLabel = "MM",
      description = "Width in millimetres, 20 to 1000. Default: ${DEFAULT-VALUE}.")
  private double width;

  @Option(
      names = "--columns",
      defaultValue = "0",
      paramLabel = "N",
      description = "Panels a row. Default: those of a picture, at most 6.")
  private int columns;

  @Option(
      names = "--sources",
      defaultValue = "4",
      paramLabel = "N",
      description = "Training pictures that are marked, 1 to 20. Default: ${DEFAULT-VALUE}.")
  private int sources;

  @Option(names = "--no-captions", description = "Leave captions to the paper.")
  private boolean bare;

  @Mixin private SampleArguments inputs;
  @Mixin private LimitArgument limit;
  @Mixin private DatasetArguments dataset;

  private final SettingArguments settings = new SettingArguments(Options.defaults(), Knobs.TOP_K);

  /**
   * What {@code --json} prints.
   *
   * @param file the figure
   * @param pictures how many it shows
   * @param panels what it shows of them
   * @param leastResolution of its coarsest panel, in pixels an inch
   */
  record Found(String file, int pictures, List<String> panels, double leastResolution) {}

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Found call() {
    PaperFigure.Layout layout = layout();
    try (CompNN compnn = database.open(voice, settings.options())) {
      List<PaperFigure.Shown> shown = new ArrayList<>();
      Set<PaperPanel> empty = new LinkedHashSet<>();
      for (Supplier<Query> asked :
          AskedPictures.of(pictures, compnn, dataset, inputs, limit.pictures(), voice::note)) {
        Query query = asked.get();
        PaperFigure.Shown one =
            new PaperFigure.Shown(
                compnn
                    .run(query, List.of(compnn.cells(settings.options())))
                    .explain(settings.options()),
                Optional.of(query.picture()));
        empty.addAll(PaperFigure.empty(one.why(), layout.panels()));
        shown.add(one);
      }
      empty.forEach(panel -> voice.note("Left out where it is not known: " + panel.word()));
      PaperFigure figure = PaperFigure.of(shown, layout);
      figure.write(file);
      if (figure.leastResolution() < PRINT) {
        voice.note(
            String.format(
                Locale.ROOT,
                "The coarsest panel has %.0f pixels an inch, which is what there is; a smaller"
                    + " --width-mm or fewer --columns change that",
                figure.leastResolution()));
      }
      voice.line(file);
      return new Found(
          file.toString(),
          shown.size(),
          layout.panels().stream()
              .filter(panel -> !empty.contains(panel))
              .map(PaperPanel::word)
              .toList(),
          figure.leastResolution());
    }
  }

  private PaperFigure.Layout layout() {
    List<PaperPanel> chosen =
        panels.stream()
            .map(
                word ->
                    PaperPanel.of(word)
                        .orElseThrow(
                            () ->
                                new UserError(
                                    "--panels: expected %s, found '%s'"
                                        .formatted(PaperPanel.words(), word))))
            .toList();
    if (!(width >= 20 && width <= 1000)) {
      throw new UserError("--width-mm: expected 20 to 1000, found " + width);
    }
    if (columns < 0) {
      throw new UserError("--columns: expected 1 or more, found " + columns);
    }
    if (sources < 1 || sources > 20) {
      throw new UserError("--sources: expected 1 to 20, found " + sources);
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".svg") && !name.endsWith(".pdf")) {
      throw new UserError(
          "--out: expected a file that ends in .svg or .pdf, found '%s'".formatted(file));
    }
    return new PaperFigure.Layout(chosen, width, columns, sources, !bare);
  }
}
