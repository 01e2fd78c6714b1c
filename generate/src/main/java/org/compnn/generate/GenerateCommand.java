package org.compnn.generate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.compnn.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a data set of generated facades. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Writes a data set of generated facades: pictures, label maps and style tags.",
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn generate --count 200 --size 128 --seed 1 --out facades",
      "  compnn generate --count 200 --size 128 --seed 1 --direction labels --out to-photos"
    })
public final class GenerateCommand implements Callable<Integer> {
  private final Progress progress;

  @Spec private CommandSpec spec;

  @Option(
      names = "--count",
      defaultValue = "200",
      paramLabel = "N",
      description = "How many facades (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--size",
      defaultValue = "128",
      paramLabel = "PIXELS",
      description = "Side of the square pictures, 32 to 1024 (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "The same seed gives the same facades (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--direction",
      defaultValue = "photos",
      paramLabel = "INPUT",
      description =
          "What a network is to take in: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Direction direction;

  @Option(
      names = "--plant",
      description =
          "Hide three striped awnings and some mislabelled windows; planted.json says where.")
  private boolean plant;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where to write, a new or empty folder.")
  private Path out;

  /** A command that says nothing while it works. */
  public GenerateCommand() {
    this(Progress.NONE);
  }

  /** A command that tells its progress. */
  public GenerateCommand(Progress progress) {
    this.progress = progress;
  }

  @Override
  public Integer call() throws IOException {
    Planted planted =
        FacadeFolder.write(
            out, new FacadeFolder.Settings(count, size, seed, direction, plant), progress);
    PrintWriter to = spec.commandLine().getOut();
    to.println(
        "%s: %d facades of %d x %d, inputs: %s".formatted(out, count, size, size, direction));
    if (plant) {
      to.println(
          "planted: awnings in %s, wrong labels in %s"
              .formatted(
                  String.join(", ", planted.awnings()),
                  String.join(
                      ", ", planted.mislabelled().stream().map(Planted.Mislabelled::id).toList())));
    }
    to.flush();
    return 0;
  }
}
