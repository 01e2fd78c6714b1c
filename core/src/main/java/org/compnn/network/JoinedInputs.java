package org.compnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.compnn.network.graph.InputEdit;
import org.compnn.network.graph.InputEdit.Planes;
import org.compnn.network.graph.OnnxFile;
import org.compnn.network.onnx.TensorProto.DataType;
import org.compnn.network.onnx.TensorShapeProto.Dimension;
import org.compnn.network.onnx.ValueInfoProto;
import org.compnn.problem.Knob;
import org.compnn.problem.UserError;

/**
 * A network's inputs as one: those that hold a number said once and for all are weights, further
 * ones over the picture's pixels are further channels of its input.
 *
 * @param file the model with a single input
 * @param main the input of the picture, as it is in the file
 * @param parts what the channels of the single input are, the picture's first
 */
record JoinedInputs(OnnxFile file, Planes main, List<InputPart> parts) {
  /** A picture of more channels than a spectrometer has is none. */
  private static final long MOST_CHANNELS = 1024;

  JoinedInputs {
    parts = List.copyOf(parts);
  }

  /**
   * Joins the inputs.
   *
   * @param numbers what inputs hold that are always the same, by name
   */
  static JoinedInputs of(OnnxFile read, Map<String, Double> numbers) {
    List<ValueInfoProto> all = inputs(read);
    for (String name : numbers.keySet()) {
      if (all.stream().noneMatch(i -> i.getName().equals(name) && settles(i))) {
        throw UserError.about(
            Knob.INPUT,
            "%s: expected an input that takes a number, found no '%s' among %s"
                .formatted(read.path(), name, described(all)));
      }
    }
    OnnxFile file =
        numbers.isEmpty() ? read : read.with(InputEdit.settled(read.graph().model(), numbers));
    List<ValueInfoProto> left = inputs(file);
    List<Planes> planes = new ArrayList<>();
    for (ValueInfoProto input : left) {
      planes.add(planes(file, input, left));
    }
    if (planes.isEmpty()) {
      throw new UserError(
          "%s: expected an input for a picture, found none among %s"
              .formatted(file.path(), described(all)));
    }
    Planes main =
        planes.stream()
            .filter(p -> p.channels() == 3 && pixels(p.element()))
            .findFirst()
            .orElse(planes.getFirst());
    if (!pixels(main.element())) {
      throw new UserError(
          "%s: expected an input of float32, float16, float64 or uint8 for the picture, found %s"
              .formatted(file.path(), described(all)));
    }
    planes.remove(main);
    planes.addFirst(main);
    List<InputPart> parts = new ArrayList<>();
    for (Planes each : planes) {
      parts.add(new InputPart(each.tensor(), kind(each, main), each.channels()));
    }
    if (planes.size() == 1) {
      return new JoinedInputs(file, main, parts);
    }
    checkSizes(file, left);
    return new JoinedInputs(
        file.with(InputEdit.joined(file.graph().model(), planes, main)), main, parts);
  }

  private static List<ValueInfoProto> inputs(OnnxFile file) {
    return file.graph().model().getGraph().getInputList().stream()
        .filter(i -> !file.graph().isInitializer(i.getName()))
        .toList();
  }

  private static InputPart.Kind kind(Planes part, Planes main) {
    if (part.channels() == 3 || (part.channels() == 1 && main.channels() == 1)) {
      return InputPart.Kind.PICTURE;
    }
    return part.channels() == 1 ? InputPart.Kind.MASK : InputPart.Kind.VALUES;
  }

  private static Planes planes(OnnxFile file, ValueInfoProto input, List<ValueInfoProto> all) {
    DataType element = element(input);
    List<Long> dims = dims(input);
    if (dims.size() != 4 || !fits(element)) {
      if (all.size() == 1) {
        throw new UserError(
            dims.size() != 4
                ? "%s: expected an input of four axes (batch, channels, rows, columns), found %s"
                    .formatted(file.path(), described(all))
                : "%s: expected an input of float32, float16, float64 or uint8, found %s"
                    .formatted(file.path(), described(all)));
      }
      throw UserError.about(
          Knob.INPUT,
          "%s: the input %s is no picture; say the number that it always holds, or export the network without it (inputs: %s)"
              .formatted(file.path(), input.getName(), described(all)));
    }
    boolean last = channelsLast(dims);
    long channels = dims.get(last ? 3 : 1);
    if (channels > MOST_CHANNELS) {
      throw new UserError(
          "%s: expected a picture of at most %d channels, found %s"
              .formatted(file.path(), MOST_CHANNELS, described(all)));
    }
    return new Planes(input.getName(), element, last, channels < 0 ? 3 : (int) channels);
  }

  /** Whether the channels are the last axis: 1 or 3 tell, else they are fewer than rows. */
  private static boolean channelsLast(List<Long> dims) {
    long first = dims.get(1);
    long last = dims.get(3);
    if (usual(first) || usual(last)) {
      return !usual(first);
    }
    if (first < 0 || last < 0) {
      return last >= 0;
    }
    return last < first && last <= MOST_CHANNELS;
  }

  private static boolean usual(long channels) {
    return channels == 1 || channels == 3;
  }

  private static void checkSizes(OnnxFile file, List<ValueInfoProto> inputs) {
    for (int axis = 0; axis < 2; axis++) {
      List<Long> fixed = new ArrayList<>();
      for (ValueInfoProto input : inputs) {
        List<Long> dims = dims(input);
        fixed.add(dims.get((channelsLast(dims) ? 1 : 2) + axis));
      }
      if (fixed.stream().filter(size -> size > 0).distinct().count() > 1) {
        throw new UserError(
            "%s: expected all inputs to have the rows and columns of the picture, found %s"
                .formatted(file.path(), described(inputs)));
      }
    }
  }

  private static boolean pixels(DataType element) {
    return switch (element) {
      case FLOAT, FLOAT16, DOUBLE, UINT8 -> true;
      default -> false;
    };
  }

  /** A mask may also be whole numbers or truths. */
  private static boolean fits(DataType element) {
    return switch (element) {
      case BOOL, INT64, INT32 -> true;
      default -> pixels(element);
    };
  }

  private static boolean settles(ValueInfoProto input) {
    return InputEdit.canSettle(element(input));
  }

  private static DataType element(ValueInfoProto input) {
    DataType element = DataType.forNumber(input.getType().getTensorType().getElemType());
    return element == null ? DataType.UNDEFINED : element;
  }

  static List<Long> dims(ValueInfoProto input) {
    return input.getType().getTensorType().getShape().getDimList().stream()
        .map(JoinedInputs::size)
        .toList();
  }

  private static long size(Dimension dimension) {
    return dimension.getDimValue() > 0 ? dimension.getDimValue() : -1;
  }

  private static String described(List<ValueInfoProto> inputs) {
    List<String> words = new ArrayList<>();
    for (ValueInfoProto input : inputs) {
      words.add(
          "%s (%s %s)"
              .formatted(
                  input.getName(),
                  element(input).name().toLowerCase(Locale.ROOT),
                  dims(input).toString().replace("-1", "free")));
    }
    return String.join(", ", words);
  }
}
