package org.compnn.database;

import java.util.List;
import org.compnn.files.FileNames;
import org.compnn.network.Layer;

/** Where things lie in a database's folder; paths are relative to it. */
final class Layout {
  static final String NETWORK = "network";
  static final String MODEL = "model.onnx";
  static final String LAYERS = "layers";
  static final String EXEMPLARS = "exemplars";
  static final String INPUT = "exemplars/input";
  static final String TARGET = "exemplars/target";
  static final String PREDICTION = "exemplars/prediction";
  static final String CELLS = "/cells";
  static final String MEAN = "mean.npy";
  static final String DEVIATION = "deviation.npy";
  static final String SCALE = "scale.npy";
  private static final int LONGEST_NAME = 80;

  private Layout() {}

  /**
   * A file of a column of shards.
   *
   * @param column such as {@link #INPUT}, or a layer's folder and {@link #CELLS}
   */
  static String shard(String column, int shard) {
    return "%s-%05d.npy".formatted(column, shard);
  }

  /** A folder for each layer, named after it with what file systems do not like replaced. */
  static List<String> layerFolders(List<Layer> layers) {
    FileNames names = new FileNames();
    return layers.stream()
        .map(Layer::name)
        // What tells layers of long names apart stands at their ends.
        .map(name -> name.substring(Math.max(0, name.length() - LONGEST_NAME)))
        .map(name -> LAYERS + "/" + names.unique(name, "layer"))
        .toList();
  }
}
