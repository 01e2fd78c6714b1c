package org.compnn.network;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.onnx.StringStringEntryProto;
import org.compnn.problem.UserError;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what is said about a network's input, and puts it in the words of {@code
 * preprocessor_config.json}: that file itself, {@code processor_config.json}, timm's {@code
 * pretrained_cfg} in {@code config.json}, or what Ultralytics writes into the model.
 */
final class BesideModel {
  private static final String PROCESSOR = "processor_config.json";
  private static final String NESTED = "image_processor";

  private BesideModel() {}

  /** The first that there is, with the defaults of its class; an empty one if there is none. */
  static Configuration preprocessor(OnnxFile file) {
    Path own = file.folder().resolve(Configuration.PREPROCESSOR);
    Configuration found = nested(Configuration.read(own));
    if (found.isEmpty()) {
      Configuration processor = Configuration.read(file.folder().resolve(PROCESSOR));
      found = processor.has(NESTED) ? nested(processor) : found;
    }
    if (found.isEmpty()) {
      Configuration config = Configuration.read(file.folder().resolve(Configuration.CONFIG));
      found = config.object("pretrained_cfg").map(BesideModel::timm).orElse(found);
    }
    if (found.isEmpty()) {
      found = ultralytics(file).orElse(found);
    }
    return found.over(found.type().flatMap(ImageProcessors::defaults));
  }

  private static Configuration nested(Configuration file) {
    return file.object(NESTED).orElse(file);
  }

  /** What timm's own evaluation does: its {@code crop_pct} is the share that the crop keeps. */
  private static Configuration timm(Configuration given) {
    List<Double> input = given.numbers("input_size").orElse(List.of(3.0, 224.0, 224.0));
    if (input.size() != 3) {
      throw given.wrong("input_size", "channels, rows and columns");
    }
    int height = input.get(1).intValue();
    int width = input.get(2).intValue();
    double share = given.number("crop_pct").orElse(0.875);
    String mode = given.text("crop_mode").orElse("center");
    ObjectNode said = JsonMapper.builder().build().createObjectNode();
    ObjectNode size = said.putObject("size");
    switch (mode) {
      case "center" -> {
        if (height != width) {
          throw given.wrong("input_size", "square where crop_mode is \"center\"");
        }
        size.put("shortest_edge", (int) (height / share));
      }
      case "squash" -> {
        size.put("height", (int) (height / share));
        size.put("width", (int) (width / share));
      }
      default -> throw given.wrong("crop_mode", "\"center\" or \"squash\"");
    }
    said.put("do_center_crop", true);
    said.putObject("crop_size").put("height", height).put("width", width);
    said.put("resample", given.text("interpolation").orElse("bilinear"));
    numbers(said, "image_mean", given.numbers("mean").orElse(List.of(0.485, 0.456, 0.406)));
    numbers(said, "image_std", given.numbers("std").orElse(List.of(0.229, 0.224, 0.225)));
    return given.instead(said);
  }

  private static void numbers(ObjectNode into, String key, List<Double> numbers) {
    ArrayNode array = into.putArray(key);
    numbers.forEach(array::add);
  }

  /** The metadata of an ONNX model. */
  private static Map<String, String> metadata(OnnxFile file) {
    return file.graph().model().getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(
                StringStringEntryProto::getKey, StringStringEntryProto::getValue, (a, _) -> a));
  }

  private static boolean byUltralytics(Map<String, String> metadata) {
    return metadata.containsKey("imgsz")
        && metadata.containsKey("stride")
        && metadata.containsKey("names");
  }

  /** A letterbox: in proportion into the middle of the input, grey around it. */
  private static Optional<Configuration> ultralytics(OnnxFile file) {
    Map<String, String> metadata = metadata(file);
    if (!byUltralytics(metadata)) {
      return Optional.empty();
    }
    List<Integer> size = wholes(file, metadata.getOrDefault("imgsz", ""));
    ObjectNode said = JsonMapper.builder().build().createObjectNode();
    said.putObject("size").put("height", size.getFirst()).put("width", size.getLast());
    said.put("resize_rule", "letterbox").put("pad_rule", "grey");
    said.put("resample", "bilinear").put("do_normalize", false);
    return Optional.of(Configuration.of(file.path(), said));
  }

  private static List<Integer> wholes(OnnxFile file, String text) {
    try {
      List<Integer> numbers =
          Arrays.stream(text.replaceAll("[\\[\\]() ]", "").split(",", -1))
              .map(Integer::valueOf)
              .toList();
      if (numbers.size() <= 2) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new UserError(
        "%s: expected imgsz in the model's metadata to be rows and columns, found %s"
            .formatted(file.path(), text));
  }

  /** The classes' names that Ultralytics writes: a Python dictionary from number to name. */
  static Optional<List<String>> classes(OnnxFile file) {
    Map<String, String> metadata = metadata(file);
    if (!byUltralytics(metadata)) {
      return Optional.empty();
    }
    List<String> names = PythonNames.read(metadata.getOrDefault("names", ""));
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }
}
