package org.compnn.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command writes. */
final class OutArgument {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Output folder, created if missing.")
  private Path folder;

  Path folder() {
    return folder;
  }
}
