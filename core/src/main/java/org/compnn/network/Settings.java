package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.image.Resample;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the files beside a model and a user's options say together; options win. */
final class Settings {
  private static final double BYTE = 1.0 / 255;

  private final Path file;
  private final Configuration preprocessor;
  private final Configuration config;
  private final NetworkOptions options;

  private Settings(
      Path file, Configuration preprocessor, Configuration config, NetworkOptions options) {
    this.file = file;
    this.preprocessor = preprocessor;
    this.config = config;
    this.options = options;
  }

  static Settings beside(OnnxFile file, NetworkOptions options) {
    return new Settings(
        file.path(),
        Configuration.read(file.folder().resolve(Configuration.PREPROCESSOR)),
        Configuration.read(file.folder().resolve(Configuration.CONFIG)),
        options);
  }

  /** The output asked for by name. */
  Optional<String> outputName() {
    return options.output().or(() -> config.text("output_name"));
  }

  Preprocessing preprocessing(PictureInput input) {
    boolean bytes = input.element() == DataType.UINT8;
    boolean rescale = preprocessor.flag("do_rescale", !bytes);
    boolean normalise = preprocessor.flag("do_normalize", preprocessor.has("image_mean"));
    double scale =
        options
            .scale()
            .orElseGet(() -> rescale ? preprocessor.number("rescale_factor").orElse(BYTE) : 1);
    return new Preprocessing(
        input.settle(file, options.size(), preprocessor.size()),
        options.size().isPresent() || preprocessor.flag("do_resize", true),
        options.resample().or(preprocessor::resample).orElse(Resample.BILINEAR),
        scale,
        channels(input, "image_mean", options.mean(), normalise, 0),
        positive(channels(input, "image_std", options.deviation(), normalise, 1)),
        input.channels() == 3 && preprocessor.flag("do_flip_channel_order", false));
  }

  private List<Double> channels(
      PictureInput input, String key, Optional<List<Double>> option, boolean used, double none) {
    List<Double> numbers =
        option.or(() -> used ? preprocessor.numbers(key) : Optional.empty()).orElse(List.of(none));
    if (numbers.size() == 1) {
      return Collections.nCopies(input.channels(), numbers.getFirst());
    }
    if (numbers.size() != input.channels()) {
      throw new UserError(
          "%s: expected 1 or %d numbers for %s, found %d"
              .formatted(file, input.channels(), key, numbers.size()));
    }
    return numbers;
  }

  private List<Double> positive(List<Double> deviation) {
    if (deviation.stream().anyMatch(d -> !(d > 0))) {
      throw new UserError(file + ": expected image_std greater than 0, found " + deviation);
    }
    return deviation;
  }

  /**
   * What the output means.
   *
   * @param channels how many it has
   * @param maker the operator that makes it
   */
  Output output(int channels, String maker) {
    return switch (task(channels, maker)) {
      case SEGMENTATION -> channels == 1 ? score(maker) : scores(channels);
      case IMAGE -> image(channels, maker);
    };
  }

  private Task task(int channels, String maker) {
    if (options.task().isPresent()) {
      return options.task().get();
    }
    for (Task task : Task.values()) {
      if (config.text("task").filter(t -> t.equals(task.tag())).isPresent()) {
        return task;
      }
    }
    boolean named = options.classes().isPresent() || config.has("id2label");
    boolean painted = options.range().isPresent() || config.has("output_range");
    if (config.text("task").filter("semantic-segmentation"::equals).isPresent()
        || (named && !painted)) {
      return Task.SEGMENTATION;
    }
    if (painted || (channels == 3 && maker.equals("Tanh"))) {
      return Task.IMAGE;
    }
    if (channels == 3 || (channels == 1 && !maker.equals("Sigmoid"))) {
      throw UserError.about(
          Knob.TASK,
          "%s: an output of %d channels may be class scores or an image; set the task, or \"task\" in %s (%s or %s)"
              .formatted(
                  file, channels, Configuration.CONFIG, Task.SEGMENTATION.tag(), Task.IMAGE.tag()));
    }
    return Task.SEGMENTATION;
  }

  private OptionalInt ignored() {
    return options.ignored().isPresent()
        ? options.ignored()
        : config.whole("semantic_loss_ignore_index");
  }

