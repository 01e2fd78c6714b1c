package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;
import org.compnn.study.PlantedErrors;
import org.compnn.study.Suspects;
import org.compnn.study.SuspectsReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for label errors in the training set. */
@Command(
    name = "suspects",
    mixinStandardHelpOptions = true,
    description = {
      "Ranks training pictures by suspected label errors: each is matched against all the others",
      "(see --exclude-neighbours). Writes report.html, suspects.csv, suspects.svg, numbers.json."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn suspects camvid.db --exclude-neighbours 5 --out suspects",
      "  compnn suspects camvid.db --exclude-neighbours 5 --plant 20 --out measured"
    })
final class SuspectsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DB",
      description = "A database, as 'compnn index' wrote it.")
  private Path folder;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the report goes.")
  private Path out;

  @Option(
      names = "--top-k",
      defaultValue = "5",
      paramLabel = "K",
      description = "Matches of a cell that vote. Default: ${DEFAULT-VALUE}.")
  private int topK;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many pictures, spread evenly over the database.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--plant",
      paramLabel = "N",
      description =
          "Gives a region of N pictures another class first (in memory alone), and prints how many"
              + " of these are found, by this ranking and by the softmin of the network's"
              + " probabilities.")
  private int plant;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "For --plant. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--repeats",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "For --plant: plants N times, with SEED and the seeds after it, and prints what is found"
              + " of each; the pictures are matched once. The report shows the first. Default:"
              + " ${DEFAULT-VALUE}.")
  private int repeats;

  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() {
    if (limit < 1 || plant < 0 || repeats < 1) {
      throw new UserError("--limit and --repeats: expected 1 or more; --plant: 0 or more");
    }
    PrintWriter print = spec.commandLine().getOut();
    try (CompNN compnn = CompNN.open(folder)) {
      IntFunction<Raster> targets = compnn.source(Labels.ORIGINAL);
      int classes = Math.max(2, compnn.palette().size());
      List<PlantedErrors> planted =
          LongStream.range(seed, seed + (plant > 0 ? repeats : 1))
              .mapToObj(s -> PlantedErrors.in(compnn.database(), plant, classes, s))
              .toList();
      List<IntFunction<Raster>> labels = planted.stream().map(p -> p.over(targets)).toList();
      List<Suspects> suspects =
          Suspects.of(
              compnn,
              labels,
              arguments.options(topK),
              arguments.neighbours(),
              limit,
              TerminalProgress.onTerminal());
      if (plant > 0) {
        print.println(SuspectsReport.found(suspects, planted).text());
      }
      print.println(SuspectsReport.write(out, compnn, suspects.getFirst(), labels.getFirst()));
    }
    print.flush();
    return 0;
  }
}
