package org.compnn.explain;

import org.compnn.compose.Labels;
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
 */
public record Settings(
    String network, String database, Layer layer, Options options, int selected, int exemplars) {
  /** The labels that were pasted. */
  public Labels labels() {
    return options.labels();
  }

  /** Size p of the hyperpatches that were matched, 1 or more. */
  public int hyperpatch() {
    return options.hyperpatch();
  }
}
