package org.compnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime must see the network that PyTorch trained. */
final class OnnxOpsTest {
  @BeforeAll
  static void start() {
    OnPytorch.start();
  }

  /** A network of one operation or few, to test each by itself. */
  private record Enlarging() implements Architecture {
    @Override
    public <T> T forward(Ops<T> ops, T input) {
      return ops.relu(ops.enlarge(ops.conv("first", input, 4, 3, 1, 1, true)));
    }

    @Override
    public String name() {
      return "enlarging";
    }

    @Override
    public int multiple() {
      return 1;
    }
  }

  private record Doubling() implements Architecture {
    @Override
    public <T> T forward(Ops<T> ops, T input) {
      return ops.doubling("only", input, 5, true);
    }

    @Override
    public String name() {
      return "doubling";
    }

    @Override
    public int multiple() {
      return 1;
    }
  }

  static Stream<Architecture> networks() {
    return Stream.of(
        new UNet(4, 4, 3),
        new UNet(2, 7, 3),
        new PatchGan(4, 2),
        SegNet.basic(6, 7, 3, 5),
        SegNet.basic(5, 3, 2, 4),
        SegNet.vgg16(2, 3),
        new Enlarging(),
        new Doubling());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theExportedNetworkGivesWhatTheTrainedOneGives(Architecture network) throws OrtException {
    int rows = network.multiple() * (network.multiple() > 64 ? 1 : 2);
    int side = Math.max(rows, 16);
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 3, true)) {
      Random random = new Random(5);
      for (int step = 0; step < 3; step++) {
        learn(manager, network, parameters, noise(random, 2 * 3 * side * side), side);
      }
      float[] input = blotches(random, side);
      NDArray expected =
          network.forward(
              new TorchOps(parameters, false), manager.create(input, new Shape(2, 3, side, side)));
      int channels = (int) expected.getShape().get(1);
      byte[] onnx = OnnxOps.model(network, parameters.values(), "in", "out", side, side, channels);
      assertThat(run(onnx, input, side))
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(expected.toFloatArray());
    }
  }

  @Test
  void aDoublingIsTheSumThatATransposedConvolutionIs() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 8, true)) {
      float[] x = noise(new Random(2), 2 * 5 * 4);
      float[] y =
          new TorchOps(parameters, false)
              .doubling("d", manager.create(x, new Shape(1, 2, 5, 4)), 3, false)
              .toFloatArray();
      float[] w =
          OnnxOps.transposed(Objects.requireNonNull(parameters.values().get("d.weight"))).values();
      float[] expected = new float[3 * 10 * 8];
      for (int in = 0; in < 2; in++) {
        for (int out = 0; out < 3; out++) {
          for (int at = 0; at < 20 * 16; at++) {
            int row = at / 16 / 4 * 2 + at % 16 / 4 - 1;
            int column = at / 16 % 4 * 2 + at % 4 - 1;
            if (row >= 0 && row < 10 && column >= 0 && column < 8) {
              expected[(out * 10 + row) * 8 + column] +=
                  x[in * 20 + at / 16] * w[(in * 3 + out) * 16 + at % 16];
            }
          }
        }
      }
      assertThat(y).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
    }
  }

  @Test
  void poolingLearnsFromTheFirstOfEqualsAndUnpoolsThere() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1, true)) {
      TorchOps ops = new TorchOps(parameters, true);
      NDArray x = manager.create(new float[] {1, 1, 0, 3, 1, 1, 2, 3}, new Shape(1, 1, 2, 4));
      x.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        Ops.Pooled<NDArray> pooled = ops.pool(x);
        assertThat(pooled.values().toFloatArray()).containsExactly(1, 3);
        assertThat(ops.unpool(pooled.values(), pooled).toFloatArray())
            .containsExactly(1, 0, 0, 3, 0, 0, 0, 0);
        gradients.backward(pooled.values().sum());
      }
      assertThat(x.getGradient().toFloatArray()).containsExactly(1, 0, 0, 1, 0, 0, 0, 0);
    }
  }

  /** So that running statistics and weights are no longer what they started as. */
  private static void learn(
      NDManager manager, Architecture network, Parameters parameters, float[] input, int side) {
    try (NDManager own = manager.newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = own.create(input, new Shape(2, 3, side, side));
      gradients.backward(network.forward(new TorchOps(parameters, true), x).square().mean());
    }
    parameters.step(0.01, 0.9);
  }

  private static float[] noise(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Flat areas among noise: pooling finds many equals there. */
  private static float[] blotches(Random random, int side) {
    float[] numbers = noise(random, 2 * 3 * side * side);
    for (int i = 0; i < numbers.length; i++) {
      if (i / 7 % 3 == 0 || i / side % 4 < 2) {
        numbers[i] = 0.25f;
      }
    }
    return numbers;
  }

  private static float[] run(byte[] onnx, float[] input, int side) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor x =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(input), new long[] {2, 3, side, side});
        OrtSession.Result result = session.run(Map.of("in", x))) {
      FloatBuffer out = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] numbers = new float[out.remaining()];
      out.get(numbers);
      assertThat(List.of(session.getOutputNames().toArray())).containsExactly("out");
      return numbers;
    }
  }
}
