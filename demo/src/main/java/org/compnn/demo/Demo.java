package org.compnn.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.compnn.CompNN;
import org.compnn.database.IndexReport;
import org.compnn.explain.Options;
import org.compnn.files.WholeFile;
import org.compnn.generate.FacadeFolder;
import org.compnn.network.Layer;
import org.compnn.progress.Progress;

/** Runs the whole way once, on data and networks of our own. */
public final class Demo {
  private final DemoFolder folder;
  private final DemoSettings settings;
  private final Progress progress;
  private final Consumer<String> say;

  private Demo(DemoFolder folder, DemoSettings settings, Progress progress, Consumer<String> say) {
    this.folder = folder;
    this.settings = settings;
    this.progress = progress;
    this.say = say;
  }

  /**
   * Generates training buildings, indexes them in both directions, explains unseen ones, and writes
   * the page.
   *
   * @param out a new or empty folder, or one of an earlier demo
   * @param say hears one line for each step
   * @return the page
   * @throws org.compnn.problem.UserError if the folder holds other files
   */
  public static Path run(Path out, DemoSettings settings, Progress progress, Consumer<String> say)
      throws IOException {
    return new Demo(DemoFolder.begin(out), settings, progress, say).run();
  }

  private Path run() throws IOException {
    long begin = System.nanoTime();
    FacadeFolder.write(
        folder.data(),
        new FacadeFolder.Settings(
            settings.exemplars(),
            ShippedModel.SIZE,
            ShippedModel.TRAINING_SEED,
            org.compnn.generate.Direction.PHOTOS,
            false),
        progress);
    say(
        "generated",
        String.format(
            Locale.ROOT,
            "%d training buildings in four styles, %2$d x %2$d pixels, in %3$s",
            settings.exemplars(),
            ShippedModel.SIZE,
            since(begin)));
    List<Stage> stages = new ArrayList<>();
    DemoPage page = new DemoPage(settings);
    for (Direction direction : Direction.values()) {
      stages.add(stage(direction, page));
    }
    solve(page);
    WholeFile.write(folder.report(), page.html());
    say(
        "report",
        String.format(
            Locale.ROOT,
            "%s (%.1f MB), %s in total",
            folder.report(),
            Files.size(folder.report()) / 1e6,
            since(begin)));
    Path query = folder.query(Direction.PAINT, stages.getFirst().exhibits().getFirst().why());
    say(
        "next",
        String.format(
            Locale.ROOT,
            "%s explain %s %s --only style=timber --out why",
            // The launcher says how it was started.
            System.getProperty("compnn.called", "compnn"),
            word(folder.database(Direction.PAINT)),
            word(query)));
    return folder.report();
  }

  /** A file's name as a shell takes it. */
  private static String word(Path file) {
    String name = file.toString();
    return name.matches("[\\w./+:,=@%-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }

  /** A network that was taught wrongly, and what taught it. */
  private void solve(DemoPage page) throws IOException {
    long begin = System.nanoTime();
    Path model = ShippedModel.MISTAUGHT.unpack(folder.models());
    Case.generate(folder.mistakenData(), progress);
    Stage.index(Direction.LABEL, model, folder.mistakenData(), folder.mistakenDatabase(), progress);
    try (CompNN compnn = CompNN.open(folder.mistakenDatabase());
        CompNN right = CompNN.open(folder.database(Direction.LABEL))) {
      Optional<Case> found = Case.of(compnn, right, settings.seed());
      found.map(each -> CaseView.of(each, compnn)).ifPresent(page::add);
      say("case", found.map(each -> told(each, since(begin))).orElse("no window taken for a door"));
    }
  }

  private static String told(Case found, String time) {
    return String.format(
        Locale.ROOT,
        "%d pixels of windows taken for doors; %d after the labels of %d training buildings are"
            + " right, in %s",
        found.doors(found.network()),
        found.doors(found.corrected()),
        found.suspects().size(),
        time);
  }

  private Stage stage(Direction direction, DemoPage page) throws IOException {
    Path model = direction.model().unpack(folder.models());
    Path database = folder.database(direction);
    IndexReport indexed = Stage.index(direction, model, folder.data(), database, progress);
    try (CompNN compnn = CompNN.open(database)) {
      Layer layer = compnn.cells(Options.defaults()).layer();
      say(
          "indexed",
          String.format(
              Locale.ROOT,
              "%d pictures with %s, layer of %d x %d cells x %d channels, in %.1f s",
              indexed.exemplars(),
              direction.model().folder(),
              layer.rows(),
              layer.columns(),
              layer.channels(),
              indexed.total().toMillis() / 1e3));
      long begin = System.nanoTime();
      boolean paints = direction == Direction.PAINT;
      Stage stage =
          Stage.explain(
              direction,
              compnn,
              settings.seed(),
              paints ? settings.painted() : settings.labelled(),
              paints ? settings.swapped() : 0,
              progress);
      for (Exhibit exhibit : stage.exhibits()) {
        folder.writeQuery(direction, exhibit.why());
      }
      describe(stage, since(begin));
      page.add(stage, compnn);
      return stage;
    }
  }

  private void describe(Stage stage, String time) {
    List<Figures> figures = Figures.of(stage);
    int[] sources =
        IntStream.range(0, stage.exhibits().size())
            .map(i -> stage.exhibits().get(i).why().contributions().size())
            .sorted()
            .toArray();
    boolean paints = stage.direction() == Direction.PAINT;
    say(
        paints ? "painted" : "labelled",
        String.format(
            Locale.ROOT,
            "%d unseen %s, each pasted from %s training buildings, in %s",
            stage.exhibits().size(),
            paints ? "label maps" : "photos",
            sources[0] == sources[sources.length - 1]
                ? sources[0]
                : sources[0] + " to " + sources[sources.length - 1],
            time));
    say("agreement", "CompNN against " + agreement(figures.get(0)));
    say("baseline", "nearest training building against " + agreement(figures.get(2)));
  }

  private static String agreement(Figures f) {
    return Double.isNaN(f.accuracy())
        ? String.format(
            Locale.ROOT,
            "%s: mean difference %.1f of 255 levels, SSIM %.3f",
            f.reference(),
            f.levels(),
            f.ssim())
        : String.format(
            Locale.ROOT,
            "%s: same class on %.1f %% of the pixels",
            f.reference(),
            100 * f.accuracy());
  }

  private void say(String what, String line) {
    say.accept("%-11s%s".formatted(what, line));
  }

  private static String since(long begin) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) / 1e9);
  }
}
