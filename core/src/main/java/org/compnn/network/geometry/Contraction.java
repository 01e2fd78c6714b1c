package org.compnn.network.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.compnn.network.geometry.Factor.Kind;
import org.compnn.network.geometry.Sees.Everything;
import org.compnn.network.geometry.Sees.Nothing;
import org.compnn.network.geometry.Sees.Tokens;
import org.compnn.network.graph.Attributes;
import org.compnn.network.graph.TensorType;
import org.compnn.network.graph.Tensors;
import org.compnn.network.onnx.NodeProto;

/**
 * Products of two tensors summed over an axis. With weights each cell stays by itself. In attention
 * the first operand's cells are those that look and stay where they are; the other's are looked at,
 * and the sum over them sees all.
 */
final class Contraction {
  private static final Set<String> ALL =
      Set.of("MatMul", "Gemm", "Einsum", "MatMulInteger", "QLinearMatMul");

  private final NodeProto node;
  private final Tensors tensors;
  private final Function<String, Sees> sees;
  private final Function<String, Optional<TensorType>> types;

  Contraction(
      NodeProto node,
      Tensors tensors,
      Function<String, Sees> sees,
      Function<String, Optional<TensorType>> types) {
    this.node = node;
    this.tensors = tensors;
    this.sees = sees;
    this.types = types;
  }

  static boolean contains(String operator) {
    return ALL.contains(operator);
  }

  /** An operand: what it sees, how it lies where it has cells, a label for each axis. */
  private record Operand(Sees sees, Optional<Tokens> tokens, String labels) {
    Optional<Axis> axis(char label) {
      int at = labels.indexOf(label);
      return at < 0 ? Optional.empty() : tokens.map(t -> t.layout().axes().get(at));
    }
  }

  Sees sees() {
    int other = node.getOpType().equals("QLinearMatMul") ? 3 : 1;
    Optional<TensorType> out = tensors.type(node.getOutput(0)).filter(TensorType::known);
    if (node.getInputCount() <= other || out.isEmpty()) {
      return new Everything();
    }
    Optional<TensorType> one = types.apply(node.getInput(0));
    Optional<TensorType> two = types.apply(node.getInput(other));
    Optional<List<String>> labels = labels(one, two, out.get());
    if (labels.isEmpty()) {
      return new Everything();
    }
    Operand first = operand(node.getInput(0), one, labels.get().get(0));
    Operand second = operand(node.getInput(other), two, labels.get().get(1));
    String result = labels.get().get(2);
    if ((first.tokens().isEmpty() && second.tokens().isEmpty())
        || result.length() != out.get().rank()) {
      return new Everything();
    }
    return joined(first, second, result, out.get());
  }

  private Operand operand(String tensor, Optional<TensorType> type, String labels) {
    Sees seen = sees.apply(tensor);
    Optional<Tokens> tokens =
        type.flatMap(t -> TokenOperator.of(seen, t))
            .filter(t -> t.layout().rank() == labels.length());
    return new Operand(seen, tokens, labels);
  }

  private Optional<List<String>> labels(
      Optional<TensorType> one, Optional<TensorType> two, TensorType out) {
    if (node.getOpType().equals("Einsum")) {
      return einsum();
    }
    // What has no type is a weight, and a matrix.
    int first = one.map(TensorType::rank).orElse(2);
    int second = two.map(TensorType::rank).orElse(2);
    if (node.getOpType().equals("Gemm")) {
      return Optional.of(
          List.of(
              Attributes.number(node, "transA", 0) == 1 ? "km" : "mk",
              Attributes.number(node, "transB", 0) == 1 ? "nk" : "kn",
              "mn"));
    }
    if (first < 2 || second < 1 || out.rank() > 16) {
      return Optional.empty();
    }
    String batch = "ABCDEFGHIJKLMNOP".substring(0, Math.max(0, Math.max(first, second) - 2));
    return Optional.of(
        List.of(
            batch.substring(batch.length() - (first - 2)) + "mk",
            second == 1 ? "k" : batch.substring(batch.length() - (second - 2)) + "kn",
            batch + (second == 1 ? "m" : "mn")));
  }

  private Optional<List<String>> einsum() {
    String equation = Attributes.text(node, "equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] operands = sides[0].split(",", -1);
    boolean plain = sides.length == 2 && operands.length == 2 && !equation.contains(".");
    return plain ? Optional.of(List.of(operands[0], operands[1], sides[1])) : Optional.empty();
  }

  private Sees joined(Operand first, Operand second, String result, TensorType out) {
    // Whoever has cells that the result keeps is the one that looks.
    boolean turned = !keeps(first, result) && keeps(second, result);
    Operand looks = turned ? second : first;
    Operand seen = turned ? first : second;
    if (looks.tokens().isEmpty()) {
      return new Everything();
    }
    Tokens own = looks.tokens().get();
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < result.length(); i++) {
      axes.add(axis(looks, seen, result.charAt(i), out.dim(i)));
    }
    Tokens made = own.as(own.layout().with(axes));
    boolean weights = seen.sees() instanceof Nothing;
    boolean mixes = !weights || summedOver(looks, result);
    return made.layout().fits(out) ? (mixes ? made.blurred() : made).plainly() : new Everything();
  }

  private static boolean keeps(Operand operand, String result) {
    return operand.tokens().isPresent()
        && result.chars().anyMatch(l -> operand.axis((char) l).filter(Axis::spatial).isPresent());
  }

  private static boolean summedOver(Operand operand, String result) {
    return operand
        .labels()
        .chars()
        .filter(l -> result.indexOf(l) < 0)
        .anyMatch(
            l -> operand.axis((char) l).filter(a -> a.spatial() || a.has(Kind.KEY)).isPresent());
  }

  private static Axis axis(Operand looks, Operand seen, char label, long size) {
    Optional<Axis> own = looks.axis(label).filter(a -> a.size() == size);
    Optional<Axis> others = seen.axis(label).filter(a -> a.size() == size);
    if (own.isPresent()) {
      // Windows that both have may be counted in one of them alone.
      boolean better = !own.get().spatial() && others.filter(Axis::spatial).isPresent();
      return better ? others.get().keyed() : own.get();
    }
    return others.map(Axis::keyed).orElse(Axis.other(size));
  }
}
