package org.compnn.network.graph;

import java.util.Map;
import java.util.Optional;

/**
 * What a graph's tensors are for an input of one shape: their types, and the numbers of the small
 * ones that do not depend on the picture. Immutable.
 */
public final class Tensors {
  /** Parameters of operators are a handful of numbers; what is larger is a weight. */
  public static final int MOST_NUMBERS = 4096;

  private final Graph graph;
  private final Map<String, TensorType> types;
  private final Map<String, double[]> numbers;

  /**
   * Notes what has been found out.
   *
   * @param numbers by tensor, flat; what is written in the graph need not be among them
   */
  public Tensors(Graph graph, Map<String, TensorType> types, Map<String, double[]> numbers) {
    this.graph = graph;
    this.types = Map.copyOf(types);
    this.numbers = Map.copyOf(numbers);
  }

  /** A tensor's type, where it is a tensor and its shape is settled. */
  public Optional<TensorType> type(String tensor) {
    return Optional.ofNullable(types.get(tensor));
  }

  /** A small tensor's numbers where they do not depend on the picture, flat. */
  public Optional<double[]> numbers(String tensor) {
    return graph.numbers(tensor).or(() -> Optional.ofNullable(numbers.get(tensor)));
  }
}
