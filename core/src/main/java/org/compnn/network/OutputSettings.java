package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.image.LabelMap;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.graph.QueryMasks;
import org.compnn.problem.Knob;
import org.compnn.problem.Nearest;
import org.compnn.problem.UserError;
import tools.jackson.databind.node.ObjectNode;

/** What {@code config.json} and a user's options say together of the output; options win. */
final class OutputSettings {
  /** What Hugging Face calls the output of networks that estimate depth. */
  private static final String DEPTH = "predicted_depth";

  private static final String SIZE = "output_size";

  private final Path file;
  private final Configuration config;
  private final NetworkOptions options;
  private final Optional<List<String>> written;
  private final List<Assumption> assumed = new ArrayList<>();

  /**
   * @param written names of classes in the model itself
   */
  private OutputSettings(
      Path file, Configuration config, NetworkOptions options, Optional<List<String>> written) {
    this.file = file;
    this.config = config;
    this.options = options;
    this.written = written;
  }

  static OutputSettings beside(OnnxFile file, NetworkOptions options) {
    return new OutputSettings(
        file.path(),
        Configuration.read(file.folder().resolve(Configuration.CONFIG)),
        options,
        BesideModel.classes(file));
  }

  /** The output asked for by name. */
  Optional<String> outputName() {
    return options.output().or(() -> config.text("output_name"));
  }

  /**
   * What the output means.
   *
   * @param ending what makes it
   * @param indexed how many classes an output of indices tells apart, where that is known
   */
  Output output(SpatialOutput output, Ending ending, OptionalInt indexed) {
    assumed.clear();
    int channels = output.channels();
    return switch (task(output, ending)) {
      case SEGMENTATION -> {
        if (labels(output, ending)) {
          yield labels(channels, indexed);
        }
        yield channels == 1 ? score(ending) : scores(channels, shares(output, ending));
      }
      case IMAGE -> image(channels, ending);
      case REGRESSION -> values(channels);
    };
  }

  /** At which size an output coarser than the picture is shown and measured. */
  OutputSize size() {
    Optional<OutputSize> said =
        config
            .text(SIZE)
            .map(
                text ->
                    switch (text) {
                      case "picture" -> OutputSize.PICTURE;
                      case "network" -> OutputSize.NETWORK;
                      default -> throw config.wrong(SIZE, "\"picture\" or \"network\"");
                    });
    return options.outputSize().or(() -> said).orElse(OutputSize.PICTURE);
  }

  /** What nobody said and {@link #output} took for granted. */
  List<Assumption> assumed() {
    return List.copyOf(assumed);
  }

  private static boolean labels(SpatialOutput output, Ending ending) {
    return !output.type().floating() || ending.kind() == Ending.Kind.INDICES;
  }

  private Task task(SpatialOutput output, Ending ending) {
    Optional<Task> said = options.task().or(this::configuredTask);
    if (said.isPresent()) {
      return said.get();
    }
    int channels = output.channels();
    boolean named = options.classes().isPresent() || config.has("id2label");
    boolean painted = options.range().isPresent() || config.has("output_range");
    if (output.name().equals(DEPTH)) {
      assumed.add(
          Assumption.about(
              Knob.TASK,
              "the output is numbers (%s), since it is called %s"
                  .formatted(Task.REGRESSION.tag(), DEPTH)));
      return Task.REGRESSION;
    }
    if (labels(output, ending) || output.scored() || (named && !painted)) {
      return Task.SEGMENTATION;
    }
    if (painted || (channels == 3 && ending.kind() == Ending.Kind.SIGNED)) {
      return Task.IMAGE;
    }
    boolean scores =
        ending.kind() == Ending.Kind.SHARES
            || (channels == 1 ? ending.kind() == Ending.Kind.PROBABILITIES : channels != 3);
    if (!scores) {
      throw UserError.about(
          Knob.TASK,
          "%s: an output of %s may be class scores, an image or numbers; set the task, or \"task\" in %s (%s, %s or %s)"
              .formatted(
                  file,
                  channels == 1 ? "1 channel" : channels + " channels",
                  Configuration.CONFIG,
                  Task.SEGMENTATION.tag(),
                  Task.IMAGE.tag(),
                  Task.REGRESSION.tag()));
    }
    if (channels > 1 && ending.kind() != Ending.Kind.SHARES) {
      assumed.add(
          Assumption.about(
              Knob.TASK,
              String.format(Locale.ROOT, "the output is the scores of %d classes", channels)));
    }
    return Task.SEGMENTATION;
  }

