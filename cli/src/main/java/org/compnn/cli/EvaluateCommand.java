package org.compnn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.PrintWriter;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class EvaluateCommand implements Callable<Integer>, Explaining {
  @Spec private CommandSpec spec;

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
  private record Metrics(
      List<Column> columns,
      List<MetricsView.RowView> rows,
      MetricsView reconstruction,
      Optional<FieldCheck> check) {}

  @Override
  public SettingArguments settings() {
    return settings;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    try (CompNN compnn = database.openQuietly()) {
      Notes.assumed(spec, compnn.network());
      Dataset pairs = dataset.open(data, compnn);
      pairs.reading().notes().forEach(print::println);
      Evaluation evaluation =
          Evaluation.of(
              compnn,
              pairs,
              settings.options(),
              layers,
              limit.pictures(),
              TerminalProgress.onTerminal());
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
      evaluation.skipped().forEach(why -> print.println("Skipped " + why));
      print.printf(
          Locale.ROOT,
          "Evaluated %d pictures, search %.2f s each%n",
          evaluation.pictures(),
          evaluation.search());
      evaluation.check().map(Words::checkLine).ifPresent(print::println);
      print.println(MetricsLayout.text(evaluation.table()));
      print.println("Reconstructed inputs");
      print.println(MetricsLayout.text(evaluation.reconstruction()));
      export.predictions(compnn, pairs, limit.pictures(), out.folder()).ifPresent(print::println);
      print.println(
          EvaluationReport.sheet(pairs.name(), evaluation, compnn.palette()).write(out.folder()));
    }
    print.flush();
    return 0;
  }
}
