package org.compnn.cli;

import java.io.PrintWriter;
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
import org.compnn.viewer.ViewJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class DatasetCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @Spec private CommandSpec spec;

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

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private DatasetArguments dataset;
  @Mixin private ModelOptions options;

  /** What {@code --json} prints. */
  private record Understood(
      String name,
      Optional<DatasetLayout> layout,
      int pairs,
      List<String> classes,
      List<String> notes,
      List<String> skipped,
      Survey survey) {}

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UserError("--limit: expected 1 or more, found " + limit);
    }
    PrintWriter print = spec.commandLine().getOut();
    TargetFormat format = format();
    Dataset pairs = dataset.open(data, format);
    Survey survey = Survey.of(pairs, limit, TerminalProgress.onTerminal());
    if (json) {
      print.println(
          ViewJson.indented(
              new Understood(
                  pairs.name(),
                  pairs.reading().layout(),
                  pairs.pairs().size(),
                  pairs.reading().classes(),
                  pairs.reading().notes(),
                  pairs.skipped(),
                  survey)));
    } else {
      print(pairs, survey, print);
    }
    if (out != null) {
      Palette palette = Survey.palette(pairs, survey, format);
      Path report = DatasetReport.sheet(pairs, survey, palette).write(out);
      if (!json) {
        print.println(report);
      }
    }
    print.flush();
    return 0;
  }

  private TargetFormat format() {
    if (model == null) {
      return new TargetFormat.AsStored();
    }
    try (Network network = Network.open(model, options.networkOptions())) {
      return TargetFormat.of(network.output());
    }
  }

  private static void print(Dataset dataset, Survey survey, PrintWriter print) {
    int pairs = dataset.pairs().size();
    print.printf(
        Locale.ROOT,
        "%s: %d %s, layout %s%n",
        dataset.name(),
        pairs,
        pairs == 1 ? "pair" : "pairs",
        dataset.reading().layout().map(l -> l.name().toLowerCase(Locale.ROOT)).orElse("unknown"));
    dataset.reading().notes().forEach(print::println);
    if (survey.read() < pairs) {
      print.printf(Locale.ROOT, "Counted over %d of them, spread evenly%n", survey.read());
    }
    print.println("Targets: " + counts(survey.kinds()));
    print.println("Sizes: " + counts(survey.sizes()));
    if (!survey.tags().isEmpty()) {
      print.println("Tags: " + counts(survey.tags()));
    }
    if (!survey.classes().isEmpty()) {
      print.println();
      print.println(DatasetReport.classes(survey).text());
    }
    if (!survey.colours().isEmpty()) {
      print.println();
      print.println(DatasetReport.colours(survey).text());
    }
    leftOut(dataset.skipped(), print);
    leftOut(survey.broken(), print);
  }

  private static void leftOut(List<String> lines, PrintWriter print) {
    lines.stream().limit(SHOWN).forEach(line -> print.println("Left out: " + line));
    if (lines.size() > SHOWN) {
      print.printf(Locale.ROOT, "Left out: %d more%n", lines.size() - SHOWN);
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
