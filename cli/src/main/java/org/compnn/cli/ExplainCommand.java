package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.compnn.CompNN;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Run;
import org.compnn.files.FileNames;
import org.compnn.image.Picture;
import org.compnn.network.Frame;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.compnn.report.Chapter;
import org.compnn.report.GlobalReport;
import org.compnn.report.MetricsLayout;
import org.compnn.report.PipelineFigure;
import org.compnn.report.RemovalReport;
import org.compnn.report.Report;
import org.compnn.study.GlobalAnswers;
import org.compnn.study.RemovalCheck;
import org.compnn.viewer.AgreementTable;
import org.compnn.viewer.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Explains pictures. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Trace every pixel of the network's output to the training pixels that match it.",
      "Writes report.html, and for each picture output.png, network.png, reconstruction.png,"
          + " correspondences.png, field.npy, distance.npy and explanation.json."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn explain camvid.db street.png --out why",
      "  compnn explain camvid.db street.png --global --pixel 240,180 --top-k 5 \\",
      "    --out why",
      "  compnn explain camvid.db camvid/val --limit 8 --out why",
      "  compnn explain facades.db facades/val/3.jpg --direction BtoA --out why",
      "  compnn explain camvid.db street.png --labels original --hyperpatch 3 \\",
      "    --without 'day=night' --out why"
    })
final class ExplainCommand implements Callable<ExplainCommand.Found>, Explaining {
  @Mixin private Voice voice = new Voice();

