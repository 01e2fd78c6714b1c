package org.compnn.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.compnn.image.PictureSize;
import org.compnn.image.Resample;
import org.compnn.network.graph.OnnxFile;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How pictures become a network's input, by what the files beside it and a user's options say
 * together; options win. What neither says is assumed, and told.
 */
final class InputSettings {
  private static final double BYTE = 1.0 / 255;

  /** The size that a database's own copy says, where its {@code size} is a rule and no size. */
  private static final String INPUT_SIZE = "input_size";

  /** What was assumed when a database was made, in its own copy. */
  private static final String ASSUMED = "assumed";

  private final Path file;
  private final Configuration said;
  private final NetworkOptions options;
  private final List<Assumption> assumed = new ArrayList<>();

  private InputSettings(Path file, Configuration said, NetworkOptions options) {
    this.file = file;
    this.said = said;
    this.options = options;
  }

  static InputSettings beside(OnnxFile file, NetworkOptions options) {
    Configuration said = BesideModel.preprocessor(file);
    ProcessorKeys.check(said);
    return new InputSettings(file.path(), said, options);
  }

  /** What neither files nor options said, and what was settled between them. */
  List<Assumption> assumed() {
    return List.copyOf(assumed);
  }

  /**
   * The same output, of training labels that are one more than the classes' numbers where the file
   * says so.
   */
  Output reduced(Output output) {
    if (!said.flag("do_reduce_labels", said.flag("reduce_labels", false))) {
      return output;
    }
    return switch (output) {
      case Output.ClassScores scores ->
          new Output.ClassScores(scores.classes(), scores.ignored(), true, scores.shares());
      case Output.Labels labels -> new Output.Labels(labels.classes(), labels.ignored(), true);
      case Output.SigmoidScore _, Output.Image _, Output.Values _ -> output;
    };
  }

  /** The windows that the network is run at, where it is not run at the picture's own size. */
  Optional<Tiling> tiling() {
    return options.tiling().or(this::configuredTiling);
  }

  /** What the file says; a window that only pads its own size says nothing about another. */
  private Optional<Tiling> configuredTiling() {
    Optional<Size> of = said.size(INPUT_SIZE).or(() -> FramingRules.of(said).size());
    return said.tiling()
        .filter(
            t ->
                options.size().isEmpty()
                    || options.size().equals(of)
                    || of.isEmpty()
                    || t.window().height() < of.get().height()
                    || t.window().width() < of.get().width());
  }

  /** What inputs hold that are the same for all pictures, by name. */
  Map<String, Double> inputNumbers() {
    Map<String, Double> numbers = new TreeMap<>(said.numbersByName(Configuration.INPUTS));
    numbers.putAll(options.inputs());
    return numbers;
  }

  /** What lies beyond a picture. */
  Padding padding() {
    return options.padding().or(said::padding).orElse(Padding.EDGE);
  }

  /**
   * Settles it.
   *
   * @param mostCommon the size that most pictures have; asked only if the size of the input hangs
   *     on it
   */
  Preprocessing preprocessing(PictureInput input, Supplier<Optional<PictureSize>> mostCommon) {
    assumed.clear();
    said.texts(ASSUMED).forEach(line -> assumed.add(Assumption.of(line)));
    Framing framing = FramingRules.of(said).framing();
    boolean resize =
        options.size().isPresent()
            || said.flag("do_resize", true)
            || !framing.equals(Framing.WHOLE);
    Size size = size(input, framing, mostCommon);
    boolean normalise = said.flag("do_normalize", said.has("image_mean"));
    if (normalise && !said.has("image_mean") && options.mean().isEmpty()) {
      throw UserError.about(
          Knob.MEAN,
          said.path()
              + ": expected image_mean and image_std, since do_normalize is true and the class that"
              + " preprocesses is not known; add them");
    }
    List<Double> mean = channels(input, "image_mean", options.mean(), normalise, 0);
    if (said.flag("rescale_offset", false) && options.mean().isEmpty()) {
      mean = mean.stream().map(m -> m + 1).toList();
    }
    if (options.mean().isEmpty() && !said.has("do_normalize") && !normalise) {
      assumed.add(
          Assumption.about(
              Knob.MEAN, "no mean is subtracted, and nothing divided by a standard deviation"));
    }
    boolean flipped = said.flag("do_flip_channel_order", false);
    if (said.isEmpty() && input.channels() == 3) {
      assumed.add(Assumption.of("the channels are red, green, blue"));
    }
    return new Preprocessing(
        size,
        resize,
        options.resample().or(said::resample).orElse(Resample.BILINEAR),
        scale(input),
        mean,
        positive(channels(input, "image_std", options.deviation(), normalise, 1)),
        input.channels() == 3 && flipped,
        framing);
  }