  /** By its own name, one of Hugging Face's, or what its architecture is for. */
  private Optional<Task> configuredTask() {
    Optional<String> text = config.text("task");
    if (text.isPresent()) {
      for (Task task : Task.values()) {
        if (task.tag().equals(text.get())) {
          return Optional.of(task);
        }
      }
      return switch (text.get()) {
        case "semantic-segmentation" -> Optional.of(Task.SEGMENTATION);
        case "depth-estimation" -> Optional.of(Task.REGRESSION);
        default -> throw unknownTask(text.get());
      };
    }
    String architecture = config.texts("architectures").stream().findFirst().orElse("");
    if (architecture.endsWith("ForDepthEstimation")) {
      return Optional.of(Task.REGRESSION);
    }
    if (architecture.endsWith("ForImageSuperResolution")) {
      return Optional.of(Task.IMAGE);
    }
    return architecture.endsWith("Segmentation")
        ? Optional.of(Task.SEGMENTATION)
        : Optional.empty();
  }

  private UserError unknownTask(String found) {
    List<String> known =
        Stream.concat(
                Arrays.stream(Task.values()).map(Task::tag),
                Stream.of("semantic-segmentation", "depth-estimation"))
            .toList();
    String nearest = Nearest.of(found, known, 1).getFirst();
    return UserError.about(
        Knob.TASK,
        "%s: expected \"task\" to be one of %s, found \"%s\"; did you mean \"%s\"?"
            .formatted(config.path(), String.join(", ", known), found, nearest));
  }

  private OptionalInt ignored() {
    return options.ignored().isPresent()
        ? options.ignored()
        : config.whole("semantic_loss_ignore_index");
  }

  /** Whether scores are shares of something already. */
  private static boolean shares(SpatialOutput output, Ending ending) {
    return ending.kind() == Ending.Kind.SHARES || output.name().equals(QueryMasks.SCORES);
  }

  private Output scores(int channels, boolean shares) {
    if (channels > LabelMap.UNLABELLED) {
      throw tooManyClasses(channels);
    }
    List<String> classes =
        options
            .classes()
            .or(config::classes)
            .or(() -> written.filter(names -> names.size() == channels))
            .orElseGet(() -> numbered(channels));
    if (classes.size() != channels) {
      throw wrongClasses(channels, classes.size());
    }
    return new Output.ClassScores(classes, ignored(), false, shares);
  }

  private List<String> numbered(int classes) {
    assumed.add(
        Assumption.about(
            Knob.CLASSES,
            String.format(
                Locale.ROOT, "the classes are called \"class 0\" to \"class %d\"", classes - 1)));
    return IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }

  private UserError tooManyClasses(int found) {
    return new UserError(
        "%s: expected at most %d classes, found %d".formatted(file, LabelMap.UNLABELLED, found));
  }

  private UserError wrongClasses(int expected, int found) {
    return UserError.about(
        Knob.CLASSES,
        "%s: expected names for the output's %d classes, found %d; correct id2label in %s"
            .formatted(file, expected, found, Configuration.CONFIG));
  }

  private Output score(Ending ending) {
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
    OptionalDouble said =
        options.threshold().isPresent() ? options.threshold() : config.number("threshold");
    return new Output.SigmoidScore(
        classes, ignored(), said.isPresent() ? said.getAsDouble() : threshold(ending));
  }

