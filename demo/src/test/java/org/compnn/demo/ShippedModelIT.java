package org.compnn.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.compnn.generate.Facade;
import org.compnn.generate.FacadeClass;
import org.compnn.generate.FacadeStyle;
import org.compnn.generate.Facades;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.measure.ClassCounts;
import org.compnn.measure.Segmentation;
import org.compnn.measure.Synthesis;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped networks on buildings that they were neither trained nor chosen on. */
@Tag("end-to-end")
final class ShippedModelIT {
  private static final long UNSEEN = 40;
  private static final int COUNT = 40;

  @TempDir private Path folder;

  private Network open(ShippedModel model) throws IOException {
    return Network.open(model.unpack(folder), NetworkOptions.defaults());
  }

  @Test
  void theLabellerIsRightOnMoreThan85PercentOfThePixels() throws IOException {
    ClassCounts counts = new ClassCounts(FacadeClass.values().length);
    try (Network labeller = open(ShippedModel.LABELLER)) {
      for (int i = 0; i < COUNT; i++) {
        Facade facade = Facades.generate(UNSEEN, i, ShippedModel.SIZE);
        LabelMap labels = (LabelMap) labeller.run(facade.photo(), List.of()).prediction();
        counts.add(ClassCounts.of(facade.labels(), labels, counts.classes()));
      }
    }
    Segmentation scores = Segmentation.of(counts);
    assertThat(scores.pixelAccuracy()).isGreaterThan(0.85);
    assertThat(scores.meanIou()).isGreaterThan(0.7);
  }

  @Test
  void thePainterPaintsEveryBuildingInItsOwnStyle() throws IOException {
    Map<FacadeStyle, double[]> colours = new EnumMap<>(FacadeStyle.class);
    for (int i = 0; i < 4 * COUNT; i++) {
      Facade facade = Facades.generate(ShippedModel.TRAINING_SEED, i, ShippedModel.SIZE);
      double[] sum = colours.computeIfAbsent(facade.style(), _ -> new double[3]);
      double[] wall = wall(facade.labels(), facade.photo());
      for (int c = 0; c < 3; c++) {
        sum[c] += wall[c] / COUNT;
      }
    }
    double apart = 0;
    int right = 0;
    try (Network painter = open(ShippedModel.PAINTER)) {
      for (int i = 0; i < COUNT; i++) {
        Facade facade = Facades.generate(UNSEEN, i, ShippedModel.SIZE);
        Picture painted = (Picture) painter.run(facade.colouredLabels(), List.of()).prediction();
        apart += Synthesis.of(facade.photo(), painted).l1() / COUNT;
        double[] wall = wall(facade.labels(), painted);
        FacadeStyle nearest =
            colours.entrySet().stream()
                .min(
                    (a, b) ->
                        Double.compare(distance(a.getValue(), wall), distance(b.getValue(), wall)))
                .orElseThrow()
                .getKey();
        right += nearest == facade.style() ? 1 : 0;
      }
    }
    assertThat(apart).isLessThan(0.12);
    assertThat(right).isGreaterThan(COUNT * 3 / 4);
  }

  @Test
  void allTogetherAreSmall() throws IOException {
    long bytes = 0;
    for (ShippedModel model : ShippedModel.values()) {
      try (Stream<Path> files = Files.list(model.unpack(folder))) {
        for (Path file : files.toList()) {
          bytes += Files.size(file);
        }
      }
    }
    assertThat(bytes).isLessThan(10_000_000);
  }

  /** The mean colour of the wall. */
  private static double[] wall(LabelMap labels, Picture photo) {
    double[] sum = new double[3];
    int pixels = 0;
    for (int i = 0; i < labels.classes().length; i++) {
      if (labels.classes()[i] == FacadeClass.FACADE.code()) {
        pixels++;
        for (int c = 0; c < 3; c++) {
          sum[c] += photo.rgb()[i * 3 + c] & 0xff;
        }
      }
    }
    for (int c = 0; c < 3; c++) {
      sum[c] /= pixels;
    }
    return sum;
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], Math.hypot(a[1] - b[1], a[2] - b[2]));
  }
}