  @Mixin private DatabaseArgument database;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description =
          "Pictures to explain; or data sets (a folder, a list file or a CSV file), whose targets"
              + " are shown as the right output.")
  private List<Path> pictures;

  @Mixin private OutArgument out;
  @Mixin private SampleArguments inputs;
  @Mixin private LimitArgument limit;
  @Mixin private DatasetArguments dataset;

  @Option(
      names = "--global",
      description = "Also show the one nearest training picture, by every indexed layer.")
  private boolean global;

  @Option(
      names = "--pixel",
      paramLabel = "X,Y",
      description =
          "Also show what this pixel sees and the training patches that match it. X and Y count"
              + " from 0 in the picture as given. Repeatable.")
  private List<String> pixels = List.of();

  @Option(
      names = "--verify-by-removal",
      paramLabel = "N",
      description =
          "Explain again without the N training pictures cited most, and without N random others,"
              + " and compare.")
  private int removed;

  private final SettingArguments settings = new SettingArguments(Options.defaults());

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Found call() throws IOException {
    if (removed < 0) {
      throw new UserError("--verify-by-removal: expected 0 or more, found " + removed);
    }
    try (CompNN compnn = database.open(voice, settings.options())) {
      List<Chapter> chapters = new ArrayList<>();
      List<Supplier<Query>> asked =
          AskedPictures.of(pictures, compnn, dataset, inputs, limit.pictures(), voice::note);
      compnn.<Explained>inTurn(
          asked.size(),
          settings.options(),
          number -> explained(compnn, asked.get(number).get()),
          explained -> {
            explained.lines().forEach(voice::line);
            timed(explained.chapter().why());
            chapters.add(explained.chapter());
          });
      Path report = Report.of(chapters).write(out.folder());
      voice.line(report);
      // People read the files themselves.
      return voice.isJson() ? found(report, chapters) : new Found(report.toString(), List.of());
    }
  }

  private void timed(Explanation why) {
    voice.detail(
        String.format(
            Locale.ROOT,
            "%s: network %.0f ms, search %.0f ms, pasting %.0f ms",
            why.name(),
            why.timings().network(),
            why.timings().search(),
            why.timings().compose()));
  }

  /** The files as {@link Report} names them, and what they hold. */
  private static Found found(Path report, List<Chapter> chapters) throws IOException {
    FileNames names = new FileNames("report.html");
    List<Explained.View> views = new ArrayList<>();
    for (Chapter chapter : chapters) {
      Path folder = report.resolveSibling(names.unique(chapter.why().name(), "picture"));
      views.add(
          new Explained.View(folder.toString(), Studied.read(folder.resolve("explanation.json"))));
    }
    return new Found(report.toString(), views);
  }

  /**
   * What {@code --json} prints.
   *
   * @param report the page to read
   * @param pictures in the order in which they were given
   */
  record Found(String report, List<Explained.View> pictures) {}

  /** What is printed of a picture, and what its report shows. */
  record Explained(List<String> lines, Chapter chapter) {
    /**
     * The same as JSON.
     *
     * @param folder its files
     * @param explanation what {@code explanation.json} holds
     */
    record View(String folder, JsonNode explanation) {}
  }

  private Explained explained(CompNN compnn, Query query) {
    pixels.forEach(text -> pixel(text, query.picture()));
    Run run = run(compnn, query);
    Explanation why = run.explain(settings.options());
    List<String> lines = lines(why);
    return new Explained(lines, further(compnn, query.picture(), run, why, lines));
  }

  /** Global answers look at every indexed layer, an explanation at one. */
  private Run run(CompNN compnn, Query query) {
    return global
        ? compnn.run(query)
        : compnn.run(query, List.of(compnn.cells(settings.options())));
  }

  private static List<String> lines(Explanation why) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: pasted from %d of %d training pictures, search %.1f s",
            why.name(),
            why.contributions().size(),
            why.settings().selected(),
            why.how().seconds()));
    String hint = Words.unchecked(why) ? Flags.hint(List.of(Knob.CHECK)) : "";
    Words.lines(why).forEach(line -> lines.add(line + hint));
    lines.add(MetricsLayout.text(AgreementTable.of(why)));
    return lines;
  }

  private Chapter further(
      CompNN compnn, Picture query, Run run, Explanation why, List<String> lines) {
    Chapter chapter = Chapter.of(why);
    if (global) {
      Options options = why.settings().options();
      chapter = chapter.with(GlobalReport.section(why, GlobalAnswers.of(compnn, run, options)));
    }
    if (!pixels.isEmpty()) {
      List<PipelineFigure.Pixel> chosen =
          pixels.stream().map(text -> seen(text, query, why)).toList();
      chapter = chapter.with(PipelineFigure.section(why, chosen));
    }
    if (removed > 0) {
      RemovalCheck check = RemovalCheck.of(compnn, run, why, removed);
      lines.add(RemovalReport.table(check).text());
      lines.add(RemovalReport.sentence(check));
      chapter = chapter.with(RemovalReport.section(check));
    }
    return chapter;
  }

  /** A pixel of the picture as given, at its place in the network's output. */
  private static PipelineFigure.Pixel seen(String text, Picture picture, Explanation why) {
    Frame.Pixel at =
        why.frame()
            .unit(pixel(text, picture), why.network().height(), why.network().width())
            .orElseThrow(
                () ->
                    new UserError(
                        "--pixel: expected a pixel that the network sees, found '%s', which lies where the picture is cut"
                            .formatted(text)));
    return new PipelineFigure.Pixel(at.row(), at.column());
  }

  private static Frame.Pixel pixel(String text, Picture picture) {
    String[] parts = text.split(",", -1);
    if (parts.length == 2) {
      try {
        int x = Integer.parseInt(parts[0].strip());
        int y = Integer.parseInt(parts[1].strip());
        if (x >= 0 && x < picture.width() && y >= 0 && y < picture.height()) {
          return new Frame.Pixel(y, x);
        }
      } catch (NumberFormatException e) {
        // Falls through to the one message.
      }
    }
    throw new UserError(
        "--pixel: expected x,y within %d x %d (width x height), found '%s'"
            .formatted(picture.width(), picture.height(), text));
  }

  static String stem(Path picture) {
    Path file = picture.getFileName();
    if (file == null) {
      throw new UserError(picture + ": expected a picture, found a folder");
    }
    String name = file.toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