  private double scale(PictureInput input) {
    boolean bytes = input.asStored();
    if (options.scale().isPresent()) {
      return options.scale().getAsDouble();
    }
    boolean picture = input.parts().getFirst().kind() == InputPart.Kind.PICTURE;
    if (picture
        && !said.has("do_rescale")
        && !said.has("rescale_factor")
        && !said.has("image_mean")) {
      assumed.add(
          Assumption.about(
              Knob.SCALE,
              bytes
                  ? "pixel values go in as 0..255"
                  : "pixel values 0..255 are multiplied by 1/255"));
    }
    return said.flag("do_rescale", !bytes) ? said.number("rescale_factor").orElse(BYTE) : 1;
  }

  private Size size(
      PictureInput input, Framing framing, Supplier<Optional<PictureSize>> mostCommon) {
    Optional<Size> own = said.size(INPUT_SIZE);
    Optional<Size> wished = own.or(() -> FramingRules.of(said).size());
    boolean open = (input.rows() < 0 || input.columns() < 0) && options.size().isEmpty();
    if (open && wished.isEmpty() && !framing.equals(Framing.WHOLE)) {
      Optional<PictureSize> common = mostCommon.get();
      if (common.isEmpty()) {
        throw UserError.about(
            Knob.SIZE,
            file
                + ": the input size depends on the pictures, by "
                + said.path().getFileName()
                + "; set height and width");
      }
      wished = Optional.of(framing.suiting(common.get()));
      assumed.add(
          Assumption.about(
              Knob.SIZE,
              "all pictures share an input of %s, which suits those of %s; others are shrunk or padded"
                  .formatted(wished.get(), common.get())));
    }
    Size settled = input.settle(file, options.size(), wished);
    if (own.isEmpty() && options.size().isEmpty()) {
      wished
          .filter(w -> !w.equals(settled))
          .ifPresent(
              w ->
                  assumed.add(
                      Assumption.of(
                          "%s says %s, but the network takes %s alone: pictures are brought to that"
                              .formatted(said.path().getFileName(), w, settled))));
    }
    return settled;
  }

  private List<Double> channels(
      PictureInput input, String key, Optional<List<Double>> option, boolean used, double none) {
    List<Double> numbers =
        option.or(() -> used ? said.numbers(key) : Optional.empty()).orElse(List.of(none));
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

  /** {@code preprocessor_config.json} as it would say alone what has been settled here. */
  byte[] file(Preprocessing how, Canvas canvas, List<Assumption> all) {
    ObjectNode before = said.copy();
    if (how.framing().equals(Framing.WHOLE)) {
      before.put("do_resize", how.resize());
      size(before.putObject("size"), how.size());
    } else {
      size(before.putObject(INPUT_SIZE), how.size());
    }
    before.put("resample", how.resample().code());
    before.put("do_rescale", true).put("rescale_factor", how.scale());
    before.put("do_normalize", true).put("do_flip_channel_order", how.flipped());
    before.remove("rescale_offset");
    ArrayNode mean = before.putArray("image_mean");
    how.mean().forEach(mean::add);
    ArrayNode deviation = before.putArray("image_std");
    how.deviation().forEach(deviation::add);
    if (!all.isEmpty()) {
      ArrayNode lines = before.putArray(ASSUMED);
      all.forEach(each -> lines.add(each.what()));
    }
    canvas.note(before);
    Map<String, Double> numbers = inputNumbers();
    if (!numbers.isEmpty()) {
      ObjectNode inputs = before.putObject(Configuration.INPUTS);
      numbers.forEach(inputs::put);
    }
    return Configuration.bytes(before);
  }

  private static void size(ObjectNode node, Size size) {
    node.put("height", size.height()).put("width", size.width());
  }
}
