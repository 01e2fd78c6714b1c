package org.compnn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.explain.Knobs;
import org.compnn.explain.Options;
import org.compnn.measure.Column;
import org.compnn.report.EvaluationReport;
import org.compnn.report.MetricsLayout;
import org.compnn.search.FieldCheck;
import org.compnn.study.Evaluation;
import org.compnn.viewer.MetricsView;
import org.compnn.viewer.ViewJson;
import org.compnn.viewer.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Measures compositions over a data set. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    modelTransformer = Explaining.Flagged.class,
    description = {
      "Measure how well explanations agree with the network and with ground truth.",
      "Rows: the network, compositions of the original labels and of the network's own predictions,"
          + " and global nearest neighbours. Writes report.html, pictures.csv, metrics.json,"
          + " metrics.csv, metrics.md and reconstruction.csv."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn evaluate camvid.db camvid/val --limit 20 --out numbers")
final class EvaluateCommand implements Callable<EvaluateCommand.Found>, Explaining {
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
      names = "--layers",
      split = ",",
      paramLabel = "LAYER,...",
      hideParamSyntax = true,
      description = "More indexed layers to match at besides --layer, each in separate rows.")
  private List<String> layers = List.of();

  @Mixin private ExportArgument export;
  @Mixin private DatasetArguments dataset;
  private final SettingArguments settings = new SettingArguments(Options.defaults(), Knobs.TOP_K);

  /**
   * What {@code metrics.json} says.
   *
   * @param check how near the fields come to exact ones, where they were checked
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Metrics(
      List<Column> columns,
      List<MetricsView.RowView> rows,
      MetricsView reconstruction,
      Optional<FieldCheck> check) {}

  /**
   * What {@code --json} prints.
   *
   * @param report the page to read
   * @param pictures how many were measured
   * @param searchSeconds what a search took on average
   * @param metrics what {@code metrics.json} holds
   * @param numbers what {@code numbers.json} holds
   * @param exported what other programs import
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Found(
      String report,
      int pictures,
      double searchSeconds,
      Metrics metrics,
      JsonNode numbers,
      Optional<String> exported) {}

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Found call() throws IOException {
    try (CompNN compnn = database.openQuietly(voice, settings.options())) {
      Notes.assumed(voice, compnn.network());
      Dataset pairs = dataset.open(data, compnn);
      pairs.reading().notes().forEach(voice::note);
      Evaluation evaluation =
          Evaluation.of(
              compnn, pairs, settings.options(), layers, limit.pictures(), voice.progress());
      Files.createDirectories(out.folder());
      MetricsView table = MetricsView.of(evaluation.table());
      Metrics metrics =
          new Metrics(
              table.columns(),
              table.rows(),
              MetricsView.of(evaluation.reconstruction()),
              evaluation.check());
      Files.writeString(out.folder().resolve("metrics.json"), ViewJson.indented(metrics) + "\n");
      Files.writeString(out.folder().resolve("metrics.csv"), MetricsLayout.csv(evaluation.table()));
      Files.writeString(
          out.folder().resolve("reconstruction.csv"),
          MetricsLayout.csv(evaluation.reconstruction()));
      Files.writeString(
          out.folder().resolve("metrics.md"),
          MetricsLayout.markdown(evaluation.table())
              + "\n**Reconstructed inputs**\n\n"
              + MetricsLayout.markdown(evaluation.reconstruction()));
      evaluation.skipped().forEach(why -> voice.note("Skipped " + why));
      voice.line(
          String.format(
              Locale.ROOT,
              "Evaluated %d pictures, search %.2f s each",
              evaluation.pictures(),
              evaluation.search()));
      Words.codingLine(compnn.database(), compnn.cells(settings.options())).ifPresent(voice::line);
      evaluation.check().map(Words::checkLine).ifPresent(voice::line);
      voice.line(MetricsLayout.text(evaluation.table()));
      voice.line("Reconstructed inputs");
      voice.line(MetricsLayout.text(evaluation.reconstruction()));
      Optional<Path> exported =
          export.predictions(compnn, pairs, limit.pictures(), out.folder(), voice.progress());
      exported.ifPresent(voice::line);
      Path report =
          EvaluationReport.sheet(pairs.name(), evaluation, compnn.palette())
              .matched(compnn, settings.options())
              .write(out.folder());
      voice.line(report);
      return new Found(
          report.toString(),
          evaluation.pictures(),
          evaluation.search(),
          metrics,
          Studied.of(report).numbers(),
          exported.map(Path::toString));
    }
  }
}
