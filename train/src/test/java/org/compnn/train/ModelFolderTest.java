package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeClass;
import org.compnn.generate.Facades;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.Resample;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written here must be what the explainer opens. */
final class ModelFolderTest {
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    OnPytorch.start();
  }

  @Test
  void theExplainerLabelsAsTheTrainedSegNetDoes() throws IOException {
    Facade facade = Facades.generate(3, 1, 32);
    Sample sample = new Sample("s", facade.photo(), facade.labels());
    Palette palette =
        Palette.of(Arrays.stream(FacadeClass.values()).map(FacadeClass::label).toList());
    try (NDManager manager = NDManager.newBaseManager();
        Course course =
            new SegNetCourse(
                manager,
                SegNet.basic(8, 5, 3, palette.size()),
                palette,
                TrainingSet.normalisation(List.of(sample)),
                SegNetCourse.balanced(List.of(sample), palette.size(), 4),
                1)) {
      learn(manager, course, sample);
      ModelFolder.write(folder, course, 32, 32, Resample.BILINEAR);
      LabelMap trained = (LabelMap) course.predict(manager, List.of(sample)).getFirst();
      try (Network network = Network.open(folder, NetworkOptions.defaults())) {
        LabelMap opened = (LabelMap) network.run(facade.photo(), List.of()).prediction();
        int same = 0;
        for (int i = 0; i < 32 * 32; i++) {
          same += opened.classes()[i] == trained.classes()[i] ? 1 : 0;
        }
        assertThat(same).isGreaterThanOrEqualTo(32 * 32 - 2);
        assertThat(network.layer("bottleneck").rows()).isEqualTo(4);
        assertThat(network.layer("penultimate").channels()).isEqualTo(8);
        assertThat(network.layer("penultimate").rows()).isEqualTo(32);
      }
    }
  }

  @Test
  void theExplainerPaintsAsTheTrainedPix2PixDoes() throws IOException {
    Facade facade = Facades.generate(3, 2, 32);
    Sample sample = new Sample("s", facade.colouredLabels(), facade.photo());
    try (NDManager manager = NDManager.newBaseManager();
        Course course = new Pix2PixCourse(manager, new UNet(6, 4, 3), new PatchGan(4, 2), 100, 1)) {
      learn(manager, course, sample);
      ModelFolder.write(folder, course, 32, 32, Resample.NEAREST);
      Picture trained = (Picture) course.predict(manager, List.of(sample)).getFirst();
      try (Network network = Network.open(folder, NetworkOptions.defaults())) {
        Picture opened = (Picture) network.run(sample.input(), List.of()).prediction();
        for (int i = 0; i < opened.rgb().length; i++) {
          assertThat(Math.abs((opened.rgb()[i] & 0xff) - (trained.rgb()[i] & 0xff)))
              .isLessThanOrEqualTo(1);
        }
        assertThat(network.layer("bottleneck").rows()).isEqualTo(2);
      }
    }
  }

  private static void learn(NDManager manager, Course course, Sample sample) {
    for (int step = 0; step < 12; step++) {
      try (NDManager own = manager.newSubManager()) {
        course.step(own, List.of(sample, sample.window(0, 0, 32, 32, true)), 0.003);
      }
    }
  }
}
