package org.compnn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The numbers of one network: weights with Adam's two moments, and running statistics. They come
 * into being when a network first asks for them.
 */
final class Parameters implements AutoCloseable {
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final String STEPS = "steps";

  private final NDManager manager;
  private final Random random;
  private final boolean heInit;
  private final Map<String, Weight> weights = new LinkedHashMap<>();
  private final Map<String, NDArray> statistics = new LinkedHashMap<>();
  private Map<String, Tensor> restored = Map.of();
  private int steps;

  private record Weight(NDArray value, NDArray mean, NDArray variance) {}

  /**
   * Numbers out of memory.
   *
   * @param shape its axes
   * @param values in C order
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by identity; a tensor is no map key.
  record Tensor(long[] shape, float[] values) {}

  /**
   * @param heInit whether weights start as He's normal numbers for their fan-in, else with a
   *     deviation of 0.02 as Pix2Pix has it
   */
  Parameters(NDManager manager, long seed, boolean heInit) {
    this.manager = manager.newSubManager();
    this.heInit = heInit;
    random = new Random(seed);
  }

  /** A convolution's weights; the first axis is the output's. */
  NDArray kernel(String name, Shape shape) {
    double fan = (double) shape.size() / shape.get(0);
    double deviation = heInit ? Math.sqrt(2 / fan) : 0.02;
    return weight(name, shape, 0, deviation);
  }

  /** A vector of weights that starts as one number. */
  NDArray vector(String name, long length, double start) {
    return weight(name, new Shape(length), start, 0);
  }

  private NDArray weight(String name, Shape shape, double mean, double deviation) {
    Weight known = weights.get(name);
    if (known == null) {
      NDArray value = array(name, shape, mean, deviation);
      value.setRequiresGradient(true);
      known =
          new Weight(
              value, array(name + "/mean", shape, 0, 0), array(name + "/variance", shape, 0, 0));
      weights.put(name, known);
    }
    return known.value();
  }

  /** A vector that is no weight: running means and variances. */
  NDArray statistic(String name, long length, double start) {
    NDArray known = statistics.get(name);
    if (known == null) {
      known = array(name, new Shape(length), start, 0);
      statistics.put(name, known);
    }
    return known;
  }

  private NDArray array(String name, Shape shape, double mean, double deviation) {
    Tensor tensor = restored.get(name);
    if (tensor != null) {
      return manager.create(tensor.values(), new Shape(tensor.shape()));
    }
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation == 0 ? mean : mean + deviation * random.nextGaussian());
    }
    return manager.create(values, shape);
  }

  /** Freezes or unfreezes all weights. */
  void learn(boolean learns) {
    weights.values().forEach(w -> w.value().setRequiresGradient(learns));
  }

  /**
   * Whether all gradients are numbers. To be asked after the gradients are there and before {@link
   * #step}.
   */
  boolean sound() {
    double sum = 0;
    for (Weight w : weights.values()) {
      try (NDArray gradient = w.value().getGradient();
          NDArray total = gradient.sum()) {
        sum += total.getFloat();
      }
    }
    return Double.isFinite(sum);
  }

  /** Clears the gradients without learning from them. */
  void forget() {
    for (Weight w : weights.values()) {
      try (NDArray gradient = w.value().getGradient()) {
        gradient.set(new float[Math.toIntExact(gradient.size())]);
      }
    }
  }

  /** The running statistics as they are now. */
  Map<String, Tensor> statistics() {
    Map<String, Tensor> now = new TreeMap<>();
    statistics.forEach((name, s) -> now.put(name, tensor(s)));
    return now;
  }

  /** Puts running statistics back to what they were; those that came later start anew. */
  void putBack(Map<String, Tensor> before) {
    statistics
        .entrySet()
        .removeIf(
            entry -> {
              Tensor tensor = before.get(entry.getKey());
              if (tensor == null) {
                entry.getValue().close();
                return true;
              }
              entry.getValue().set(tensor.values());
              return false;
            });
  }

  /** One step of Adam down the gradients, which it then clears. */
  void step(double rate, double beta1) {
    steps++;
    double bias = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(beta1, steps));
    for (Weight w : weights.values()) {
      try (NDArray gradient = w.value().getGradient()) {
        w.value()
            .getNDArrayInternal()
            .adamUpdate(
                new NDList(w.value(), gradient, w.mean(), w.variance()),
                new NDList(w.value()),
                (float) rate,
                (float) (rate * bias),
                0,
                1,
                -1,
                (float) beta1,
                BETA2,
                EPSILON,
                false,
                false);
      }
    }
  }

  /** The trained numbers under their names, without Adam's. */
  Map<String, Tensor> values() {
    Map<String, Tensor> values = new TreeMap<>();
    // A training that was over when it was taken up again has asked for nothing yet.
    restored.forEach(
        (name, tensor) -> {
          if (!name.contains("/") && !name.equals(STEPS)) {
            values.put(name, tensor);
          }
        });
    weights.forEach((name, w) -> values.put(name, tensor(w.value())));
    statistics.forEach((name, s) -> values.put(name, tensor(s)));
    return values;
  }

  /** Everything that a later run needs to go on. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new TreeMap<>(values());
    weights.forEach(
        (name, w) -> {
          state.put(name + "/mean", tensor(w.mean()));
          state.put(name + "/variance", tensor(w.variance()));
        });
    state.put(STEPS, new Tensor(new long[] {1}, new float[] {steps}));
    return state;
  }

  /** Goes on from a state; to be called before the network runs. */
  void restore(Map<String, Tensor> state) {
    restored = Map.copyOf(state);
    Tensor count = state.get(STEPS);
    steps = count == null ? 0 : (int) count.values()[0];
  }

  private static Tensor tensor(NDArray array) {
    return new Tensor(array.getShape().getShape(), array.toFloatArray());
  }

  /** How many numbers are trained. */
  long size() {
    return weights.values().stream().mapToLong(w -> w.value().size()).sum();
  }

  @Override
  public void close() {
    manager.close();
  }
}
