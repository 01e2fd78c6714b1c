package org.compnn.network.graph;

import java.util.Optional;
import org.compnn.network.onnx.AttributeProto;
import org.compnn.network.onnx.NodeProto;
import org.compnn.network.onnx.TensorProto;

/** The attributes of a node, by name. */
public final class Attributes {
  private Attributes() {}

  private static Optional<AttributeProto> find(NodeProto node, String name) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  public static boolean has(NodeProto node, String name) {
    return find(node, name).isPresent();
  }

  public static long number(NodeProto node, String name, long otherwise) {
    return find(node, name).map(AttributeProto::getI).orElse(otherwise);
  }

  public static String text(NodeProto node, String name, String otherwise) {
    return find(node, name).map(a -> a.getS().toStringUtf8()).orElse(otherwise);
  }

  public static Optional<long[]> numbers(NodeProto node, String name) {
    return find(node, name).map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  /** A list of numbers, each the same where the node does not say them. */
  public static long[] numbers(NodeProto node, String name, int count, long otherwise) {
    long[] found = numbers(node, name).orElse(new long[0]);
    if (found.length == count) {
      return found;
    }
    long[] same = new long[count];
    java.util.Arrays.fill(same, otherwise);
    return same;
  }

  /** A single real number. */
  public static Optional<Double> real(NodeProto node, String name) {
    return find(node, name).map(a -> (double) a.getF());
  }

  public static Optional<double[]> reals(NodeProto node, String name) {
    return find(node, name)
        .map(a -> a.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray());
  }

  static Optional<TensorProto> tensor(NodeProto node, String name) {
    return find(node, name).filter(AttributeProto::hasT).map(AttributeProto::getT);
  }
}
