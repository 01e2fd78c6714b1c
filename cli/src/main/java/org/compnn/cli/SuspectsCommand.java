package org.compnn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.explain.Options;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;
import org.compnn.report.SuspectsReport;
import org.compnn.study.PlantedErrors;
import org.compnn.study.Suspects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for label errors in the training set. */
@Command(
    name = "suspects",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Find training labels that are probably wrong, the most suspect first.",
      "Matches each training picture against all others; --exclude-neighbours leaves out frames of"
          + " the same video. Writes report.html, suspects.csv, suspects.svg and numbers.json."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn suspects camvid.db --exclude-neighbours 5 --out suspects",
      "  compnn suspects camvid.db --exclude-neighbours 5 --plant 20 --out measured"
    })
final class SuspectsCommand implements Callable<Integer>, Explaining {
  @Spec private CommandSpec spec;

  @Mixin private DatabaseArgument database;

  @Mixin private OutArgument out;
  @Mixin private LimitArgument limit;

  @Option(
      names = "--plant",
      paramLabel = "N",
      description =
          "Test the ranking: mislabel a region of N pictures (in memory only) and print how many"
              + " are found, by this ranking and by the softmin of the network's probabilities.")
  private int plant;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "Seed for --plant. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--repeats",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Times to --plant, with SEED and the seeds after it; pictures are matched only once. The"
              + " report shows the first. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Mixin private ExportArgument export;

  private final SettingArguments settings = new SettingArguments(Options.defaults().topK(5));

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    if (plant < 0) {
      throw new UserError("--plant: expected 0 or more, found " + plant);
    }
    if (repeats < 1) {
      throw new UserError("--repeats: expected 1 or more, found " + repeats);
    }
    PrintWriter print = spec.commandLine().getOut();
    try (CompNN compnn = database.openQuietly()) {
      IntFunction<Raster> targets = compnn.source(Labels.ORIGINAL);
      int classes = Math.max(2, compnn.palette().size());
      List<PlantedErrors> planted =
          LongStream.range(seed, seed + (plant > 0 ? repeats : 1))
              .mapToObj(s -> PlantedErrors.in(compnn.database(), plant, classes, s))
              .toList();
      List<IntFunction<Raster>> labels = planted.stream().map(p -> p.over(targets)).toList();
      List<Suspects> suspects =
          Suspects.of(
              compnn, labels, settings.options(), limit.pictures(), TerminalProgress.onTerminal());
      if (plant > 0) {
        print.println(SuspectsReport.found(suspects, planted).text());
      }
      export.suspects(compnn, suspects.getFirst(), out.folder()).ifPresent(print::println);
      print.println(
          SuspectsReport.sheet(
                  database.folder().getFileName().toString(),
                  suspects.getFirst(),
                  labels.getFirst(),
                  compnn.gallery(),
                  compnn.palette())
              .write(out.folder()));
    }
    print.flush();
    return 0;
  }
}
