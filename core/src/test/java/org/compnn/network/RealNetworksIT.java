package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.compnn.RealData;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On the models and pictures that lie beside the project, where they do. */
@Tag("real-data")
final class RealNetworksIT {
  private static Network open(String name) {
    return Network.open(RealData.at("models/" + name), NetworkOptions.defaults().withThreads(1));
  }

  private static Picture picture(String name) {
    return PictureFile.read(RealData.at("data/" + name));
  }

  private static void aCutChangesNothing(Network network, Picture picture, String layer) {
    float[] expected = network.run(picture, List.of()).output().cells();
    try (Tail tail = network.tail(network.layer(layer))) {
      assertThat(tail.run(tail.state(picture)).output().cells()).isEqualTo(expected);
    }
  }

  @Test
  void aSegNetIsReadCutAndRun() {
    try (Network network = open("segnet-camvid")) {
      assertThat(network.layer("bottleneck").name()).isEqualTo("/enc.3/MaxPool_output_0");
      assertThat(network.layer("penultimate").name())
          .isEqualTo("/dec.3/BatchNormalization_output_0");
      Picture picture = picture("camvid/val/images/0016E5_07959.jpg");
      aCutChangesNothing(network, picture, "bottleneck");
      try (Tail tail = network.tail(network.layer("bottleneck"))) {
        assertThat(tail.crossing())
            .filteredOn(c -> c.layer().isEmpty())
            .extracting(Crossing::tensor)
            .containsExactlyInAnyOrder(
                "/enc.0/MaxPool_output_1",
                "/enc.1/MaxPool_output_1",
                "/enc.2/MaxPool_output_1",
                "/enc.3/MaxPool_output_1");
      }
      // Most of a street scene is labelled as its README promises: 0.83 of the pixels on the whole.
      LabelMap found = (LabelMap) network.run(picture, List.of()).prediction();
      LabelMap truth =
          PictureFile.readIndices(RealData.at("data/camvid/val/labels/0016E5_07959.png"));
      int right = 0;
      int labelled = 0;
      for (int row = 0; row < 192; row++) {
        for (int column = 0; column < 256; column++) {
          int label = truth.label(row * truth.height() / 192, column * truth.width() / 256);
          labelled += label < 11 ? 1 : 0;
          right += label < 11 && label == found.label(row, column) ? 1 : 0;
        }
      }
      assertThat((double) right / labelled).isGreaterThan(0.7);
    }
  }

  @Test
  void aPix2PixIsReadCutAndRun() {
    try (Network network = open("pix2pix-facades")) {
      assertThat(network.layer("bottleneck").name()).isEqualTo("/enc.6/enc.6.1/Conv_output_0");
      assertThat(network.layer("penultimate").name()).isEqualTo("/Concat_6_output_0");
      Picture picture = picture("facades/val/1.jpg");
      aCutChangesNothing(network, picture, "bottleneck");
      aCutChangesNothing(network, picture, "penultimate");
      aCutChangesNothing(network, picture, "Concat_3");
    }
  }
}
