package org.compnn.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.compnn.files.Json;
import org.compnn.problem.UserError;
import picocli.CommandLine.Option;

/** How long a campaign goes on, and where it tells what it found. */
final class Bounds {
  private static final long KEEP_NANOSECONDS = 60_000_000_000L;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Seed of the first try; each further one has the next number. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Begin no try after so many minutes. Default: 1, if there is no --count.")
  private Optional<Double> minutes = Optional.empty();

  @Option(names = "--count", paramLabel = "N", description = "Tries at the most.")
  private Optional<Long> count = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there too.")
  private Optional<Path> json = Optional.empty();

  /** One try; its seed says all about it. */
  @FunctionalInterface
  interface Try {
    Outcome run(long seed) throws Exception;
  }

  long seed() {
    return seed;
  }

  /** How many tries there may be. */
  long count() {
    return count.orElse(Long.MAX_VALUE);
  }

  Duration time() {
    return minutes
        .or(() -> count.isPresent() ? Optional.empty() : Optional.of(1.0))
        .map(m -> Duration.ofMillis(Math.round(m * 60_000)))
        .orElse(Duration.ofDays(1));
  }

  /** Tries until the time or the count is over. */
  Results run(String campaign, Try each) {
    Results results = new Results(campaign, seed);
    long kept = System.nanoTime();
    long end = kept + time().toNanos();
    for (long n = 0; n < count() && System.nanoTime() < end; n++) {
      Outcome outcome;
      try {
        outcome = each.run(seed + n);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (Exception | LinkageError e) {
        outcome = Outcome.failed("the campaign itself", Outcome.text(e));
      }
      results.add(seed + n, outcome);
      if (System.nanoTime() > kept + KEEP_NANOSECONDS) {
        keep(results);
        kept = System.nanoTime();
      }
    }
    return results;
  }

  /** Prints the table and the failures; returns the exit code. */
  int tell(Results results, PrintStream out) {
    out.println(results.table());
    keep(results);
    return results.failures().isEmpty() ? 0 : 1;
  }

  /** Writes the figures so far, so that they are there if the campaign is stopped. */
  void keep(Results results) {
    json.ifPresent(
        file -> {
          try {
            Files.writeString(file, Json.text(results.summary()));
          } catch (IOException e) {
            throw new UserError(file + ": cannot be written (" + e + ")", e);
          }
        });
  }
}
