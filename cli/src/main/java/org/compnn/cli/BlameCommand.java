package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.explain.Options;
import org.compnn.report.BlameReport;
import org.compnn.study.Blame;
import org.compnn.study.Weigh;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Traces wrong pixels to the training set. */
@Command(
    name = "blame",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Find out why pixels are wrong, and which training pictures are behind them.",
      "Writes report.html with the worst pictures and the training pictures behind them,"
          + " pictures.csv, blame.csv (regions), figures as SVG, and numbers.json."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn blame camvid.db camvid/val --limit 20 --out blame")
final class BlameCommand implements Callable<Studied>, Explaining {
  @Mixin private Voice voice = new Voice();

  @Mixin private DatabaseArgument database;

  @Parameters(
      index = "1",
      paramLabel = "DATASET",
      description = "Data set: a folder, a list file or a CSV file.")
  private Path data;

  @Mixin private OutArgument out;
  @Mixin private LimitArgument limit;

  @Option(
      names = "--weigh",
      paramLabel = "HOW",
      defaultValue = "none",
      description =
          "How a wrong pixel is shared among its matches: none, alike among all that say what the"
              + " network wrongly says; loss, among those that carry the wrong label, by how little"
              + " the network learned it there. Default: ${DEFAULT-VALUE}.")
  private Weigh weigh = Weigh.NONE;

  @Mixin private DatasetArguments dataset;
  private final SettingArguments settings = new SettingArguments(Options.defaults().topK(5));

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Studied call() throws IOException {
    try (CompNN compnn = database.openQuietly(voice, settings.options())) {
      Dataset pairs = dataset.open(data, compnn);
      pairs.reading().notes().forEach(voice::note);
      Blame blame =
          Blame.of(compnn, pairs, settings.options(), weigh, limit.pictures(), voice.progress());
      voice.line(BlameReport.causes(blame).text());
      Path report =
          BlameReport.sheet(blame, compnn.gallery(), compnn.palette())
              .matched(compnn, settings.options())
              .write(out.folder());
      voice.line(report);
      return Studied.of(report);
    }
  }
}
