package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.compnn.image.LabelMap;
import org.compnn.network.graph.OnnxFile;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.databind.node.ObjectNode;

/** What {@code config.json} and a user's options say together of the output; options win. */
final class OutputSettings {
  private final Path file;
  private final Configuration config;
  private final NetworkOptions options;

  private OutputSettings(Path file, Configuration config, NetworkOptions options) {
    this.file = file;
    this.config = config;
    this.options = options;
  }

  static OutputSettings beside(OnnxFile file, NetworkOptions options) {
    return new OutputSettings(
        file.path(), Configuration.read(file.folder().resolve(Configuration.CONFIG)), options);
  }

  /** The output asked for by name. */
  Optional<String> outputName() {
    return options.output().or(() -> config.text("output_name"));
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

  /** The file as it would say alone what has been settled here. */
  byte[] file(Output output, String outputName) {
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
    return Configuration.bytes(after);
  }

  private static void name(ObjectNode config, List<String> classes) {
    ObjectNode names = config.putObject("id2label");
    for (int i = 0; i < classes.size(); i++) {
      names.put(Integer.toString(i), classes.get(i));
    }
    config.remove("label2id");
  }
}
