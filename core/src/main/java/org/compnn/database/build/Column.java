package org.compnn.database.build;

import org.compnn.database.Layout;
import org.compnn.npy.NpyHeader;
import org.compnn.npy.NpyType;

/**
 * Something that every exemplar has, stored in a row of shards.
 *
 * @param path where the shards lie, see {@link Layout#shard}
 * @param type type of its numbers
 * @param shape its axes for one exemplar
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Column(String path, NpyType type, long[] shape) {
  static Column of(String path, NpyType type, long... shape) {
    return new Column(path, type, shape);
  }

  /** The header of a shard of so many exemplars. */
  NpyHeader header(int exemplars) {
    long[] whole = new long[shape.length + 1];
    whole[0] = exemplars;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    return NpyHeader.of(type, whole);
  }
}
