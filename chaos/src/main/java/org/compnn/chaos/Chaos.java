package org.compnn.chaos;

import org.compnn.problem.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The campaigns' command line. */
@Command(
    name = "chaos",
    description = "Try to break CompNN: each campaign prints how often it was tried, and survived.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/chaos kills --minutes 5",
      "  bin/chaos flips --count 1000 --seed 7 --json flips.json"
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      KillsCampaign.class,
      FlipsCampaign.class,
      MutateCampaign.class,
      DiskCampaign.class,
      MemoryCampaign.class,
      PageCampaign.class
    })
public final class Chaos {
  private Chaos() {}

  /** Ends with 0, with 1 if anything failed, with 2 for what the user can mend. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a campaign; returns the exit code. */
  static int run(String... args) {
    return commandLine().execute(args);
  }

  /** The command line. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Chaos());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          if (e instanceof UserError) {
            command.getErr().println("chaos: " + e.getMessage());
            return 2;
          }
          throw e;
        });
    return line;
  }
}
