package org.compnn.network;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.compnn.image.Resample;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.problem.UserError;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the preprocessing file beside a model and a user's options say together; options win. {@link
 * OutputSettings} has what is said of the output.
 */
final class Settings {
  private static final double BYTE = 1.0 / 255;

  private final Path file;
  private final Configuration preprocessor;
  private final NetworkOptions options;

  private Settings(Path file, Configuration preprocessor, NetworkOptions options) {
    this.file = file;
    this.preprocessor = preprocessor;
    this.options = options;
  }

  static Settings beside(OnnxFile file, NetworkOptions options) {
    return new Settings(
        file.path(),
        Configuration.read(file.folder().resolve(Configuration.PREPROCESSOR)),
        options);
  }

  /** The windows that the network is run at, where it is not run at the picture's own size. */
  Optional<Tiling> tiling() {
    return options.tiling().or(this::configuredTiling);
  }

  /** What the file says; a window that only pads its own size says nothing about another. */
  private Optional<Tiling> configuredTiling() {
    Optional<Size> of = preprocessor.size();
    return preprocessor
        .tiling()
        .filter(
            t ->
                options.size().isEmpty()
                    || options.size().equals(of)
                    || of.isEmpty()
                    || t.window().height() < of.get().height()
                    || t.window().width() < of.get().width());
  }

  /** What lies beyond a picture. */
  Padding padding() {
    return options.padding().or(preprocessor::padding).orElse(Padding.EDGE);
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

  /** The file as it would say alone what has been settled here. */
  byte[] file(Preprocessing how, Canvas canvas) {
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
    canvas.note(before);
    return Configuration.bytes(before);
  }
}
