package org.compnn.dataset;

import java.util.Optional;

/**
 * How to read a data set.
 *
 * @param format what its targets are
 * @param layout how it lies on disk; found out where empty
 * @param direction which picture is the input: needed for side-by-side pairs; {@link
 *     Direction#BTOA} swaps input and target in the other layouts
 * @param skipBroken whether pairs without a twin are left out and counted rather than refused
 */
public record DatasetOptions(
    TargetFormat format,
    Optional<DatasetLayout> layout,
    Optional<Direction> direction,
    boolean skipBroken) {
  /** Targets of this format, in whatever layout is found. */
  public static DatasetOptions of(TargetFormat format) {
    return new DatasetOptions(format, Optional.empty(), Optional.empty(), false);
  }

  public DatasetOptions withLayout(DatasetLayout value) {
    return new DatasetOptions(format, Optional.of(value), direction, skipBroken);
  }

  public DatasetOptions withDirection(Direction value) {
    return new DatasetOptions(format, layout, Optional.of(value), skipBroken);
  }

  public DatasetOptions withSkipBroken(boolean value) {
    return new DatasetOptions(format, layout, direction, value);
  }
}
