package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.compnn.Index;
import org.compnn.database.build.BuildLock;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.IndexSettings;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.demo.ShippedModel;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command on a database whose search lists are still being built. */
@Tag("end-to-end")
final class WaitIT {
  @TempDir private Path folder;

  @Test
  void itSaysThatItSearchesExactlyOrWaitsUntilTheListsAreThere() throws Exception {
    Path data = folder.resolve("data");
    SmallBuildings.run(
        "generate",
        "--count",
        3,
        "--size",
        ShippedModel.SIZE,
        "--direction",
        "photos",
        "--out",
        data);
    Path model = ShippedModel.LABELLER.unpack(folder);
    Path database = folder.resolve("train.db");
    try (Network network = Network.open(model, NetworkOptions.defaults())) {
      DatabaseBuilder.build(
          network,
          Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output()))),
          IndexSettings.of(List.of("penultimate")),
          database,
          Progress.NONE);
    }
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Thread build =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (BuildLock _ = BuildLock.take(database)) {
                    taken.countDown();
                    asked.await();
                    Index.lists(database, 1, 1, Progress.NONE);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    taken.await();
    Path picture = data.resolve("images/000000.png");
    Path out = folder.resolve("out");
    assertThat(said("explain", database, picture, "--out", out, "--layer", "penultimate"))
        .contains("search lists of layer", "are still being built", "searched exactly", "--wait");
    asked.countDown();
    assertThat(said("explain", database, picture, "--out", out, "--wait"))
        .contains("waiting for the build in " + database)
        .doesNotContain("searched exactly");
    build.join();
  }

  private static String said(Object... args) {
    StringWriter err = new StringWriter();
    SmallBuildings.run(err, args);
    return err.toString();
  }
}