  private double threshold(Ending ending) {
    return switch (ending.kind()) {
      case SHARES, PROBABILITIES -> 0.5;
      case SIGNED -> {
        assumed.add(
            Assumption.about(
                Knob.THRESHOLD,
                "foreground begins above 0, since the score is of a hyperbolic tangent"));
        yield 0;
      }
      case RAW -> {
        if (ending.clipped().isPresent()) {
          throw unknownThreshold();
        }
        assumed.add(
            Assumption.about(
                Knob.THRESHOLD,
                "foreground begins above 0, since the score is raw (no sigmoid makes it)"));
        yield 0;
      }
      case INDICES, OTHER -> throw unknownThreshold();
    };
  }

  private UserError unknownThreshold() {
    return UserError.about(
        Knob.THRESHOLD,
        "%s: the score above which foreground begins cannot be told from the network; set the threshold, or \"threshold\" in %s"
            .formatted(file, Configuration.CONFIG));
  }

  private Output labels(int channels, OptionalInt indexed) {
    if (channels != 1) {
      throw new UserError(
          "%s: expected class indices in 1 channel, found whole numbers in %d"
              .formatted(file, channels));
    }
    Optional<List<String>> classes = options.classes().or(config::classes);
    if (classes.isEmpty() && indexed.isEmpty()) {
      throw UserError.about(
          Knob.CLASSES,
          "%s: the output is class indices, and how many classes there are cannot be told from the network; name them, or id2label in %s"
              .formatted(file, Configuration.CONFIG));
    }
    List<String> named = classes.orElseGet(() -> numbered(indexed.getAsInt()));
    if (indexed.isPresent() && named.size() != indexed.getAsInt()) {
      throw wrongClasses(indexed.getAsInt(), named.size());
    }
    if (named.size() > LabelMap.UNLABELLED) {
      throw tooManyClasses(named.size());
    }
    return new Output.Labels(named, ignored());
  }

  private Output values(int channels) {
    if (channels > Output.Values.MOST_CHANNELS) {
      throw new UserError(
          "%s: expected numbers in 1 to %d channels, found %d"
              .formatted(file, Output.Values.MOST_CHANNELS, channels));
    }
    OptionalDouble said =
        options.targetScale().isPresent() ? options.targetScale() : config.number("target_scale");
    double scale = said.orElse(1);
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw UserError.about(
          Knob.TARGET_SCALE,
          "%s: expected a factor above 0 for the numbers of targets, found %s"
              .formatted(file, scale));
    }
    if (said.isEmpty()) {
      assumed.add(
          Assumption.about(
              Knob.TARGET_SCALE, "the numbers of target files are in the output's own terms"));
    }
    assumed.add(Assumption.of("a pixel of 0 in a target file has no value"));
    return new Output.Values(channels, scale);
  }

  private Output image(int channels, Ending ending) {
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
    return new Output.Image(range.orElseGet(() -> range(ending)));
  }

  private Range range(Ending ending) {
    return switch (ending.kind()) {
      case SIGNED -> new Range(-1, 1);
      case PROBABILITIES -> new Range(0, 1);
      default -> {
        Range clipped =
            ending
                .clipped()
                .orElseThrow(
                    () ->
                        UserError.about(
                            Knob.RANGE,
                            "%s: the output's range is unknown; set the values of black and full brightness, or \"output_range\" in %s"
                                .formatted(file, Configuration.CONFIG)));
        assumed.add(
            Assumption.about(
                Knob.RANGE,
                "black is %s and full brightness %s, where the network cuts its output off"
                    .formatted(clipped.low(), clipped.high())));
        yield clipped;
      }
    };
  }

  /** The file as it would say alone what has been settled here. */
  byte[] file(Output output, String outputName) {
    ObjectNode after = config.copy();
    after.put("task", output.task().tag()).put("output_name", outputName);
    after.put(SIZE, size().name().toLowerCase(Locale.ROOT));
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
      case Output.Labels labels -> {
        name(after, labels.classes());
        labels.ignored().ifPresent(i -> after.put("semantic_loss_ignore_index", i));
      }
      case Output.Values values -> after.put("target_scale", values.targetScale());
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
