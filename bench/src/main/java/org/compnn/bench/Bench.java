package org.compnn.bench;

import org.compnn.bench.networks.IndexBench;
import org.compnn.bench.networks.NetworksBench;
import org.compnn.bench.truth.TruthBench;
import org.compnn.problem.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' command line. */
@Command(
    name = "bench",
    description = "Run CompNN's benchmarks, each against named peers in the same run.",
    footerHeading = "%nExamples:%n",
    footer = {"  bin/bench exact", "  bin/bench field --cases camvid-quick"},
    mixinStandardHelpOptions = true,
    subcommands = {
      ExactBench.class,
      FieldBench.class,
      IndexBench.class,
      NetworksBench.class,
      PageBench.class,
      ReviewBench.class,
      StartBench.class,
      StorageBench.class,
      TruthBench.class
    })
public final class Bench {
  private Bench() {}

  /** Ends with 0, with 2 for what the user can mend, with 1 for a fault of the program. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Bench());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          if (e instanceof UserError) {
            command.getErr().println("bench: " + e.getMessage());
            return 2;
          }
          throw e;
        });
    return line;
  }
}
