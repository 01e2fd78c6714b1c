package org.compnn.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.database.CellStore;
import org.compnn.explain.Options;
import org.compnn.network.NetworkOptions;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The database that a command works on. */
final class DatabaseArgument implements Engine.Working {
  private static final Duration POLL = Duration.ofMillis(500);

  @Parameters(
      index = "0",
      paramLabel = "DB",
      description = "Database, or set, written by 'compnn index'.")
  private Path folder;

  @Option(
      names = "--wait",
      description =
          "Wait until a build under way in the database is done. Without it, layers whose search"
              + " lists are still missing are searched exactly, which is slow.")
  private boolean wait;

  @Mixin private ShardsLeftOut shards = new ShardsLeftOut();

  @Mixin private NetworkTimeout timeout = new NetworkTimeout();

  private Engine engine = Engine.HERE;

  @Override
  public void on(Engine value) {
    engine = value;
  }

  Path folder() {
    return folder;
  }

  /**
   * Opens it; long searches show their progress.
   *
   * @param options what will be asked of it, which is looked at before anything is worked out
   * @throws UserError if they name a layer or training pictures that are not there
   */
  CompNN open(Voice voice, Options options) {
    return checked(open(voice, voice.progress()), options);
  }

  /** Opens it for a command that shows a progress of its own. */
  CompNN openQuietly(Voice voice, Options options) {
    return checked(open(voice, Progress.NONE), options);
  }

  private static CompNN checked(CompNN compnn, Options options) {
    try {
      compnn.cells(options);
      compnn.selection(options);
      return compnn;
    } catch (UserError e) {
      compnn.close();
      throw e;
    }
  }

  private CompNN open(Voice voice, Progress progress) {
    if (wait) {
      waitForTheBuild(voice);
    }
    CompNN compnn =
        engine.open(folder, shards.names(), timeout.applied(NetworkOptions.defaults()), progress);
    for (CellStore store : compnn.database().layers()) {
      Index.unlisted(compnn.database(), store, 1)
          .ifPresent(
              line ->
                  voice.aside(
                      "compnn: "
                          + line
                          + (Index.isUnderWay(folder) ? " (--wait waits for them)" : "")));
    }
    voice.detail(
        String.format(
            Locale.ROOT,
            "Database %s: %d training pictures; layers %s; network %d x %d -> %d x %d",
            folder,
            compnn.database().exemplars().size(),
            compnn.database().layers().stream()
                .map(store -> store.layer().shortName())
                .collect(Collectors.joining(", ")),
            compnn.network().inputHeight(),
            compnn.network().inputWidth(),
            compnn.network().outputHeight(),
            compnn.network().outputWidth()));
    return compnn;
  }

  private void waitForTheBuild(Voice voice) {
    try {
      if (Index.isUnderWay(folder)) {
        voice.aside("compnn: waiting for the build in " + folder);
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
