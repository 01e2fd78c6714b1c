package org.compnn.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The database that a command works on. */
final class DatabaseArgument {
  private static final Duration POLL = Duration.ofMillis(500);

  @Parameters(index = "0", paramLabel = "DB", description = "Database written by 'compnn index'.")
  private Path folder;

  @Option(
      names = "--wait",
      description =
          "Wait until a build under way in the database is done. Without it, layers whose search"
              + " lists are still missing are searched exactly, which is slow.")
  private boolean wait;

  @Mixin private NetworkTimeout timeout = new NetworkTimeout();

  Path folder() {
    return folder;
  }

  /** Opens it; long searches show their progress on a terminal. */
  CompNN open() {
    return open(TerminalProgress.onTerminal());
  }

  /** Opens it for a command that shows a progress of its own. */
  CompNN openQuietly() {
    return open(Progress.NONE);
  }

  private CompNN open(Progress progress) {
    if (wait) {
      waitForTheBuild();
    }
    CompNN compnn = CompNN.open(folder, timeout.applied(NetworkOptions.defaults()), progress);
    for (CellStore store : compnn.database().layers()) {
      Index.unlisted(compnn.database(), store, 1)
          .ifPresent(
              line ->
                  System.err.println(
                      "compnn: "
                          + line
                          + (Index.isUnderWay(folder) ? " (--wait waits for them)" : "")));
    }
    return compnn;
  }

  private void waitForTheBuild() {
    try {
      if (Index.isUnderWay(folder)) {
        System.err.println("compnn: waiting for the build in " + folder);
      }
      while (Index.isUnderWay(folder)) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("interrupted while waiting for the build in " + folder, e);
    }
  }
}
