package org.compnn.database.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.compnn.database.Layout;
import org.compnn.database.Manifest;
import org.compnn.kernels.CellCodec;
import org.compnn.network.FeatureMap;
import org.compnn.network.Layer;
import org.compnn.npy.ElementType;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyType;
import org.compnn.threads.Workers;

/**
 * Turns float32 shards of a layer into signed bytes. The step of each channel is its peak over the
 * whole training set over 127, known only once all exemplars have been seen; hence a pass of its
 * own. No number is off by more than half a step.
 */
final class QuantisingPass {
  private QuantisingPass() {}

  /**
   * What came out.
   *
   * @param statistics of the numbers as they are stored now
   */
  record Quantised(List<Manifest.FileEntry> files, ChannelSums statistics) {
    Quantised {
      files = List.copyOf(files);
    }
  }

  /**
   * @param from the column of float32 shards
   * @param to the column of bytes
   * @param workers write shards at the same time
   */
  static Quantised run(
      Path folder,
      Layer layer,
      String from,
      String to,
      int shards,
      float[] scale,
      Workers workers) {
    List<Quantised> each =
        workers.map(shards, shard -> shard(folder, layer, from, to, shard, scale));
    List<Manifest.FileEntry> files = new ArrayList<>();
    ChannelSums statistics = ChannelSums.none(layer.channels());
    for (Quantised one : each) {
      files.addAll(one.files);
      statistics = statistics.and(one.statistics);
    }
    return new Quantised(files, statistics);
  }

  private static Quantised shard(
      Path folder, Layer layer, String from, String to, int shard, float[] scale) {
    CellCodec floats = new CellCodec(ElementType.FLOAT32, new float[0]);
    CellCodec codec = new CellCodec(ElementType.INT8, scale);
    Column column = Column.of(to, NpyType.INT8, layer.rows(), layer.columns(), layer.channels());
    int numbers = layer.cells() * layer.channels();
    ChannelSums statistics = ChannelSums.none(layer.channels());
    Path source = folder.resolve(Layout.shard(from, shard));
    try (Arena arena = Arena.ofConfined()) {
      NpyArray array = NpyArray.map(source, arena);
      int exemplars = Math.toIntExact(array.header().shape().getFirst());
      try (ShardWriter writer = new ShardWriter(folder, column, shard, exemplars)) {
        for (int i = 0; i < exemplars; i++) {
          float[] cells = new float[numbers];
          floats.decode(array.numbers(), 4L * numbers * i, numbers, cells, 0);
          byte[] bytes = new byte[numbers];
          MemorySegment stored = MemorySegment.ofArray(bytes);
          codec.encode(cells, 0, numbers, stored, 0);
          codec.decode(stored, 0, numbers, cells, 0);
          FeatureMap map = new FeatureMap(layer.rows(), layer.columns(), layer.channels(), cells);
          statistics = statistics.and(ChannelSums.of(ChannelStatistics.of(map)));
          writer.append(bytes);
        }
        return new Quantised(List.of(writer.finish(exemplars)), statistics);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
