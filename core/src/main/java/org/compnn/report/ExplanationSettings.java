package org.compnn.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.compnn.compose.Labels;
import org.compnn.compose.Overlap;
import org.compnn.network.Layer;
import org.compnn.search.Distance;

/**
 * How an explanation was made.
 *
 * @param network the network's name
 * @param database where the training set lies
 * @param layer the layer matched, of the database
 * @param hyperpatch size p of the hyperpatches, 1 or more
 * @param distance how hyperpatches were compared
 * @param topK matches a cell
 * @param search the search's name, such as "exact"
 * @param labels what was pasted
 * @param overlap what became of overlapping patches
 * @param selected number of exemplars that could match
 * @param exemplars number of exemplars in the database
 * @param further other settings in the order to be shown, by name
 */
public record ExplanationSettings(
    String network,
    String database,
    Layer layer,
    int hyperpatch,
    Distance distance,
    int topK,
    String search,
    Labels labels,
    Overlap overlap,
    int selected,
    int exemplars,
    Map<String, String> further) {
  public ExplanationSettings {
    further = Collections.unmodifiableMap(new LinkedHashMap<>(further));
  }
}
