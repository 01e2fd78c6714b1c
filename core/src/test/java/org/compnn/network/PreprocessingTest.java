package org.compnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.image.PictureSize;
import org.compnn.image.Resample;
import org.compnn.network.onnx.ModelProto;
import org.compnn.network.onnx.StringStringEntryProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of preprocessor_config.json and what they do to a picture. */
final class PreprocessingTest {
  @TempDir Path folder;

  private static float at(Activations seen, int row, int column, int channel) {
    FeatureMap output = seen.output();
    return output.cells()[(row * output.columns() + column) * output.channels() + channel];
  }

  private static PictureSize size(Activations seen) {
    return new PictureSize(seen.output().rows(), seen.output().columns());
  }

  private Activations seen(String preprocessor, int height, int width) {
    return MirrorNetwork.seen(folder, preprocessor, MirrorNetwork.ramp(height, width));
  }

  private Preprocessing read(String preprocessor) {
    MirrorNetwork.write(folder, MirrorNetwork.model(-1, -1), preprocessor);
    try (Network network =
        Network.open(
            folder,
            NetworkOptions.defaults().withThreads(1),
            () -> Optional.of(new PictureSize(100, 100)))) {
      return network.preprocessing();
    }
  }

  private List<String> assumed(String preprocessor, int rows, int columns) {
    MirrorNetwork.write(folder, MirrorNetwork.model(rows, columns), preprocessor);
    try (Network network = Network.open(folder, NetworkOptions.defaults().withThreads(1))) {
      return network.assumptions().stream().map(Assumption::what).toList();
    }
  }

