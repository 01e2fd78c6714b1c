package org.compnn.database;

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
    return of(shards.get(places.shard()[exemplar]), places.entry()[exemplar]);
  }

  /** The bytes of one entry of a shard. */
  static byte[] of(NpyArray shard, int entry) {
    long bytes = shard.numbers().byteSize() / shard.header().shape().getFirst();
    return shard.numbers().asSlice(entry * bytes, bytes).toArray(ValueLayout.JAVA_BYTE);
  }
}
