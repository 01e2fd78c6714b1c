package org.compnn.cli;

import java.time.Duration;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long one run of a network may take. */
final class NetworkTimeout {
  /** A year: longer than anyone waits, and no trouble to count in milliseconds. */
  private static final int MOST_SECONDS = 365 * 24 * 3600;

  @Option(
      names = "--network-timeout",
      paramLabel = "SECONDS",
      description = "Longest that one run of the network may take; 300 by default.")
  private @Nullable Double seconds;

  NetworkOptions applied(NetworkOptions options) {
    if (seconds == null) {
      return options;
    }
    if (seconds > 0 && seconds <= MOST_SECONDS) {
      return options.withTimeout(Duration.ofMillis(Math.max(1, Math.round(seconds * 1000))));
    }
    throw new UserError(
        "--network-timeout: expected seconds above 0 and up to %d, found %s"
            .formatted(MOST_SECONDS, seconds));
  }
}
