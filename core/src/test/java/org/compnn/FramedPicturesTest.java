package org.compnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.compnn.database.Database;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.Pair;
import org.compnn.dataset.TargetFormat;
import org.compnn.explain.Explanation;
import org.compnn.explain.Options;
import org.compnn.explain.Query;
import org.compnn.explain.Source;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Raster;
import org.compnn.network.Frame;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.network.graph.GraphWriter;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Field;
import org.compnn.study.Evaluation;
import org.compnn.study.TrainingCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that are cut or padded, from their file to the explanation. */
final class FramedPicturesTest {
  private static final String CONFIG =
      """
      {"task": "image-segmentation", "id2label": {"0": "red", "1": "green", "2": "blue"}}
      """;

  @TempDir Path folder;

  /** Cells of one pixel; the brightest channel is the class. */
  private Path network(String preprocessor) {
    GraphWriter w = GraphWriter.positive(1);
    String input = w.input("pixel_values", 1, 3, -1, -1);
    double[] doubled = new double[6 * 3];
    double[] first = new double[3 * 6];
    for (int c = 0; c < 3; c++) {
      doubled[c * 3 + c] = 1;
      doubled[(c + 3) * 3 + (c + 1) % 3] = 1;
      first[c * 6 + c] = 1;
    }
    String body = w.node("Conv", "body", List.of(input, w.constant(doubled, 6, 3, 1, 1)));
    w.named("logits", "Conv", List.of(w.relu("body", body), w.constant(first, 3, 6, 1, 1)));
    w.output("logits", 1, 3, -1, -1);
    return SmallNetworks.write(folder.resolve("net"), w.model(), preprocessor, CONFIG);
  }

  private record Made(String id, Content read) implements Pair {
    @Override
    public List<String> tags() {
      return List.of();
    }
  }

  private static Picture noise(long seed, int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(seed).nextBytes(rgb);
    return new Picture(height, width, rgb);
  }

  private static LabelMap brightest(Picture picture) {
    byte[] classes = new byte[picture.height() * picture.width()];
    for (int i = 0; i < classes.length; i++) {
      int best = 0;
      for (int c = 1; c < 3; c++) {
        if ((picture.rgb()[3 * i + c] & 0xff) > (picture.rgb()[3 * i + best] & 0xff)) {
          best = c;
        }
      }
      classes[i] = (byte) best;
    }
    return new LabelMap(picture.height(), picture.width(), classes);
  }

