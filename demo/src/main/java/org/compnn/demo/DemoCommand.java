package org.compnn.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.compnn.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole way on data and networks that come with the program. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Show what CompNN does, on generated buildings and two small networks.",
      "One network paints buildings from label maps, the other labels photos of them. Writes a"
          + " page and opens it in the browser: point at a pixel to see its source."
    },
    footerHeading = "%nExample:%n",
    footer = "  compnn demo --out compnn-demo")
public final class DemoCommand implements Callable<DemoCommand.Shown> {
  private final Progress progress;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      defaultValue = "compnn-demo",
      paramLabel = "DIR",
      description = "Output folder. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(names = "--no-open", description = "Do not open the page in a browser.")
  private boolean closed;

  @Option(
      names = "--count",
      defaultValue = "96",
      paramLabel = "N",
      description = "Training buildings to index. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--queries",
      defaultValue = "4",
      paramLabel = "N",
      description = "Unseen buildings to explain with each network. Default: ${DEFAULT-VALUE}.")
  private int queries;

  @Option(
      names = "--seed",
      defaultValue = "3",
      paramLabel = "SEED",
      description = "Random seed of the unseen buildings. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** A command that says nothing while it works. */
  public DemoCommand() {
    this(Progress.NONE);
  }

  /** A command that tells its progress. */
  public DemoCommand(Progress progress) {
    this.progress = progress;
  }

  /**
   * What was written.
   *
   * @param page the page to read
   */
  public record Shown(String page) {}

  @Override
  public Shown call() throws IOException {
    PrintWriter to = spec.commandLine().getOut();
    Path report =
        Demo.run(
            out,
            new DemoSettings(count, queries, queries, Math.min(queries, 3), seed),
            progress,
            line -> {
              to.println(line);
              to.flush();
            });
    if (!closed) {
      Browser.open(report.toAbsolutePath());
    }
    return new Shown(report.toString());
  }
}
