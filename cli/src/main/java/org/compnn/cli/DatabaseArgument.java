package org.compnn.cli;

import java.nio.file.Path;
import org.compnn.CompNN;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The database that a command works on. */
final class DatabaseArgument {
  @Parameters(index = "0", paramLabel = "DB", description = "Database written by 'compnn index'.")
  private Path folder;

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
    return CompNN.open(folder, timeout.applied(NetworkOptions.defaults()), progress);
  }
}