  /** Five lying pictures and a standing one. */
  private static Dataset pictures() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Picture picture = i < 5 ? noise(i, 12, 20) : noise(i, 20, 12);
      Optional<Raster> target = Optional.of(brightest(picture));
      pairs.add(new Made("p" + i, new Pair.Content(picture, target)));
    }
    return new Dataset("noise", pairs, List.of(), false);
  }

  private Path indexed(String preprocessor) {
    Path out = folder.resolve("train.db");
    Dataset pictures = pictures();
    try (Network network =
        Network.open(
            network(preprocessor),
            NetworkOptions.defaults().withThreads(1),
            pictures::mostCommonSize)) {
      Index.of(network, pictures).layers("penultimate").threads(1).write(out);
    }
    return out;
  }

  @Test
  void paddingMatchesNothingAndCellsLeadToThePicturesOwnPixels() {
    Path out = indexed("{\"size\": {\"shortest_edge\": 12}, \"resample\": 0, \"do_pad\": true}");
    Picture standing = noise(5, 20, 12);
    try (CompNN compnn = CompNN.open(out)) {
      assertThat(compnn.network().inputHeight()).isEqualTo(12);
      assertThat(compnn.network().inputWidth()).isEqualTo(20);
      Explanation why =
          compnn.explain(
              new Query("p5", standing, Optional.of(brightest(standing))),
              Options.defaults().exact().topK(3));
      Frame frame = why.frame();
      assertThat(frame.picture()).isEqualTo(new PictureSize(20, 12));
      Frame.Region held = frame.held(12, 20);
      assertThat(held).isEqualTo(new Frame.Region(0, 0, 12, 7));
      Field field = why.field();
      for (int cell = 0; cell < 12 * 20; cell++) {
        int row = cell / 20;
        int column = cell % 20;
        if (!held.contains(row, column)) {
          assertThat(field.exemplar()[cell * 3]).isEqualTo(-1);
          assertThat(why.at(row, column)).isEmpty();
          continue;
        }
        Source source = why.at(row, column).getFirst();
        assertThat(source).isEqualTo(new Source(5, row, column, 0));
        // The source is the very pixel of the picture's own that the cell saw.
        Frame own = compnn.database().frame(source.exemplar()).orElseThrow();
        Frame.Pixel pixel = own.pixel(source.row(), source.column(), 12, 20);
        for (int c = 0; c < 3; c++) {
          assertThat(why.input().rgb()[3 * cell + c])
              .isEqualTo(standing.rgb()[3 * (pixel.row() * 12 + pixel.column()) + c]);
        }
      }
      assertThat(((LabelMap) why.composition()).label(3, 10)).isEqualTo(LabelMap.UNLABELLED);
      assertThat(why.agreement().metrics().getFirst()).isEqualTo(1);
      assertThat(why.reconstructed().l1()).isZero();
    }
  }

  @Test
  void noMatchLiesInTheDatabasesPadding() {
    Path out = indexed("{\"size\": {\"shortest_edge\": 12}, \"resample\": 0, \"do_pad\": true}");
    // Black, as padding is before normalisation.
    Picture dark = new Picture(12, 20, new byte[12 * 20 * 3]);
    try (CompNN compnn = CompNN.open(out)) {
      Explanation why = compnn.explain(dark, Options.defaults().exact());
      Field field = why.field();
      for (int cell = 0; cell < 12 * 20; cell++) {
        if (field.exemplar()[cell] == 5) {
          assertThat(field.column()[cell]).isLessThan(7);
        }
      }
    }
  }

  @Test
  void aPictureThatIsCutIsMeasuredAgainstThePartThatIsSeen() {
    Path out =
        indexed(
            """
            {"size": {"shortest_edge": 12}, "resample": 0, "do_center_crop": true, "crop_size": 8}
            """);
    try (CompNN compnn = CompNN.open(out);
        Database database = Database.open(out)) {
      Evaluation evaluation =
          Evaluation.of(
              compnn, pictures(), Options.defaults().exact(), List.of(), 6, Progress.NONE);
      assertThat(evaluation.table().rows().getFirst().values().getFirst().value()).isEqualTo(1);
      Frame frame = database.frame(0).orElseThrow();
      assertThat(List.of(frame.top(), frame.left())).containsExactly(-2, -6);
      // A training picture of a database is run as it is stored, not cut again.
      assertThat(compnn.run(0, compnn.database().layers()).output())
          .extracting(raster -> ((LabelMap) raster).classes())
          .isEqualTo(((LabelMap) database.prediction(0)).classes());
    }
  }

  @Test
  void labelsThatAreOneMoreThanTheClassesAreReduced() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data/images"));
    Path labels = Files.createDirectories(folder.resolve("data/labels"));
    for (int i = 0; i < 4; i++) {
      Picture picture = noise(i, 16, 16);
      BufferedImage colours = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      BufferedImage indices = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
      LabelMap right = brightest(picture);
      for (int p = 0; p < 256; p++) {
        int at = 3 * p;
        colours.setRGB(
            p % 16,
            p / 16,
            ((picture.rgb()[at] & 0xff) << 16)
                | ((picture.rgb()[at + 1] & 0xff) << 8)
                | (picture.rgb()[at + 2] & 0xff));
        // The first row is background.
        indices.getRaster().setSample(p % 16, p / 16, 0, p < 16 ? 0 : right.classes()[p] + 1);
      }
      ImageIO.write(colours, "png", data.resolve(i + ".png").toFile());
      ImageIO.write(indices, "png", labels.resolve(i + ".png").toFile());
    }
    for (String key : List.of("do_reduce_labels", "reduce_labels")) {
      try (Network network =
          Network.open(
              network("{\"size\": 16, \"" + key + "\": true}"),
              NetworkOptions.defaults().withThreads(1))) {
        Dataset dataset =
            Dataset.open(
                folder.resolve("data"), DatasetOptions.of(TargetFormat.of(network.output())));
        LabelMap first = (LabelMap) dataset.pairs().getFirst().target().orElseThrow();
        assertThat(first.label(0, 3)).isEqualTo(LabelMap.UNLABELLED);
        assertThat(TrainingCheck.of(network, dataset, 1).orElseThrow().score()).isEqualTo(1);
      }
    }
    try (Network network =
        Network.open(network("{\"size\": 16}"), NetworkOptions.defaults().withThreads(1))) {
      Dataset dataset =
          Dataset.open(
              folder.resolve("data"), DatasetOptions.of(TargetFormat.of(network.output())));
      assertThatThrownBy(() -> dataset.pairs().getFirst().target())
          .isInstanceOf(UserError.class)
          .hasMessageContaining("found 3");
    }
  }
}
