package org.compnn.cli;

import org.compnn.problem.UserError;
import picocli.CommandLine.Option;

/** How many pictures a command looks at. */
final class LimitArgument {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use at most N pictures, spread evenly over all.")
  private int limit = Integer.MAX_VALUE;

  int pictures() {
    if (limit < 1) {
      throw new UserError("--limit: expected 1 or more, found " + limit);
    }
    return limit;
  }
}
