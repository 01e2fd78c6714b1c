package org.compnn.database;

import java.util.List;
import org.compnn.npy.ElementType;

/**
 * What all exemplars of a database, or of a set of databases, have in common.
 *
 * @param layers their folders hold what is derived from all cells, relative to the database's or
 *     the set's folder
 */
record Common(
    Manifest.NetworkEntry network,
    Manifest.Extent input,
    Manifest.OutputEntry output,
    ElementType elements,
    List<Manifest.LayerEntry> layers,
    List<Manifest.SideBySideEntry> sideBySide) {
  Common {
    layers = List.copyOf(layers);
    sideBySide = List.copyOf(sideBySide);
  }

  static Common of(Manifest manifest) {
    return new Common(
        manifest.network(),
        manifest.input(),
        manifest.output(),
        manifest.elements(),
        manifest.layers(),
        manifest.sideBySide());
  }
}
