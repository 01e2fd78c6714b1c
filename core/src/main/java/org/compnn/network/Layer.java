package org.compnn.network;

import java.util.List;
import org.compnn.network.geometry.Geometry;

/**
 * A tensor inside a network that is a grid of cells, each a vector of channels: one with two
 * spatial axes, or tokens that were made of one.
 *
 * @param name the tensor's name in the ONNX file
 * @param operator the ONNX operator that makes it, such as {@code Conv}
 * @param aliases other names that find it: {@code bottleneck}, {@code penultimate}, the node's
 *     name, a short form
 * @param channels numbers a cell
 * @param vertical geometry along the rows
 * @param horizontal geometry along the columns
 */
public record Layer(
    String name,
    String operator,
    List<String> aliases,
    int channels,
    Geometry vertical,
    Geometry horizontal) {
  public Layer {
    aliases = List.copyOf(aliases);
  }

  /** The same layer over another picture. */
  Layer over(Geometry rows, Geometry columns) {
    return new Layer(name, operator, aliases, channels, rows, columns);
  }

  public int rows() {
    return vertical.cells();
  }

  public int columns() {
    return horizontal.cells();
  }

  /** Rows times columns. */
  public int cells() {
    return rows() * columns();
  }

  /** The name that tells it in few letters: bottleneck, penultimate, or its shortest alias. */
  public String shortName() {
    return aliases.stream()
        .filter(alias -> Landmarks.NAMES.contains(FinerLayers.base(alias).orElse(alias)))
        .findFirst()
        .orElseGet(() -> aliases.isEmpty() ? name : aliases.getLast());
  }
}
