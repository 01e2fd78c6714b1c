package org.compnn.database.build;

import java.util.List;
import org.compnn.database.Layout;
import org.compnn.files.FileNames;
import org.compnn.network.Layer;

/** A folder for each layer, named after it with what file systems do not like replaced. */
final class LayerFolders {
  private static final int LONGEST_NAME = 80;

  private LayerFolders() {}

  /** Paths relative to the database's folder, in the order of the layers. */
  static List<String> of(List<Layer> layers) {
    FileNames names = new FileNames();
    return layers.stream()
        .map(Layer::name)
        // What tells layers of long names apart stands at their ends.
        .map(name -> name.substring(Math.max(0, name.length() - LONGEST_NAME)))
        .map(name -> Layout.LAYERS + "/" + names.unique(name, "layer"))
        .toList();
  }
}
