package org.compnn.database;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.compnn.npy.NpyArray;

/**
 * A picture of bytes of every exemplar, in mapped NPY shards whose first axis is the exemplar.
 *
 * @param shards one or more
 * @param places where in them each exemplar's lies
 */
record MappedPixels(List<NpyArray> shards, Places places) {
  MappedPixels {
    shards = List.copyOf(shards);
  }

  /** The bytes of one exemplar's picture. */
  byte[] of(int exemplar) {
    NpyArray shard = shards.get(places.shard()[exemplar]);
    long bytes = shard.numbers().byteSize() / shard.header().shape().getFirst();
    MemorySegment pixels = shard.numbers().asSlice(places.entry()[exemplar] * bytes, bytes);
    return pixels.toArray(ValueLayout.JAVA_BYTE);
  }
}
