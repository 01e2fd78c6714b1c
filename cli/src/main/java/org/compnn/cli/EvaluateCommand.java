package org.compnn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.Evaluation;
import org.compnn.dataset.Dataset;
import org.compnn.problem.UserError;
import org.compnn.search.FieldCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Measures compositions over a data set. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the network, CompNN with original and self-supervised labels, and global nearest"
          + " neighbours,",
      "against ground truth and against the network. Writes metrics.json, metrics.csv, metrics.md,"
          + " reconstruction.csv."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn evaluate camvid.db camvid/val --limit 20 --out numbers")
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DB",
      description = "A database, as 'compnn index' wrote it.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "DATASET",
      description = "A folder, a list file or a CSV file.")
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the tables go.")
  private Path out;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many pictures, spread evenly over the data set.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "LAYER",
      description = "Indexed layers to match at besides --layer, each with rows of its own.")
  private List<String> layers = List.of();

  @Mixin private DatasetArguments dataset;
  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new UserError("--limit: expected 1 or more, found " + limit);
    }
    PrintWriter print = spec.commandLine().getOut();
    try (CompNN compnn = CompNN.open(folder)) {
      Dataset pairs = dataset.open(data, compnn.network().output());
      Evaluation evaluation =
          Evaluation.of(
              compnn,
              pairs,
              id -> arguments.options(1, id),
              layers,
              limit,
              TerminalProgress.onTerminal());
      Files.createDirectories(out);
      ObjectNode json = evaluation.table().json();
      json.set("reconstruction", evaluation.reconstruction().json());
      evaluation
          .check()
          .ifPresent(
              check ->
                  json.putObject("check")
                      .put("cells", check.cells())
                      .put("recall", check.recall())
                      .put("ratio", check.ratio()));
      Files.writeString(out.resolve("metrics.json"), json.toPrettyString() + "\n");
      Files.writeString(out.resolve("metrics.csv"), evaluation.table().csv());
      Files.writeString(out.resolve("reconstruction.csv"), evaluation.reconstruction().csv());
      Files.writeString(
          out.resolve("metrics.md"),
          evaluation.table().markdown()
              + "\n**Reconstructed inputs**\n\n"
              + evaluation.reconstruction().markdown());
      evaluation.skipped().forEach(why -> print.println("skipped: " + why));
      print.printf(
          Locale.ROOT,
          "%d pictures, search %.2f s each%n",
          evaluation.pictures(),
          evaluation.search());
      evaluation.check().map(FieldCheck::text).ifPresent(print::println);
      print.println(evaluation.table().text());
      print.println("reconstructed inputs");
      print.println(evaluation.reconstruction().text());
      print.println(out);
    }
    print.flush();
    return 0;
  }
}
