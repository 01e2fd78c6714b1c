package org.compnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.report.SeriesReport;
import org.compnn.study.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the composition at one layer after the other. */
@Command(
    name = "series",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Explain a picture at every indexed layer, from input to output, side by side.",
      "Writes report.html, series.svg, numbers.json and a picture for each layer."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn series camvid.db street.png --out layers")
final class SeriesCommand implements Callable<Studied>, Explaining {
  @Mixin private Voice voice = new Voice();

  @Mixin private DatabaseArgument database;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "Picture to explain.")
  private Path picture;

  @Mixin private OutArgument out;
  @Mixin private SampleArguments inputs;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "LAYER,...",
      hideParamSyntax = true,
      description = "Indexed layers to show. Default: all.")
  private List<String> layers = List.of();

  private final SettingArguments settings = new SettingArguments(Options.defaults(), Knobs.TOP_K);

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Studied call() throws IOException {
    try (CompNN compnn = database.open(voice, settings.options())) {
      Query query = AskedPictures.one(picture, compnn, inputs, voice::note);
      Series series = Series.of(compnn, query, layers, settings.options());
      voice.line(SeriesReport.table(series).text());
      Path report = SeriesReport.sheet(series).write(out.folder());
      voice.line(report);
      return Studied.of(report);
    }
  }
}
