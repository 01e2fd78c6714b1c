package org.compnn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs a network on arrays. */
final class TorchOps implements Ops<NDArray> {
  static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.9f;
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape NONE = new Shape(0, 0);

  /** Channels that a vector register holds; blocks of them are what convolutions work on. */
  private static final int BLOCK = 16;

  /** Pictures of so few channels have convolutions of their own, without blocks. */
  private static final int FEW = 3;

  private final Parameters parameters;
  private final boolean training;

  /**
   * @param training whether batches normalise themselves and dropout drops
   */
  TorchOps(Parameters parameters, boolean training) {
    this.parameters = parameters;
    this.training = training;
  }

  @Override
  public NDArray conv(
      String name, NDArray x, int channels, int kernel, int stride, int padding, boolean bias) {
    NDArray w =
        parameters.kernel(name + ".weight", new Shape(channels, channels(x), kernel, kernel));
    NDArray b = bias ? parameters.vector(name + ".bias", channels, 0) : null;
    return whole(x, w, b, new Shape(stride, stride), new Shape(padding, padding));
  }

  /**
   * A convolution of whole blocks of channels: zeros are joined to what is not a multiple of 16,
   * and their outputs are dropped. The library would fill such blocks up by itself; trainings with
   * blocks that it filled up have ended in gradients that were no numbers, those with whole blocks
   * have not.
   */
  private static NDArray whole(
      NDArray x, NDArray w, @Nullable NDArray b, Shape stride, Shape padding) {
    long outputs = w.getShape().get(0);
    long inputs = w.getShape().get(1);
    NDArray input = x;
    NDArray weights = w;
    NDManager manager = x.getManager();
    if (inputs > FEW) {
      input = filled(manager, input, 1);
      weights = filled(manager, weights, 1);
    }
    weights = filled(manager, weights, 0);
    NDArray bias = b == null ? null : filled(manager, b, 0);
    NDArray y =
        x.getNDArrayInternal()
            .convolution(input, weights, bias, stride, padding, ONE, 1)
            .singletonOrThrow();
    return y.getShape().get(1) == outputs ? y : y.get(new NDIndex(":, 0:" + outputs));
  }

  /** An array with zeros behind it up to the next whole block along one axis. */
  private static NDArray filled(NDManager manager, NDArray array, int axis) {
    long missing = Math.floorMod(-array.getShape().get(axis), (long) BLOCK);
    if (missing == 0) {
      return array;
    }
    long[] shape = array.getShape().getShape().clone();
    shape[axis] = missing;
    NDArray whole = array.concat(manager.zeros(new Shape(shape)), axis);
    // A weight's manager lives as long as the training.
    whole.attach(manager);
    return whole;
  }

  /**
   * A transposed convolution as four convolutions of 2 x 2, one for each of the four pixels that a
   * cell becomes: the same sums, without multiplying by the zeros between. {@link
   * OnnxOps#transposed} says which number goes where.
   */
  @Override
  public NDArray doubling(String name, NDArray x, int channels, boolean bias) {
    NDArray w = parameters.kernel(name + ".weight", new Shape(4L * channels, channels(x), 2, 2));
    long rows = x.getShape().get(2);
    long columns = x.getShape().get(3);
    NDArray all =
        whole(x, w, null, ONE, ONE)
            .reshape(x.getShape().get(0), 4, channels, rows + 1, columns + 1);
    NDArray[] part = new NDArray[4];
    for (int i = 0; i < 4; i++) {
      int down = i / 2;
      int right = i % 2;
      part[i] =
          all.get(
              new NDIndex(
                  String.format(
                      Locale.ROOT,
                      "%d:, %d, :, %d:%d, %d:%d",
                      0,
                      i,
                      down,
                      down + rows,
                      right,
                      right + columns)));
    }
    NDArray y = interleave(part[0], part[1], part[2], part[3]);
    if (bias) {
      // The first array of a sum owns the result, so it is never the weight's long-lived one.
      NDArray b = parameters.vector(name + ".bias", channels, 0);
      y = y.swapAxes(1, 3).add(b).swapAxes(1, 3);
    }
    return y;
  }

  @Override
  public NDArray norm(String name, NDArray x) {
    long channels = channels(x);
    return x.getNDArrayInternal()
        .batchNorm(
            x,
            parameters.statistic(name + ".mean", channels, 0),
            parameters.statistic(name + ".variance", channels, 1),
            parameters.vector(name + ".scale", channels, 1),
            parameters.vector(name + ".shift", channels, 0),
            1,
            MOMENTUM,
            EPSILON,
            training)
        .singletonOrThrow();
  }

  @Override
  public NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  @Override
  public NDArray leaky(NDArray x) {
    return x.getNDArrayInternal().leakyRelu(0.2f);
  }

  @Override
  public NDArray tanh(NDArray x) {
    return x.tanh();
  }

  @Override
  public NDArray join(NDArray a, NDArray b) {
    return a.concat(b, 1);
  }

  @Override
  public NDArray dropout(NDArray x) {
    return x.getNDArrayInternal().dropout(x, 0.5f, training).singletonOrThrow();
  }

  /** The places are four masks, of the upper left, upper right, lower left and lower right. */
  @Override
  public Pooled<NDArray> pool(NDArray x) {
    Shape shape = x.getShape();
    long rows = shape.get(2) / 2;
    long columns = shape.get(3) / 2;
    // Its gradient goes to the first of equals too, so the masks need none.
    NDArray values = x.getNDArrayInternal().maxPool(TWO, TWO, NONE, false);
    NDArray best = values.stopGradient();
    NDArray blocks = x.stopGradient().reshape(shape.get(0), shape.get(1), rows, 2, columns, 2);
    NDArray inA = equal(blocks, ":, :, :, 0, :, 0", best);
    NDArray inB = equal(blocks, ":, :, :, 0, :, 1", best).mul(rest(inA));
    NDArray inAb = inA.add(inB);
    NDArray inC = equal(blocks, ":, :, :, 1, :, 0", best).mul(rest(inAb));
    NDArray inD = rest(inAb.add(inC));
    return new Pooled<>(values, List.of(inA, inB, inC, inD));
  }

  private static NDArray equal(NDArray blocks, String place, NDArray best) {
    return blocks.get(place).eq(best).toType(best.getDataType(), false);
  }

  private static NDArray rest(NDArray mask) {
    return mask.mul(-1).add(1);
  }

  @Override
  public NDArray unpool(NDArray x, Pooled<NDArray> from) {
    List<NDArray> m = from.places();
    return interleave(x.mul(m.get(0)), x.mul(m.get(1)), x.mul(m.get(2)), x.mul(m.get(3)));
  }

  @Override
  public NDArray enlarge(NDArray x) {
    return interleave(x, x, x, x);
  }

  /** Makes every four numbers a 2 x 2 block. */
  private static NDArray interleave(NDArray a, NDArray b, NDArray c, NDArray d) {
    Shape s = a.getShape();
    NDArray stacked = stack(stack(a, b, 4), stack(c, d, 4), 3);
    return stacked.reshape(s.get(0), s.get(1), s.get(2) * 2, s.get(3) * 2);
  }

  private static NDArray stack(NDArray a, NDArray b, int axis) {
    return a.getNDArrayInternal().stack(new NDList(b), axis);
  }

  private static long channels(NDArray x) {
    return x.getShape().get(1);
  }
}