  private Output scores(int channels) {
    if (channels > LabelMap.UNLABELLED) {
      throw new UserError(
          "%s: expected at most %d classes, found %d"
              .formatted(file, LabelMap.UNLABELLED, channels));
    }
    List<String> classes =
        options
            .classes()
            .or(config::classes)
            .orElseGet(() -> IntStream.range(0, channels).mapToObj(c -> "class " + c).toList());
    if (classes.size() != channels) {
      throw UserError.about(
          Knob.CLASSES,
          "%s: expected names for the output's %d classes, found %d; correct id2label in %s"
              .formatted(file, channels, classes.size(), Configuration.CONFIG));
    }
    return new Output.ClassScores(classes, ignored());
  }

  private Output score(String maker) {
    List<String> classes =
        new ArrayList<>(
            options.classes().or(config::classes).orElse(List.of("background", "foreground")));
    if (classes.size() == 1) {
      classes.addFirst("background");
    }
    if (classes.size() != 2) {
      throw UserError.about(
          Knob.CLASSES,
          "%s: expected names for the two classes of a single score, found %d"
              .formatted(file, classes.size()));
    }
    double usual = maker.equals("Sigmoid") ? 0.5 : 0;
    double threshold =
        options.threshold().orElseGet(() -> config.number("threshold").orElse(usual));
    return new Output.SigmoidScore(classes, ignored(), threshold);
  }

  private Output image(int channels, String maker) {
    if (channels != 1 && channels != 3) {
      throw new UserError(
          "%s: expected an image of 1 or 3 channels, found %d".formatted(file, channels));
    }
    Optional<Range> range = options.range();
    if (range.isEmpty() && config.has("output_range")) {
      List<Double> ends = config.numbers("output_range").orElseThrow();
      if (ends.size() != 2) {
        throw new UserError(
            "%s: expected two numbers for output_range, found %s".formatted(file, ends));
      }
      range = Optional.of(new Range(ends.get(0), ends.get(1)));
    }
    return new Output.Image(
        range.orElseGet(
            () ->
                switch (maker) {
                  case "Tanh" -> new Range(-1, 1);
                  case "Sigmoid" -> new Range(0, 1);
                  default ->
                      throw UserError.about(
                          Knob.RANGE,
                          "%s: the output's range is unknown; set the values of black and full brightness, or \"output_range\" in %s"
                              .formatted(file, Configuration.CONFIG));
                }));
  }

  /** Both files as they would say alone what has been settled here, by file name. */
  Map<String, byte[]> files(Preprocessing how, Output output, String outputName) {
    ObjectNode before = preprocessor.copy();
    before.put("do_resize", how.resize());
    before.putObject("size").put("height", how.size().height()).put("width", how.size().width());
    before.put("resample", how.resample().code());
    before.put("do_rescale", true).put("rescale_factor", how.scale());
    before.put("do_normalize", true).put("do_flip_channel_order", how.flipped());
    ArrayNode mean = before.putArray("image_mean");
    how.mean().forEach(mean::add);
    ArrayNode deviation = before.putArray("image_std");
    how.deviation().forEach(deviation::add);
    ObjectNode after = config.copy();
    after.put("task", output.task().tag()).put("output_name", outputName);
    switch (output) {
      case Output.ClassScores scores -> {
        name(after, scores.classes());
        scores.ignored().ifPresent(i -> after.put("semantic_loss_ignore_index", i));
      }
      case Output.SigmoidScore score -> {
        name(after, score.classes());
        score.ignored().ifPresent(i -> after.put("semantic_loss_ignore_index", i));
        after.put("threshold", score.threshold());
      }
      case Output.Image image ->
          after.putArray("output_range").add(image.range().low()).add(image.range().high());
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(Configuration.PREPROCESSOR, Configuration.bytes(before));
    files.put(Configuration.CONFIG, Configuration.bytes(after));
    return files;
  }

  private static void name(ObjectNode config, List<String> classes) {
    ObjectNode names = config.putObject("id2label");
    for (int i = 0; i < classes.size(); i++) {
      names.put(Integer.toString(i), classes.get(i));
    }
    config.remove("label2id");
  }
}
