package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.compnn.CompNN;
import org.compnn.Index;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Direction;
import org.compnn.dataset.Pair;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.generate.Facade;
import org.compnn.generate.Facades;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.progress.Progress;
import org.compnn.study.Evaluation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way, from training to evaluation, on made-up streets that lie on the disk as Cityscapes
 * does, both ways and for label maps; and on Pix2Pix pairs of them.
 */
@Tag("end-to-end")
final class CityscapesIT {
  private static final List<String> CLASSES =
      List.of(
          "road",
          "sidewalk",
          "building",
          "wall",
          "fence",
          "pole",
          "traffic light",
          "traffic sign",
          "vegetation",
          "terrain",
          "sky",
          "person",
          "rider",
          "car",
          "truck",
          "bus",
          "train",
          "motorcycle",
          "bicycle");

  /** Cityscapes' own ids of the first classes. */
  private static final int[] IDS = {7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24};

  @TempDir private Path folder;
  private Path cities;
  private Path pairs;

  @BeforeEach
  void write() throws IOException {
    OnPytorch.start();
    cities = folder.resolve("cities");
    pairs = folder.resolve("pairs");
    Palette palette = Palette.of(CLASSES);
    for (int i = 0; i < 10; i++) {
      String split = i < 7 ? "train" : i < 9 ? "val" : "test";
      String city = i % 2 == 0 ? "aachen" : "bern";
      String name = "%s_%06d_000019".formatted(city, i);
      Facade facade = Facades.generate(3, i, 64);
      Path photos = Files.createDirectories(cities.resolve("leftImg8bit/" + split + "/" + city));
      Path labels = Files.createDirectories(cities.resolve("gtFine/" + split + "/" + city));
      PictureFile.write(
          photos.resolve(name + "_leftImg8bit.png"), facade.photo(), Palette.of(List.of()));
      Picture coloured = palette.paint(facade.labels());
      PictureFile.write(
          labels.resolve(name + "_gtFine_color.png"), coloured, Palette.of(List.of()));
      BufferedImage ids = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
      WritableRaster raster = ids.getRaster();
      for (int p = 0; p < 64 * 64; p++) {
        int label = facade.labels().classes()[p] & 0xff;
        raster.setSample(p % 64, p / 64, 0, label < IDS.length ? IDS[label] : 0);
      }
      ImageIO.write(ids, "png", labels.resolve(name + "_gtFine_labelIds.png").toFile());
      Path side = Files.createDirectories(pairs.resolve(split));
      Picture both = beside(facade.photo(), coloured);
      PictureFile.write(side.resolve(i + 1 + ".jpg"), both, Palette.of(List.of()));
    }
  }

  private static Picture beside(Picture left, Picture right) {
    int width = left.width() + right.width();
    byte[] rgb = new byte[left.height() * width * 3];
    for (int row = 0; row < left.height(); row++) {
      System.arraycopy(left.rgb(), row * left.width() * 3, rgb, row * width * 3, left.width() * 3);
      System.arraycopy(
          right.rgb(),
          row * right.width() * 3,
          rgb,
          (row * width + left.width()) * 3,
          right.width() * 3);
    }
    return new Picture(left.height(), width, rgb);
  }

  @Test
  void citiesAreLabelled() throws IOException {
    train(
        "segnet",
        cities,
        "--classes",
        String.join(",", CLASSES),
        "--width",
        "16",
        "--kernel",
        "3",
        "--depth",
        "2");
    explained(cities, Direction.ATOB, 9, 19);
  }

  @Test
  void citiesArePaintedBothWays() throws IOException {
    train("pix2pix", cities, "--filters", "8", "--depth", "3", "--patch-filters", "8");
    explained(cities, Direction.ATOB, 9, 0);
    train(
        "pix2pix",
        cities,
        "--filters",
        "8",
        "--depth",
        "3",
        "--patch-filters",
        "8",
        "--direction",
        "BtoA");
    explained(cities, Direction.BTOA, 9, 0);
  }

  @Test
  void pairsOfCitiesArePaintedBothWays() throws IOException {
    for (Direction direction : Direction.values()) {
      train(
          "pix2pix",
          pairs,
          "--filters",
          "8",
          "--depth",
          "3",
          "--patch-filters",
          "8",
          "--direction",
          direction == Direction.ATOB ? "AtoB" : "BtoA");
      explained(pairs, direction, 9, 0);
    }
  }

  private void train(String network, Path data, String... more) throws IOException {
    Path out = folder.resolve("out");
    if (Files.exists(out)) {
      Files.move(out, Files.createTempDirectory(folder, "old").resolve("out"));
    }
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                network,
                data.toString(),
                "--out",
                out.toString(),
                "--size",
                "32",
                "--epochs",
                "1",
                "--batch",
                "2",
                "--threads",
                "1"));
    args.addAll(List.of(more));
    assertThat(TrainProgram.run(args.toArray(String[]::new))).isZero();
    // Seven pairs of the part train in batches of two: the other parts are not learned from.
    assertThat(Files.readAllLines(out.resolve("history.csv"))).hasSize(2);
  }

  private void explained(Path data, Direction direction, int known, int classes)
      throws IOException {
    Path database = Files.createTempDirectory(folder, "db").resolve("train.db");
    Dataset whole;
    try (Network network =
        Network.open(folder.resolve("out/model.onnx"), NetworkOptions.defaults().withThreads(1))) {
      TargetFormat format = TargetFormat.of(network.output());
      if (classes > 0) {
        format = new TargetFormat.Labels(Palette.of(CLASSES), java.util.OptionalInt.empty());
      }
      whole = Dataset.open(data, DatasetOptions.of(format).withDirection(direction));
      List<Pair> trained =
          whole.pairs().stream().filter(p -> !p.tags().contains("split=test")).toList();
      assertThat(trained).hasSize(known);
      Index.of(network, new Dataset(whole.name(), trained, List.of(), false))
          .layers("penultimate")
          .write(database);
    }
    try (CompNN compnn = CompNN.open(database)) {
      Pair unseen =
          whole.pairs().stream()
              .filter(p -> p.tags().contains("split=test"))
              .findFirst()
              .orElseThrow();
      Explanation why = compnn.explain(unseen.read().input());
      assertThat(why.contributions()).isNotEmpty();
      Evaluation evaluation =
          Evaluation.of(
              compnn,
              new Dataset(whole.name(), List.of(unseen), List.of(), false),
              Options.defaults(),
              List.of(),
              1,
              Progress.NONE);
      assertThat(evaluation.pictures()).isEqualTo(1);
      assertThat(evaluation.table().rows()).isNotEmpty();
    }
  }
}
