package org.compnn.explain;

import java.util.Optional;
import org.compnn.compose.Labels;
import org.compnn.database.Manifest;
import org.compnn.network.Layer;

/**
 * How an explanation was made.
 *
 * @param network the network's file name
 * @param database the name of the database's folder
 * @param layer the layer matched, as the database has it
 * @param options what was asked
 * @param selected number of exemplars that could match
 * @param exemplars number of exemplars in the database
 * @param coding what the layer's cells are stored by, where they are coded
 */
public record Settings(
    String network,
    String database,
    Layer layer,
    Options options,
    int selected,
    int exemplars,
    Optional<Manifest.CodingEntry> coding) {
  /** The same of cells that are not coded. */
  public Settings(
      String network, String database, Layer layer, Options options, int selected, int exemplars) {
    this(network, database, layer, options, selected, exemplars, Optional.empty());
  }

  /** The labels that were pasted. */
  public Labels labels() {
    return options.labels();
  }

  /** Size p of the hyperpatches that were matched, 1 or more. */
  public int hyperpatch() {
    return options.hyperpatch();
  }
}
