package org.compnn.train;

import java.util.List;

/**
 * What networks are made of. A network says once what it does with these; it is then run on arrays
 * to be trained, and run on names to be written as ONNX.
 *
 * @param <T> a tensor of batch x channels x rows x columns, or what stands for one
 */
interface Ops<T> {
  /**
   * A square convolution with zero padding.
   *
   * @param name of its weights, unique in the network
   * @param channels of its output
   */
  T conv(String name, T x, int channels, int kernel, int stride, int padding, boolean bias);

  /** The transposed convolution that doubles rows and columns: 4 x 4, stride 2, padding 1. */
  T doubling(String name, T x, int channels, boolean bias);

  /** Batch normalisation with a scale and a shift for each channel. */
  T norm(String name, T x);

  T relu(T x);

  /** Leaky ReLU of slope 0.2. */
  T leaky(T x);

  T tanh(T x);

  /** Joins the channels of two tensors. */
  T join(T a, T b);

  /** Sets half of the numbers to 0 and doubles the others while training; nothing afterwards. */
  T dropout(T x);

  /** The maximum of every 2 x 2 block, and where it was. */
  Pooled<T> pool(T x);

  /**
   * Puts every number where the pooling found its maximum, the first of equals, and 0 elsewhere.
   */
  T unpool(T x, Pooled<T> from);

  /** Repeats every number in 2 x 2. */
  T enlarge(T x);

  /**
   * What pooling gives.
   *
   * @param values the maxima
   * @param places where they were, in the terms of whoever computes
   */
  record Pooled<T>(T values, List<T> places) {}
}
