package org.compnn.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.RealData;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.image.Picture;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-data")
final class SelfMatchIT {
  private static final int PICTURES = 4;

  @TempDir private Path folder;

  @Test
  void photographsOfStreetsMatchThemselvesAtDistanceZero() {
    Path data = RealData.at("data/camvid/train");
    try (Network network = open("models/segnet-camvid")) {
      Dataset all = Dataset.open(data, DatasetOptions.of(TargetFormat.of(network.output())));
      matchThemselves(network, some(all), "penultimate");
    }
  }

  @Test
  void labelPicturesOfFacadesMatchThemselvesAtDistanceZero() {
    Path data = RealData.at("data/facades/train");
    try (Network network = open("models/pix2pix-facades")) {
      Dataset all =
          Dataset.open(
              data,
              DatasetOptions.of(TargetFormat.of(network.output())).withDirection(Direction.BTOA));
      matchThemselves(network, some(all), "penultimate");
    }
  }

  private static Network open(String model) {
    return Network.open(RealData.at(model), NetworkOptions.defaults().withThreads(1));
  }

  private static Dataset some(Dataset all) {
    return new Dataset(
        all.name(),
        all.pairs().subList(0, PICTURES),
        all.skipped(),
        all.skipsBroken(),
        all.reading());
  }

  private void matchThemselves(Network network, Dataset pairs, String layer) {
    Path database = folder.resolve("db");
    Index.of(network, pairs).layers(layer).write(database);
    try (CompNN compnn = CompNN.open(database)) {
      for (Quality quality : Quality.values()) {
        for (int number = 0; number < PICTURES; number += 3) {
          Picture picture = compnn.database().input(number);
          Options options = Options.defaults().layer(layer).quality(quality);
          Found found =
              compnn
                  .run(Query.of("itself", picture), List.of(compnn.cells(options)))
                  .match(options);
          assertThat(found.how()).isInstanceOf(How.Lists.class);
          assertThat(found.field().distance()).as(quality + " " + number).containsOnly(0);
        }
      }
    }
  }
}
