package org.compnn.database.build;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.database.ManifestFile;
import org.compnn.files.Json;
import org.compnn.files.SealedJson;
import org.compnn.files.WholeFile;
import org.compnn.kernels.CellCodec;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyArray;
import org.compnn.problem.UserError;
import tools.jackson.core.JacksonException;

/**
 * The sums that a layer's mean and deviation are worked out from, in a file beside them, so that
 * those of several databases can be brought together without reading their cells.
 */
final class LayerSums {
  private LayerSums() {}

  /**
   * Writes the file.
   *
   * @param layer the layer's folder, relative to the database's
   */
  static Manifest.FileEntry write(Path folder, String layer, ChannelSums sums) throws IOException {
    Path file = folder.resolve(layer).resolve(Layout.SUMS);
    WholeFile.write(file, SealedJson.text(sums));
    return Manifest.FileEntry.of(folder, file);
  }

  /**
   * The sums of a layer of a finished database: from its file, where that is of all its cells, or
   * from the cells.
   *
   * @param layer name of one of its layers
   * @throws UserError if the file is damaged
   * @throws IllegalArgumentException if its cells are coded: their means are those of their code
   */
  static ChannelSums of(Path folder, String layer) {
    Manifest manifest = ManifestFile.read(folder);
    Manifest.LayerEntry entry =
        manifest.layers().stream().filter(l -> l.name().equals(layer)).findFirst().orElseThrow();
    String path = entry.folder() + "/" + Layout.SUMS;
    if (manifest.files().stream().anyMatch(file -> file.path().equals(path))) {
      ChannelSums noted = read(folder.resolve(path));
      long cells = (long) manifest.exemplars().size() * entry.layer().cells();
      if (noted.cells() == cells && noted.sums().size() == entry.channels()) {
        return noted;
      }
    }
    return ofCells(folder, manifest, entry);
  }

  private static ChannelSums read(Path file) {
    try {
      SealedJson sealed = SealedJson.read(file);
      if (sealed.isWhole()) {
        return Json.read(sealed.tree(), ChannelSums.class);
      }
      throw damaged(file, Optional.empty());
    } catch (IOException | JacksonException e) {
      throw damaged(file, Optional.of(e));
    }
  }

  private static UserError damaged(Path file, Optional<Exception> cause) {
    String line =
        file
            + ": expected a layer's sums, found a damaged file; copy the database again, or index"
            + " the data set again";
    return cause.map(e -> new UserError(line, e)).orElseGet(() -> new UserError(line));
  }

  private static ChannelSums ofCells(Path folder, Manifest manifest, Manifest.LayerEntry entry) {
    Layer layer = entry.layer();
    ElementType elements = manifest.elements();
    if (elements == ElementType.CODED) {
      throw new IllegalArgumentException("coded cells have no sums");
    }
    CellCodec codec = new CellCodec(elements, StoredScales.of(folder, manifest, entry));
    Map<String, String> located = manifest.located();
    ChannelSums all = ChannelSums.none(layer.channels());
    float[] cells = new float[layer.cells() * layer.channels()];
    for (int shard = 0; shard < manifest.shards(); shard++) {
      String path = Layout.shard(entry.folder() + Layout.CELLS, shard);
      int count = manifest.inShard(shard);
      try (Arena arena = Arena.ofConfined()) {
        NpyArray array =
            NpyArray.map(folder.resolve(located.getOrDefault(path, path)), arena)
                .expect(
                    Layout.cells(elements), count, layer.rows(), layer.columns(), layer.channels());
        for (int i = 0; i < count; i++) {
          long at = (long) i * cells.length * elements.bytes();
          codec.decode(array.numbers(), at, cells.length, cells, 0);
          FeatureMap map = new FeatureMap(layer.rows(), layer.columns(), layer.channels(), cells);
          all = all.and(ChannelSums.of(ChannelStatistics.of(map)));
        }
      }
    }
    return all;
  }
}