  private void refused(String preprocessor, String... words) {
    assertThatThrownBy(() -> seen(preprocessor, 20, 20))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void aClassGivesWhatItsFileDoesNotSay() {
    Preprocessing segformer = read("{\"image_processor_type\": \"SegformerImageProcessorFast\"}");
    assertThat(segformer.size()).isEqualTo(new Size(512, 512));
    assertThat(segformer.mean()).containsExactly(0.485, 0.456, 0.406);
    assertThat(segformer.deviation()).containsExactly(0.229, 0.224, 0.225);
    assertThat(segformer.resample()).isEqualTo(Resample.BILINEAR);
    Preprocessing dpt = read("{\"feature_extractor_type\": \"DPTFeatureExtractor\", \"size\": 96}");
    assertThat(dpt.size()).isEqualTo(new Size(96, 96));
    assertThat(dpt.mean()).containsExactly(0.5, 0.5, 0.5);
    assertThat(dpt.resample()).isEqualTo(Resample.BICUBIC);
    Preprocessing mobile = read("{\"image_processor_type\": \"MobileViTImageProcessor\"}");
    assertThat(mobile.flipped()).isTrue();
    assertThat(mobile.mean()).containsExactly(0.0, 0.0, 0.0);
    assertThat(mobile.size()).isEqualTo(new Size(256, 256));
  }

  @Test
  void aNestedProcessorAndTheFileOfProcessorsAreRead() throws IOException {
    String nested =
        "{\"image_processor\": {\"size\": {\"height\": 24, \"width\": 40}, \"resample\":"
            + " \"nearest\"}}";
    assertThat(read(nested).size()).isEqualTo(new Size(24, 40));
    Files.delete(folder.resolve("preprocessor_config.json"));
    Files.writeString(folder.resolve("processor_config.json"), nested);
    Activations seen = MirrorNetwork.seen(folder, MirrorNetwork.ramp(48, 80), options -> options);
    assertThat(size(seen)).isEqualTo(new PictureSize(24, 40));
  }

  @Test
  void filtersHaveNumbersOrNames() {
    String form = "{\"size\": 8, \"resample\": %s}";
    assertThat(read(form.formatted("1")).resample()).isEqualTo(Resample.LANCZOS);
    assertThat(read(form.formatted("\"bicubic\"")).resample()).isEqualTo(Resample.BICUBIC);
    assertThat(read(form.formatted("\"PILImageResampling.BOX\"")).resample())
        .isEqualTo(Resample.BOX);
    refused(form.formatted("\"cubical\""), "resample", "bilinear");
  }

  @Test
  void theShortestEdgeKeepsTheProportions() {
    String edge = "{\"size\": {\"shortest_edge\": 30}, \"resample\": 0}";
    assertThat(size(seen(edge, 60, 81))).isEqualTo(new PictureSize(30, 40));
    String both = "{\"size\": {\"shortest_edge\": 30, \"longest_edge\": 35}}";
    assertThat(size(seen(both, 60, 81))).isEqualTo(new PictureSize(26, 35));
    String box = "{\"size\": {\"max_height\": 30, \"max_width\": 30}}";
    assertThat(size(seen(box, 60, 80))).isEqualTo(new PictureSize(22, 30));
    String longest = "{\"size\": {\"longest_edge\": 40}}";
    assertThat(size(seen(longest, 60, 80))).isEqualTo(new PictureSize(30, 40));
  }

  @Test
  void whatIsCutOutOfTheMiddleIsMappedBackToThePicturesOwnPixels() {
    Activations seen =
        seen(
            """
            {"size": {"shortest_edge": 40}, "do_center_crop": true, "crop_size": 20,
             "rescale_factor": 1, "resample": 0}
            """,
            80,
            160);
    assertThat(size(seen)).isEqualTo(new PictureSize(20, 20));
    Frame frame = seen.frame();
    assertThat(frame.resized()).isEqualTo(new PictureSize(40, 80));
    assertThat(List.of(frame.top(), frame.left())).containsExactly(-10, -30);
    // Row 3 of the input is row 13 of the resized picture, whose pixels are every second one.
    assertThat(at(seen, 3, 5, 0)).isEqualTo(27);
    assertThat(at(seen, 3, 5, 1)).isEqualTo(71);
    assertThat(frame.pixel(3, 5, 20, 20)).isEqualTo(new Frame.Pixel(27, 71));
    assertThat(frame.unit(new Frame.Pixel(27, 71), 20, 20)).contains(new Frame.Pixel(3, 5));
    assertThat(frame.unit(new Frame.Pixel(2, 71), 20, 20)).isEmpty();
    assertThat(frame.isPadded()).isFalse();
  }

  @Test
  void aCropLargerThanThePictureHasBlackAroundIt() {
    Activations seen =
        seen(
            """
            {"do_resize": false, "do_center_crop": true, "crop_size": {"height": 8, "width": 7},
             "rescale_factor": 1, "image_mean": 1, "image_std": 2}
            """,
            4,
            4);
    assertThat(at(seen, 0, 3, 2)).isEqualTo(-0.5f);
    assertThat(at(seen, 2, 2, 2)).isEqualTo(99.5f);
    assertThat(seen.frame().held(8, 7)).isEqualTo(new Frame.Region(2, 2, 6, 6));
  }

  @Test
  void paddingIsZeroAfterNormalisationAndLiesBelowAndToTheRight() {
    Activations seen =
        seen(
            """
            {"do_resize": false, "do_pad": true, "size_divisor": 8, "rescale_factor": 1,
             "image_mean": 100, "image_std": 2}
            """,
            5,
            13);
    assertThat(size(seen)).isEqualTo(new PictureSize(8, 16));
    assertThat(at(seen, 4, 12, 2)).isEqualTo(50);
    assertThat(at(seen, 5, 0, 2)).isZero();
    assertThat(at(seen, 0, 13, 0)).isZero();
    assertThat(seen.frame().held(4, 4)).isEqualTo(new Frame.Region(0, 0, 3, 4));
    Picture painted = (Picture) seen.prediction();
    assertThat(painted.rgb()[(4 * 16 + 12) * 3 + 2] & 0xff).isEqualTo(255);
    assertThat(painted.rgb()[(5 * 16 + 12) * 3 + 2]).isZero();
  }

  @Test
  void picturesOfOtherShapesAreShrunkIntoTheInputOfTheMostCommon() {
    MirrorNetwork.write(
        folder,
        MirrorNetwork.model(-1, -1),
        "{\"size\": {\"shortest_edge\": 30}, \"rescale_factor\": 1}");
    NetworkOptions one = NetworkOptions.defaults().withThreads(1);
    try (Network network = Network.open(folder, one, () -> Optional.of(new PictureSize(60, 80)))) {
      assertThat(network.preprocessing().size()).isEqualTo(new Size(30, 40));
      assertThat(network.assumptions().toString()).contains("30x40", "80 x 60");
      Frame tall = network.run(MirrorNetwork.ramp(80, 60), List.of()).frame();
      assertThat(tall.resized()).isEqualTo(new PictureSize(30, 22));
      assertThat(tall.held(30, 40)).isEqualTo(new Frame.Region(0, 0, 30, 22));
    }
    assertThatThrownBy(() -> Network.open(folder, one))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("depends on the pictures")
        .extracting(e -> ((UserError) e).knob())
        .isEqualTo(Optional.of(Knob.SIZE));
  }

  @Test
  void proportionsAreKeptByTheEdgeThatChangesLess() {
    Activations seen =
        seen(
            """
            {"size": {"height": 56, "width": 56}, "keep_aspect_ratio": true,
             "ensure_multiple_of": 14}
            """,
            40,
            50);
    // Columns change by 1.12, rows would by 1.4: 44.8 rows are three times 14.
    assertThat(size(seen)).isEqualTo(new PictureSize(42, 56));
  }

  @Test
  void offsetsOfTheScaleGoIntoTheMean() {
    Activations seen =
        seen("{\"rescale_factor\": 0.01, \"rescale_offset\": true, \"size\": 6}", 6, 6);
    assertThat(at(seen, 0, 0, 2)).isCloseTo(1, within(1e-6f));
  }

  @Test
  void whatIsAskedForAndNotDoneIsRefused() {
    refused("{\"size\": 8, \"do_thumbnail\": true}", "do_thumbnail", "not known");
    refused("{\"image_processor_type\": \"ZoeDepthImageProcessor\"}", "ZoeDepth", "honoured");
    refused("{\"size\": 8, \"do_normalize\": true}", "image_mean");
    refused("{\"size\": {\"edge\": 8}}", "size", "shortest_edge");
    assertThat(size(seen("{\"size\": 8, \"do_thumbnail\": false, \"do_convert_rgb\": true}", 9, 9)))
        .isEqualTo(new PictureSize(8, 8));
  }

  @Test
  void whatNobodySaidIsTold() {
    assertThat(assumed("", 16, 16))
        .anyMatch(line -> line.contains("1/255"))
        .anyMatch(line -> line.contains("mean"))
        .anyMatch(line -> line.contains("red, green, blue"));
    assertThat(assumed("{\"image_mean\": 0.5, \"image_std\": 0.5, \"size\": 16}", 16, 16))
        .isEmpty();
    assertThat(assumed("{\"image_mean\": 0.5, \"image_std\": 0.5, \"size\": 32}", 16, 16))
        .anyMatch(line -> line.contains("32x32") && line.contains("16x16"));
  }

  @Test
  void aTaskMistypedIsAnsweredWithTheNearest() throws IOException {
    MirrorNetwork.write(folder, MirrorNetwork.model(16, 16), "{\"size\": 16}");
    Files.writeString(folder.resolve("config.json"), "{\"task\": \"image-segmentaton\"}");
    assertThatThrownBy(() -> Network.open(folder, NetworkOptions.defaults()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("did you mean \"image-segmentation\"?");
  }

  @Test
  void timmsConfigurationIsHonoured() throws IOException {
    MirrorNetwork.write(folder, MirrorNetwork.model(-1, -1), "");
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"task": "image-to-image", "output_range": [0, 1],
         "pretrained_cfg": {"input_size": [3, 28, 28], "interpolation": "bicubic", "crop_pct": 0.875,
           "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]}}
        """);
    Activations seen = MirrorNetwork.seen(folder, MirrorNetwork.ramp(64, 96), options -> options);
    assertThat(size(seen)).isEqualTo(new PictureSize(28, 28));
    assertThat(seen.frame().resized()).isEqualTo(new PictureSize(32, 48));
    assertThat(at(seen, 9, 9, 2)).isCloseTo((200 / 255f - 0.5f) * 4, within(1e-5f));
  }

  @Test
  void ultralyticsMetadataMakesALetterbox() {
    ModelProto model =
        MirrorNetwork.model(-1, -1).toBuilder()
            .addMetadataProps(entry("imgsz", "[32, 32]"))
            .addMetadataProps(entry("stride", "32"))
            .addMetadataProps(entry("names", "{0: 'person', 1: \"cat's eye\"}"))
            .build();
    MirrorNetwork.write(folder, model, "");
    Activations seen = MirrorNetwork.seen(folder, MirrorNetwork.ramp(30, 60), options -> options);
    assertThat(size(seen)).isEqualTo(new PictureSize(32, 32));
    assertThat(seen.frame().held(32, 32)).isEqualTo(new Frame.Region(8, 0, 24, 32));
    assertThat(at(seen, 7, 5, 0)).isEqualTo(114 / 255f);
    assertThat(at(seen, 8, 5, 2)).isEqualTo(200 / 255f);
    assertThat(seen.frame().pixel(8, 31, 32, 32)).isEqualTo(new Frame.Pixel(0, 59));
    assertThat(PythonNames.read("{0: 'person', 1: \"cat's eye\"}"))
        .containsExactly("person", "cat's eye");
    assertThat(PythonNames.read("{0: 'person', 2: 'gap'}")).isEmpty();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void aCopyOpensWithTheSameGeometry() throws IOException {
    Picture picture = MirrorNetwork.ramp(60, 80);
    for (String preprocessor :
        List.of(
            "{\"image_processor_type\": \"Mask2FormerImageProcessor\", \"size\":"
                + " {\"shortest_edge\": 40, \"longest_edge\": 90}}",
            "{\"image_processor_type\": \"ConvNextImageProcessor\", \"size\": {\"shortest_edge\":"
                + " 28}}",
            "{\"image_processor_type\": \"Swin2SRImageProcessor\"}",
            "{\"size\": 20, \"rescale_offset\": true}",
            "{\"image_processor\": {\"size\": 20}}")) {
      MirrorNetwork.write(folder, MirrorNetwork.model(-1, -1), preprocessor);
      NetworkOptions one = NetworkOptions.defaults().withThreads(1);
      Path copy = folder.resolve("copy");
      try (Network network =
          Network.open(folder, one, () -> Optional.of(new PictureSize(60, 80)))) {
        network.copyTo(copy, "model.onnx");
        try (Network again = Network.open(copy, one)) {
          assertThat(again.preprocessing()).isEqualTo(network.preprocessing());
          assertThat(again.assumptions())
              .extracting(Assumption::what)
              .isEqualTo(network.assumptions().stream().map(Assumption::what).toList());
          assertThat(again.configuration().get("preprocessor_config.json"))
              .isEqualTo(network.configuration().get("preprocessor_config.json"));
          assertThat(again.run(picture, List.of()).output().cells())
              .containsExactly(network.run(picture, List.of()).output().cells());
        }
      }
    }
  }
}
