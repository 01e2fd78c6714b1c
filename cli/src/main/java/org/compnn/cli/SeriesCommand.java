package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.study.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the composition at one layer after the other. */
@Command(
    name = "series",
    mixinStandardHelpOptions = true,
    description = {
      "Explains a picture by every indexed layer, from input to output, side by side.",
      "Writes report.html, series.svg, numbers.json and a picture for each layer."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn series camvid.db street.png --out layers")
final class SeriesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DB",
      description = "A database, as 'compnn index' wrote it.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture to explain.")
  private Path picture;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the report goes.")
  private Path out;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "LAYER",
      description = "Indexed layers to show; all by default.")
  private List<String> layers = List.of();

  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    String id = ExplainCommand.stem(picture);
    Picture query = PictureFile.read(picture);
    try (CompNN compnn = CompNN.open(folder, TerminalProgress.onTerminal())) {
      Series series = Series.of(compnn, id, query, layers, arguments.options(1, id));
      print.println(series.table().text());
      print.println(series.sheet().write(out));
    }
    print.flush();
    return 0;
  }
}
