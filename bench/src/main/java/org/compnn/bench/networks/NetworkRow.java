package org.compnn.bench.networks;

import java.util.List;
import java.util.Optional;

/**
 * What was seen of one network.
 *
 * @param name its folder's
 * @param about what it is, as the folder's index says; empty if it says nothing
 * @param layers how many are listed
 * @param matches one for each layer that was indexed
 * @param output how its output differs from ONNX Runtime's own run of the file; empty where the
 *     file has no output of that size, since ours is combined or enlarged
 * @param composed share of output pixels that are the network's own again, pasted from its own
 *     predictions for a training picture
 * @param refused the line that it was refused with
 * @param crashed what it failed with otherwise
 */
record NetworkRow(
    String name,
    String about,
    int layers,
    List<SelfMatch> matches,
    Optional<OriginalRun.Difference> output,
    double composed,
    Optional<String> refused,
    Optional<String> crashed) {
  /**
   * How training pictures matched themselves at a layer.
   *
   * @param term what the layer was asked for as
   * @param layer its name
   * @param rows of its grid
   * @param columns of its grid
   * @param channels of a cell
   * @param exact cells whose distance is not 0 in the exact search, of those in the middle of a
   *     large layer
   * @param field the same in the field search by lists, of all cells
   * @param cells that were searched
   * @param different cells whose numbers differ: 1 says that the layer is the same everywhere
   */
  record SelfMatch(
      String term,
      String layer,
      int rows,
      int columns,
      int channels,
      int exact,
      int field,
      int cells,
      int different) {
    boolean zero() {
      return exact == 0 && field == 0;
    }
  }

  static NetworkRow refused(String name, String about, String line) {
    return new NetworkRow(
        name, about, 0, List.of(), Optional.empty(), 0, Optional.of(line), Optional.empty());
  }

  static NetworkRow crashed(String name, String about, String line) {
    return new NetworkRow(
        name, about, 0, List.of(), Optional.empty(), 0, Optional.empty(), Optional.of(line));
  }

  /** Layers, index, self-match and output are as they should be. */
  boolean works() {
    return !matches.isEmpty()
        && matches.stream().allMatch(SelfMatch::zero)
        && output.map(difference -> difference.relative() < NetworkTrial.EQUAL).orElse(true);
  }
}
