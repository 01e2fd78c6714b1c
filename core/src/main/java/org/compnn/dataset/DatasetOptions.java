package org.compnn.dataset;

import java.util.List;
import java.util.Optional;
import org.compnn.network.InputPart;

/**
 * How to read a data set.
 *
 * @param format what its targets are
 * @param layout how it lies on disk; found out where empty
 * @param direction which picture is the input: needed for side-by-side pairs; {@link
 *     Direction#BTOA} swaps input and target in the other layouts
 * @param inputs what the network reads; a picture where empty
 * @param skipBroken whether pairs without a twin are left out and counted rather than refused
 */
public record DatasetOptions(
    TargetFormat format,
    Optional<DatasetLayout> layout,
    Optional<Direction> direction,
    List<InputPart> inputs,
    boolean skipBroken) {
  public DatasetOptions {
    inputs = List.copyOf(inputs);
  }

  /** Targets of this format, in whatever layout is found. */
  public static DatasetOptions of(TargetFormat format) {
    return new DatasetOptions(format, Optional.empty(), Optional.empty(), List.of(), false);
  }

  public DatasetOptions withLayout(DatasetLayout value) {
    return new DatasetOptions(format, Optional.of(value), direction, inputs, skipBroken);
  }

  public DatasetOptions withDirection(Direction value) {
    return new DatasetOptions(format, layout, Optional.of(value), inputs, skipBroken);
  }

  public DatasetOptions withSkipBroken(boolean value) {
    return new DatasetOptions(format, layout, direction, inputs, value);
  }

  /** For a network that may read more than a picture. */
  public DatasetOptions withInputs(List<InputPart> value) {
    return new DatasetOptions(format, layout, direction, value, skipBroken);
  }
}
