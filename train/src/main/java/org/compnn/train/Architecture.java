package org.compnn.train;

/** A network's structure. */
interface Architecture {
  /** Runs the network on a batch. */
  <T> T forward(Ops<T> ops, T input);

  /** The name that {@code config.json} carries. */
  String name();

  /** Rows and columns of the input must be multiples of this. */
  int multiple();
}
