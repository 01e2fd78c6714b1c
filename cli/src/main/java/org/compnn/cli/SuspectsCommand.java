package org.compnn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.compnn.CompNN;
import org.compnn.compose.Labels;
import org.compnn.explain.Options;
import org.compnn.image.Raster;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.report.SuspectsReport;
import org.compnn.report.Table;
import org.compnn.study.IssueRankings;
import org.compnn.study.PlantedErrors;
import org.compnn.study.Suspects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

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
final class SuspectsCommand implements Callable<SuspectsCommand.Found>, Explaining {
  @Mixin private Voice voice = new Voice();

  @Mixin private DatabaseArgument database;

  @Mixin private OutArgument out;
  @Mixin private LimitArgument limit;

  @Option(
      names = "--plant",
      paramLabel = "N",
      description =
          "Test the ranking: mislabel a region of N pictures (in memory only) and print how many"
              + " are found, by this ranking and by two of the network's probabilities alone, their"
              + " softmin and pixel issues.")
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

  /**
   * What {@code --json} prints.
   *
   * @param report the page to read
   * @param numbers what {@code numbers.json} holds
   * @param exported what other programs import
   * @param planted how many planted errors were found
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Found(
      String report, JsonNode numbers, Optional<String> exported, Optional<Table> planted) {}

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Found call() throws IOException {
    if (plant < 0) {
      throw new UserError("--plant: expected 0 or more, found " + plant);
    }
    if (repeats < 1) {
      throw new UserError("--repeats: expected 1 or more, found " + repeats);
    }
    try (CompNN compnn = database.openQuietly(voice, settings.options())) {
      IntFunction<Raster> targets = compnn.source(Labels.ORIGINAL);
      int classes = Math.max(2, compnn.palette().size());
      List<PlantedErrors> planted =
          LongStream.range(seed, seed + (plant > 0 ? repeats : 1))
              .mapToObj(s -> PlantedErrors.in(compnn.database(), plant, classes, s))
              .toList();
      List<IntFunction<Raster>> labels = planted.stream().map(p -> p.over(targets)).toList();
      IssueRankings issues = IssueRankings.of(compnn, plant > 0 ? limit.pictures() : 0);
      List<Suspects> suspects =
          Suspects.of(
              compnn, labels, settings.options(), limit.pictures(), issues, voice.progress());
      if (!compnn.database().hasLearned()) {
        voice.line(
            "The database holds no probabilities of its labels (it is from before they were kept,"
                + " or the network gives no scores): how sure the network is of each class is left"
                + " out; index again to count it");
      }
      Optional<Table> found =
          plant > 0 ? Optional.of(found(suspects, labels, issues, planted)) : Optional.empty();
      found.map(Table::text).ifPresent(voice::line);
      Optional<Path> exported = export.suspects(compnn, suspects.getFirst(), out.folder());
      exported.ifPresent(voice::line);
      Path report =
          SuspectsReport.sheet(
                  database.folder().getFileName().toString(),
                  suspects.getFirst(),
                  labels.getFirst(),
                  compnn.gallery(),
                  compnn.palette())
              .matched(compnn, settings.options())
              .write(out.folder());
      voice.line(report);
      return new Found(
          report.toString(), Studied.of(report).numbers(), exported.map(Path::toString), found);
    }
  }

  private Table found(
      List<Suspects> suspects,
      List<IntFunction<Raster>> labels,
      IssueRankings issues,
      List<PlantedErrors> planted) {
    if (!issues.fits()) {
      voice.line(
          "Pixel issues are left out: they would take more than a quarter of the heap (-Xmx)");
    }
    List<List<Integer>> rankings = new ArrayList<>();
    try (Progress.Task task =
        voice.progress().begin("counting pixel issues", "plantings", labels.size())) {
      for (IntFunction<Raster> given : issues.fits() ? labels : List.<IntFunction<Raster>>of()) {
        rankings.add(issues.by(given));
        task.advance(1);
      }
    }
    return SuspectsReport.found(suspects, rankings, planted);
  }
}
