package org.compnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.compnn.RealData;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-data")
final class RealDatasetsIT {
  private static byte[] classes(Pair pair) {
    return ((LabelMap) pair.read().target().orElseThrow()).classes();
  }

  @Test
  void camVidAndFacadesAreReadAsTheyLie() {
    Path data = RealData.at("data");
    Palette classes = Palette.of(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
    Dataset camVid =
        Dataset.open(
            data.resolve("camvid/train"),
            DatasetOptions.of(new TargetFormat.Labels(classes, OptionalInt.of(11))));
    assertThat(camVid.pairs()).hasSize(367);
    assertThat(classes(camVid.pairs().get(9))).contains(3).doesNotContain(11);
    Dataset facades =
        Dataset.open(
            data.resolve("facades/val"),
            DatasetOptions.of(new TargetFormat.Image()).withDirection(Direction.BTOA));
    assertThat(facades.pairs()).hasSize(100);
    assertThat(facades.pairs().get(1).id()).isEqualTo("2");
    assertThat(facades.pairs().get(0).read().input().width()).isEqualTo(256);
  }
}
