package org.compnn.chaos;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends {@code compnn index} at random moments and at file events, and goes on. */
@Command(
    name = "kills",
    mixinStandardHelpOptions = true,
    description =
        "Kill 'compnn index' at random moments and when files change; what is left must be whole or"
            + " resumable, and end as if nothing had happened.")
final class KillsCampaign implements Callable<Integer> {
  @Mixin private final Bounds bounds = new Bounds();

  @Option(
      names = "--way",
      paramLabel = "WAY",
      description = "Build in this way alone: ${COMPLETION-CANDIDATES}.")
  private Builds.@Nullable Way way;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    try (Material material = Material.make()) {
      Builds builds = new Builds(material);
      AtomicLong kills = new AtomicLong();
      Results results =
          bounds.run(
              "kills",
              seed -> new Kill(material, builds, kills, seed, Optional.ofNullable(way)).run());
      results.note("Processes that a signal ended: " + kills);
      return bounds.tell(results, out);
    }
  }
}
