package org.compnn.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.compnn.image.PictureFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks {@code compnn serve} what no browser asks, while others ask what browsers do. */
@Command(
    name = "page",
    mixinStandardHelpOptions = true,
    description =
        "Send 'compnn serve' hostile requests and uploads, with clients beside that ask what is in"
            + " no cache: no answer of 500, nothing in the log, and memory stays flat.")
final class PageCampaign implements Callable<Integer> {
  @Mixin private final Bounds bounds = new Bounds();

  @Option(
      names = "--clients",
      defaultValue = "50",
      paramLabel = "N",
      description = "Clients that ask all the time. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Override
  public Integer call() throws Exception {
    try (Material material = Material.make()) {
      Path database = material.folder().resolve("served.db");
      material.done(material.index(material.data(), database).toArray());
      try (Served served = Served.start(material, database)) {
        return bounds.tell(campaign(material, served), System.out);
      }
    }
  }

  private Results campaign(Material material, Served served) throws Exception {
    byte[] photo = PictureFile.png(PictureFile.read(material.picture()));
    Hostile hostile = new Hostile(served.port(), photo);
    Results results;
    Memory memory = new Memory(served);
    try (Visitors visitors = Visitors.start(served.port(), clients, bounds.seed())) {
      results =
          bounds.run(
              "page",
              seed -> {
                memory.look(visitors.answered());
                return watched(served, hostile, seed);
              });
      visitors.stop();
      visitors.into(results);
      memory.end(visitors.answered());
      results.note("Questions of %d clients: %d".formatted(clients, visitors.answered()));
    }
    memory.into(results, bounds.seed());
    List<String> said = served.said().lines().skip(1).toList();
    results.add(
        bounds.seed(),
        said.isEmpty() ? Outcome.survived("log") : Outcome.failed("log", said.toString()));
    return results;
  }

  private static Outcome watched(Served served, Hostile hostile, long seed)
      throws IOException, InterruptedException {
    long stops = Stops.count();
    Outcome outcome = hostile.run(seed);
    if (!served.isAlive()) {
      return Outcome.failed(outcome.kind(), "the server has ended");
    }
    return outcome.wrong().isPresent() && Stops.since(stops) ? hostile.run(seed) : outcome;
  }
}
