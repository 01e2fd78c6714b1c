package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.database.DatabaseBuilder;
import org.compnn.database.ElementType;
import org.compnn.database.IndexReport;
import org.compnn.database.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.network.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds a database. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a network over a training set and keeps the cells of some layers.",
      "A build that was broken off goes on where it was."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn index segnet/model.onnx camvid/train --layers penultimate,bottleneck --out"
          + " camvid.db",
      "  compnn index pix2pix/model.onnx facades/train --direction BtoA --out facades.db"
    })
final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "An ONNX file, or the folder that holds one.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "DATASET",
      description = "A folder, a list file or a CSV file.")
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DB",
      description = "The database to build.")
  private Path out;

  @Option(
      names = "--layers",
      split = ",",
      defaultValue = "penultimate,bottleneck",
      paramLabel = "LAYER",
      description = "The layers to keep; see 'compnn layers'. Default: ${DEFAULT-VALUE}.")
  private List<String> layers;

  @Option(
      names = "--type",
      defaultValue = "float16",
      description = "How cells are stored: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private ElementType type;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Pictures worked on at once; all processors by default.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--force", description = "Replaces what lies in the folder.")
  private boolean force;

  @Mixin private DatasetArguments dataset;
  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    if (threads < 1) {
      throw new org.compnn.problem.UserError("--threads: expected 1 or more, found " + threads);
    }
    PrintWriter print = spec.commandLine().getOut();
    try (Network network = Network.open(model, options.networkOptions().withThreads(1))) {
      Dataset pairs = dataset.open(data, network.output());
      IndexReport report =
          DatabaseBuilder.build(
              network,
              pairs,
              IndexSettings.of(layers).withElements(type).withThreads(threads).withForce(force),
              out,
              TerminalProgress.onTerminal());
      pairs.skipped().forEach(why -> print.println("skipped: " + why));
      report.skipped().forEach(skipped -> print.println("skipped: " + skipped.why()));
      print.printf(
          Locale.ROOT,
          "%s: %d exemplars in %s (network alone %s: %.2f times it)%n",
          out,
          report.exemplars(),
          seconds(report.total()),
          seconds(report.network()),
          (double) report.total().toNanos() / Math.max(1, report.network().toNanos()));
      if (report.resumed() > 0) {
        print.println("went on from " + report.resumed() + " exemplars of an earlier build");
      }
    }
    print.flush();
    return 0;
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
