package org.compnn.bench.networks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.image.Picture;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.Preprocessing;

/**
 * ONNX Runtime's own run of a network's file as it lies there, with its own settings: what the
 * output of ours is compared with.
 */
final class OriginalRun {
  private OriginalRun() {}

  /**
   * The greatest difference of two outputs, and the greatest number of the right one.
   *
   * @param labels share of pixels of one class in both, where the network answers with classes
   */
  record Difference(double most, double of, Optional<Double> labels) {
    /** Relative to the numbers' size. */
    double relative() {
      return most / Math.max(1e-12, of);
    }
  }

  /**
   * Runs the file on the picture that our run saw.
   *
   * @param file the model, unedited
   * @param input as the network saw it
   * @param ours our output
   * @return empty where the file has no output of our output's size: it was combined or enlarged
   */
  static Optional<Difference> compare(Network network, Path file, Picture input, FeatureMap ours)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> feed = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(file.toString(), options)) {
      for (Map.Entry<String, NodeInfo> entry : session.getInputInfo().entrySet()) {
        TensorInfo tensor = (TensorInfo) entry.getValue().getInfo();
        feed.put(entry.getKey(), tensor(environment, tensor, input, network.preprocessing()));
      }
      try (OrtSession.Result result = session.run(feed)) {
        Optional<OnnxValue> named = result.get(network.outputName());
        for (OnnxValue value : named.isPresent() ? List.of(named.get()) : values(result)) {
          Optional<Difference> found = difference((OnnxTensor) value, ours);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
    return Optional.empty();
  }

  private static List<OnnxValue> values(OrtSession.Result result) {
    List<OnnxValue> values = new ArrayList<>();
    result.forEach(entry -> values.add(entry.getValue()));
    return values;
  }

  /** The picture once for each entry of the batch; 1 or 3 channels, first or last. */
  static OnnxTensor tensor(
      OrtEnvironment environment, TensorInfo info, Picture input, Preprocessing preprocessing)
      throws OrtException {
    long[] shape = info.getShape();
    boolean last = shape.length == 4 && shape[3] <= 3 && shape[3] > 0 && shape[1] != 3;
    int channels = preprocessing.channels();
    int pixels = input.height() * input.width();
    int batch = (int) Math.max(1, shape[0]);
    FloatBuffer numbers = FloatBuffer.allocate(batch * channels * pixels);
    for (int n = 0; n < batch; n++) {
      for (int i = 0; i < channels * pixels; i++) {
        int pixel = last ? i / channels : i % pixels;
        int channel = last ? i % channels : i / pixels;
        numbers.put(number(input, pixel, channel, preprocessing));
      }
    }
    numbers.flip();
    long[] full =
        last
            ? new long[] {batch, input.height(), input.width(), channels}
            : new long[] {batch, channels, input.height(), input.width()};
    if (info.type == OnnxJavaType.UINT8) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(numbers.remaining());
      while (numbers.hasRemaining()) {
        bytes.put((byte) Math.round(numbers.get()));
      }
      return OnnxTensor.createTensor(environment, bytes.flip(), full, OnnxJavaType.UINT8);
    }
    if (info.type == OnnxJavaType.FLOAT16) {
      ByteBuffer halves =
          ByteBuffer.allocateDirect(numbers.remaining() * 2).order(ByteOrder.nativeOrder());
      while (numbers.hasRemaining()) {
        halves.putShort(Float.floatToFloat16(numbers.get()));
      }
      return OnnxTensor.createTensor(environment, halves.flip(), full, OnnxJavaType.FLOAT16);
    }
    return OnnxTensor.createTensor(environment, numbers, full);
  }

  private static float number(Picture input, int pixel, int channel, Preprocessing how) {
    int from = how.flipped() ? how.channels() - 1 - channel : channel;
    int value = input.rgb()[pixel * 3 + from] & 0xff;
    return (float) ((value * how.scale() - how.mean().get(channel)) / how.deviation().get(channel));
  }

  private static Optional<Difference> difference(OnnxTensor theirs, FeatureMap ours)
      throws OrtException {
    long[] shape = theirs.getInfo().getShape();
    int cells = ours.rows() * ours.columns();
    int channels = ours.channels();
    int count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      // The first of a batch is compared.
      count *= axis == 0 && shape.length > 3 ? 1 : (int) shape[axis];
    }
    double[] numbers = Numbers.of(theirs);
    if (count == cells && (channels > 1 || Numbers.whole(theirs))) {
      int same = 0;
      for (int cell = 0; cell < cells; cell++) {
        int best = 0;
        for (int c = 1; c < channels; c++) {
          if (ours.cells()[cell * channels + c] > ours.cells()[cell * channels + best]) {
            best = c;
          }
        }
        same += channels > 1 && best == (int) numbers[cell] ? 1 : 0;
      }
      double share = (double) same / cells;
      return Optional.of(new Difference(1 - share, 1, Optional.of(share)));
    }
    if (count != cells * channels) {
      return Optional.empty();
    }
    boolean last = shape.length == 4 && shape[3] == channels && shape[1] == ours.rows();
    double most = 0;
    double of = 0;
    for (int i = 0; i < count; i++) {
      int cell = last ? i / channels : i % cells;
      int channel = last ? i % channels : i / cells;
      double mine = ours.cells()[cell * channels + channel];
      most = Math.max(most, Math.abs(mine - numbers[i]));
      of = Math.max(of, Math.abs(numbers[i]));
    }
    return Optional.of(new Difference(most, of, Optional.empty()));
  }
}
