package org.compnn.network.graph;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.compnn.network.onnx.NodeProto;

/** What depends on a picture's numbers, and what on its size alone. */
final class Varying {
  /** Their results are as long as the numbers make them. */
  private static final Set<String> COUNTING =
      Set.of("NonZero", "Unique", "Compress", "NonMaxSuppression", "StringSplit");

  /** From this input on, numbers say how large the result is. */
  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("Reshape", 1),
          Map.entry("Expand", 1),
          Map.entry("Tile", 1),
          Map.entry("Slice", 1),
          Map.entry("Pad", 1),
          Map.entry("Resize", 1),
          Map.entry("Upsample", 1),
          Map.entry("TopK", 1),
          Map.entry("Split", 1),
          Map.entry("ConstantOfShape", 0),
          Map.entry("Range", 0),
          Map.entry("If", 0));

  private Varying() {}

  static Set<String> of(Graph graph, String input) {
    Set<String> numbers = new HashSet<>(Set.of(input));
    Set<String> shapes = new HashSet<>();
    List<NodeProto> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      NodeProto node = nodes.get(i);
      Set<String> reads = graph.reads(i);
      boolean shape = node.getOpType().equals("Shape") || node.getOpType().equals("Size");
      if (!Collections.disjoint(reads, shape ? shapes : numbers)) {
        numbers.addAll(node.getOutputList());
      }
      if (!shape && (!Collections.disjoint(reads, shapes) || sized(node, reads, numbers))) {
        shapes.addAll(node.getOutputList());
      }
    }
    numbers.remove("");
    return numbers;
  }

  /** Whether numbers of the picture say how large the result is. */
  private static boolean sized(NodeProto node, Set<String> reads, Set<String> numbers) {
    if (COUNTING.contains(node.getOpType())) {
      return !Collections.disjoint(reads, numbers);
    }
    if (node.getOpType().equals("Loop")) {
      return node.getInputList().stream().limit(2).anyMatch(numbers::contains);
    }
    int from = SIZES.getOrDefault(node.getOpType(), Integer.MAX_VALUE);
    return node.getInputList().stream().skip(from).anyMatch(numbers::contains);
  }
}
