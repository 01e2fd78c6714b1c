package org.compnn.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetLayout;
import org.compnn.dataset.Survey;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Palette;
import org.compnn.network.Network;
import org.compnn.problem.UserError;
import org.compnn.report.DatasetReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how a data set is understood, before any long run. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    description = {
      "Show how a data set is understood: layout, pairs, sizes, tags, classes with their shares,"
          + " and what is left out.",
      "With --out, writes twelve samples as samples.svg, and report.html, classes.csv and"
          + " numbers.json."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn dataset camvid/train --out look",
      "  compnn dataset coco --model segnet/model.onnx --out look"
    })
final class DatasetCommand implements Callable<DatasetCommand.Understood> {
  private static final int SHOWN = 10;

  @Mixin private Voice voice = new Voice();

  @Parameters(
      index = "0",
      paramLabel = "DATASET",
      description = "Data set: a folder, a list file, a CSV file or a file of annotations.")
  private Path data;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "Read targets as this network needs them: ONNX file, or the folder that holds one."
              + " Default: classes as the data set has them.")
  private @Nullable Path model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder for the samples, created if missing.")
  private @Nullable Path out;

  @Option(
      names = "--limit",
      defaultValue = "500",
      paramLabel = "N",
      description = "Read at most N pairs, spread evenly over all. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin private DatasetArguments dataset;
  @Mixin private ModelOptions options;

  /** What {@code --json} prints. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Understood(
      String name,
      Optional<DatasetLayout> layout,
      int pairs,
      List<String> classes,
      List<String> skipped,
      Survey survey,
      Optional<String> report) {}

  @Override
  public Understood call() {
    if (limit < 1) {
      throw new UserError("--limit: expected 1 or more, found " + limit);
    }
    TargetFormat format = format();
    Dataset pairs = dataset.open(data, format);
    Survey survey = Survey.of(pairs, limit, voice.progress());
    print(pairs, survey);
    Optional<Path> report = Optional.empty();
    if (out != null) {
      Palette palette = Survey.palette(pairs, survey, format);
      report = Optional.of(DatasetReport.sheet(pairs, survey, palette).write(out));
      report.ifPresent(voice::line);
    }
    return new Understood(
        pairs.name(),
        pairs.reading().layout(),
        pairs.pairs().size(),
        pairs.reading().classes(),
        pairs.skipped(),
        survey,
        report.map(Path::toString));
  }

  private TargetFormat format() {
    if (model == null) {
      return new TargetFormat.AsStored();
    }
    try (Network network = Network.open(model, options.networkOptions())) {
      return TargetFormat.of(network.output());
    }
  }

  private void print(Dataset dataset, Survey survey) {
    int pairs = dataset.pairs().size();
    voice.line(
        String.format(
            Locale.ROOT,
            "%s: %d %s, layout %s",
            dataset.name(),
            pairs,
            pairs == 1 ? "pair" : "pairs",
            dataset
                .reading()
                .layout()
                .map(l -> l.name().toLowerCase(Locale.ROOT))
                .orElse("unknown")));
    dataset.reading().notes().forEach(voice::note);
    if (survey.read() < pairs) {
      voice.note(
          String.format(Locale.ROOT, "Counted over %d of them, spread evenly", survey.read()));
    }
    voice.line("Targets: " + counts(survey.kinds()));
    voice.line("Sizes: " + counts(survey.sizes()));
    if (!survey.tags().isEmpty()) {
      voice.line("Tags: " + counts(survey.tags()));
    }
    if (!survey.classes().isEmpty()) {
      voice.line("");
      voice.line(DatasetReport.classes(survey).text());
    }
    if (!survey.colours().isEmpty()) {
      voice.line("");
      voice.line(DatasetReport.colours(survey).text());
    }
    leftOut(dataset.skipped());
    leftOut(survey.broken());
  }

  private void leftOut(List<String> lines) {
    lines.stream().limit(SHOWN).forEach(line -> voice.line("Left out: " + line));
    if (lines.size() > SHOWN) {
      voice.line(String.format(Locale.ROOT, "Left out: %d more", lines.size() - SHOWN));
    }
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
            .limit(SHOWN)
            .map(e -> e.getKey() + " (" + e.getValue() + ")")
            .collect(Collectors.joining(", "))
        + (counts.size() > SHOWN ? " and " + (counts.size() - SHOWN) + " more" : "");
  }
}
