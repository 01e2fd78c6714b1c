package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.pair;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.rgb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.dataset.Pair;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.npy.ElementType;
import org.compnn.study.ReplacedActivations.Skips;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplacedActivationsTest {
  private static final Options BLOCKS = Options.defaults().layer("bottleneck").exact();

  @TempDir private Path folder;

  @Test
  void theRestOfTheNetworkRunsOnTheShadesOfTheNearestTrainingBlocks() {
    try (CompNN compnn =
        Colours.labelled(
            folder,
            pair("border", picture(rgb(120, 130, 0)), labels(RED)),
            pair("green", picture(green(250)), labels(GREEN)))) {
      Query query = Query.of("query", picture(all(rgb(130, 120, 0), at(5, green(240)))));
      for (Skips skips : Skips.values()) {
        ReplacedActivations found = ReplacedActivations.of(compnn, query, BLOCKS, skips);
        assertThat(found.name()).isEqualTo("query");
        assertThat(found.layer().shortName()).isEqualTo("bottleneck");
        assertThat(found.skips()).isEqualTo(skips);
        assertThat(found.crossing()).isEmpty();
        assertThat(found.input().rgb()).isEqualTo(query.picture().rgb());
        assertLabels(found.network(), all(RED, at(5, GREEN)));
        assertLabels(found.replaced(), all(GREEN));
        assertLabels(found.composition(), all(GREEN));
      }
    }
  }

  private static void assertLabels(Raster output, int[] labels) {
    assertThat(((LabelMap) output).classes()).isEqualTo(labels(labels).classes());
  }

  @Test
  void aTrainingPictureGivesItsOwnOutputAgainUnlessItsSkipsAreTakenAway() {
    try (CompNN compnn = withSkips()) {
      Picture training = compnn.database().input(1);
      Query query = Query.of("1", training);
      for (Skips skips : List.of(Skips.QUERY, Skips.EXEMPLAR)) {
        ReplacedActivations same = ReplacedActivations.of(compnn, query, BLOCKS, skips);
        assertThat(same.crossing()).isNotEmpty();
        assertThat(classes(same.replaced())).isEqualTo(classes(same.network()));
        assertThat(classes(same.composition())).isEqualTo(classes(same.network()));
      }
      ReplacedActivations without = ReplacedActivations.of(compnn, query, BLOCKS, Skips.ZERO);
      assertThat(classes(without.network())).isEqualTo(classes(compnn.run(training).output()));
      assertThat(classes(without.replaced())).isNotEqualTo(classes(without.network()));
      ReplacedActivations others =
          ReplacedActivations.of(compnn, query, BLOCKS.leaveOneOut(0), Skips.EXEMPLAR);
      assertThat(classes(others.replaced())).isNotEqualTo(classes(others.network()));
    }
  }

  private static byte[] classes(Raster output) {
    return ((LabelMap) output).classes();
  }

  private CompNN withSkips() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] rgb = new byte[SmallNetworks.HEIGHT * SmallNetworks.WIDTH * 3];
      new Random(i).nextBytes(rgb);
      pairs.add(pair("" + i, new Picture(SmallNetworks.HEIGHT, SmallNetworks.WIDTH, rgb)));
    }
    Path database = folder.resolve("skips.db");
    try (Network network =
        Network.open(
            SmallNetworks.segmentation(folder.resolve("skips"), 5), NetworkOptions.defaults())) {
      Index.of(network, Colours.dataset(pairs.toArray(Pair[]::new)))
          .layers("bottleneck")
          .elements(ElementType.FLOAT32)
          .write(database);
    }
    return CompNN.open(database);
  }
}
