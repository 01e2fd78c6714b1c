package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.compnn.CompNN;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.report.Table;
import org.compnn.study.ReplacedActivations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replaces a layer's activations by those of the training set. */
@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    description = {
      "Replaces the activations of an indexed layer (--layer) by those of the nearest training"
          + " cells",
      "and runs the rest of the network on them. Writes report.html, activations.svg, numbers.json,"
          + " network.png, replaced.png and composition.png."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  compnn activate facades.db labels.png --layer penultimate --skips query --out what-if")
final class ActivateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DB",
      description = "A database, as 'compnn index' wrote it.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "PICTURE", description = "The picture to explain.")
  private Path picture;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the report goes.")
  private Path out;

  @Option(
      names = "--skips",
      defaultValue = "query",
      description =
          "Where other layers that cross the cut come from: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private ReplacedActivations.Skips skips;

  @Mixin private ExplainArguments arguments;

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    String id = ExplainCommand.stem(picture);
    Picture query = PictureFile.read(picture);
    try (CompNN compnn = CompNN.open(folder, TerminalProgress.onTerminal())) {
      ReplacedActivations replaced =
          ReplacedActivations.of(compnn, id, query, arguments.options(1, id), skips);
      print.println(Table.of(replaced.table()).text());
      print.println(replaced.sheet(compnn).write(out));
    }
    print.flush();
    return 0;
  }
}
