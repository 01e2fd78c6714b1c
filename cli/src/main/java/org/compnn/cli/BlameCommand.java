package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.problem.UserError;
import org.compnn.study.Blame;
import org.compnn.study.BlameReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Traces wrong pixels to the training set. */
@Command(
    name = "blame",
    mixinStandardHelpOptions = true,
    description = {
      "Over the pixels that the network gets wrong: why, and which training pictures and regions",
      "account for them. Writes report.html, blame.svg, blame.csv (regions) and numbers.json."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn blame camvid.db camvid/val --limit 20 --out blame")
final class BlameCommand implements Callable<Integer> {
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
      description = "Where the report goes.")
  private Path out;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many pictures, spread evenly over the data set.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--top-k",
      defaultValue = "5",
      paramLabel = "K",
      description = "Matches of a pixel that vote. Default: ${DEFAULT-VALUE}.")
  private int topK;

  @Mixin private DatasetArguments dataset;
  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UserError("--limit: expected 1 or more, found " + limit);
    }
    PrintWriter print = spec.commandLine().getOut();
    try (CompNN compnn = CompNN.open(folder)) {
      Dataset pairs = dataset.open(data, compnn.network().output());
      Blame blame =
          Blame.of(
              compnn,
              pairs,
              id -> arguments.options(topK, id),
              arguments.neighbours(),
              limit,
              TerminalProgress.onTerminal());
      print.println(BlameReport.causes(blame).text());
      print.println(BlameReport.write(out, compnn, blame));
    }
    print.flush();
    return 0;
  }
}
