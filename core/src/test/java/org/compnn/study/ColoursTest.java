package org.compnn.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;
import static org.compnn.study.Colours.blue;
import static org.compnn.study.Colours.green;
import static org.compnn.study.Colours.labels;
import static org.compnn.study.Colours.picture;
import static org.compnn.study.Colours.red;
import static org.compnn.study.Colours.rgb;

import java.nio.file.Path;
import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.network.Activations;
import org.compnn.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ColoursTest {
  @TempDir private Path folder;

  @Test
  void theCellsAreTheColoursAndTheOutputIsTheStrongestChannel() {
    Picture picture =
        picture(all(red(51), at(1, green(102)), at(7, blue(9)), at(15, rgb(102, 51, 153))));
    try (Network network = Colours.labeller(folder)) {
      Activations run =
          network.run(picture, List.of(network.layer("penultimate"), network.layer("bottleneck")));
      assertThat(run.input().rgb()).isEqualTo(picture.rgb());
      assertThat(((LabelMap) run.prediction()).classes())
          .isEqualTo(labels(all(RED, at(1, GREEN), at(7, BLUE), at(15, BLUE))).classes());
      assertThat(run.layers().getFirst().rows()).isEqualTo(16);
      assertThat(run.layers().getFirst().cells()).startsWith(0.2f, 0, 0).endsWith(0.4f, 0.2f, 0.6f);
      assertThat(run.layers().getLast().rows()).isEqualTo(4);
      assertThat(run.layers().getLast().cells())
          .startsWith(0.2f, 0, 0, 0, 0.4f, 0)
          .endsWith(0.4f, 0.2f, 0.6f);
    }
  }
}
