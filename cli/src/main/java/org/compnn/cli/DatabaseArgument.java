package org.compnn.cli;

import java.nio.file.Path;
import org.compnn.CompNN;
import picocli.CommandLine.Parameters;

/** The database that a command works on. */
final class DatabaseArgument {
  @Parameters(index = "0", paramLabel = "DB", description = "Database written by 'compnn index'.")
  private Path folder;

  Path folder() {
    return folder;
  }

  /** Opens it; long searches show their progress on a terminal. */
  CompNN open() {
    return CompNN.open(folder, TerminalProgress.onTerminal());
  }

  /** Opens it for a command that shows a progress of its own. */
  CompNN openQuietly() {
    return CompNN.open(folder);
  }
}
