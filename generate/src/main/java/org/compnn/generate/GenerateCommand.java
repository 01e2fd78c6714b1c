package org.compnn.generate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
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
    description = "Generate a data set of facades: pictures, label maps and style tags.",
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn generate --count 200 --size 128 --seed 1 --out facades",
      "  compnn generate --count 200 --size 128 --seed 1 --direction labels \\",
      "    --out to-photos"
    })
public final class GenerateCommand implements Callable<GenerateCommand.Generated> {
  private final Progress progress;

  @Spec private CommandSpec spec;

  @Option(
      names = "--count",
      defaultValue = "200",
      paramLabel = "N",
      description = "Number of facades. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--size",
      defaultValue = "128",
      paramLabel = "PIXELS",
      description = "Side of the square pictures, 32 to 1024. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "Random seed; the same seed gives the same facades. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--direction",
      defaultValue = "photos",
      paramLabel = "INPUT",
      description = "Input of the pairs: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Direction direction;

  @Option(
      names = "--plant",
      description =
          "Hide three striped awnings and some mislabelled windows; planted.json lists them.")
  private boolean plant;

  @Option(
      names = "--mistaken",
      paramLabel = "STYLE",
      description =
          "Label the windows of most buildings of this style as doors (haussmann, brick, timber or"
              + " modern); planted.json lists them.")
  private Optional<FacadeStyle> mistaken = Optional.empty();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Output folder, new or empty.")
  private Path out;

  /** A command that says nothing while it works. */
  public GenerateCommand() {
    this(Progress.NONE);
  }

  /** A command that tells its progress. */
  public GenerateCommand(Progress progress) {
    this.progress = progress;
  }

  /**
   * What was written.
   *
   * @param folder the data set
   * @param count facades
   * @param size pixels along a side
   * @param inputs what the inputs of the pairs are
   * @param planted what the data set hides
   */
  public record Generated(String folder, int count, int size, String inputs, Planted planted) {}

  @Override
  public Generated call() throws IOException {
    Planted planted =
        FacadeFolder.write(
            out,
            new FacadeFolder.Settings(count, size, seed, direction, plant, mistaken),
            progress);
    PrintWriter to = spec.commandLine().getOut();
    to.println(
        String.format(
            Locale.ROOT,
            "Generated %d facades of %d x %d pixels, inputs: %s",
            count,
            size,
            size,
            direction));
    mistaken.ifPresent(
        style ->
            to.println(
                String.format(
                    Locale.ROOT,
                    "Labelled windows as doors in %d of the %s buildings",
                    planted.mislabelled().size(),
                    style.label())));
    if (plant) {
      to.println(
          "Planted awnings in %s, wrong labels in %s"
              .formatted(
                  String.join(", ", planted.awnings()),
                  String.join(
                      ", ", planted.mislabelled().stream().map(Planted.Mislabelled::id).toList())));
    }
    to.println(out);
    to.flush();
    return new Generated(out.toString(), count, size, direction.toString(), planted);
  }
}
