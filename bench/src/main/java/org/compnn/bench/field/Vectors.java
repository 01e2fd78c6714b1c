package org.compnn.bench.field;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.compnn.npy.NpyArray;

/**
 * Projected hyperpatches in memory, in pieces.
 *
 * @param pieces of {@link #PIECE} vectors each, but the last
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record Vectors(int count, int axes, float[][] pieces) {
  private static final int PIECE = 1 << 16;

  static Vectors read(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      NpyArray array = NpyArray.map(file, arena);
      int count = Math.toIntExact(array.header().shape().getFirst());
      int axes = Math.toIntExact(array.header().shape().get(1));
      float[][] pieces = new float[Math.ceilDiv(count, PIECE)][];
      for (int i = 0; i < pieces.length; i++) {
        int length = Math.min(PIECE, count - i * PIECE) * axes;
        pieces[i] = new float[length];
        MemorySegment.copy(
            array.numbers(),
            ValueLayout.JAVA_FLOAT_UNALIGNED,
            (long) i * PIECE * axes * Float.BYTES,
            pieces[i],
            0,
            length);
      }
      return new Vectors(count, axes, pieces);
    }
  }

  /** A copy of one vector. */
  float[] vector(int index) {
    float[] vector = new float[axes];
    System.arraycopy(pieces[index / PIECE], index % PIECE * axes, vector, 0, axes);
    return vector;
  }
}
