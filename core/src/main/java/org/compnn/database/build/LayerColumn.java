package org.compnn.database.build;

import java.lang.foreign.MemorySegment;
import org.compnn.kernels.CellCodec;
import org.compnn.network.FeatureMap;
import org.compnn.npy.ElementType;

/**
 * The cells of a layer as they are stored, with their statistics. Made in one pass over blocks that
 * stay in the processor's nearest cache.
 *
 * @param bytes as they are stored
 * @param statistics of the numbers that are read back; of none where cells are coded, whose means
 *     are those of their code
 * @param highest the largest magnitude before they were stored; NaN if there is one
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity.
record LayerColumn(byte[] bytes, ChannelStatistics statistics, float highest) {

  /**
   * @param bytes what they are stored in: of the length that they take
   */
  static LayerColumn of(FeatureMap map, ElementType elements, CellCodec codec, byte[] bytes) {
    ChannelStatistics.Sums sums = new ChannelStatistics.Sums(map.channels());
    float[] numbers = map.cells();
    float[] back = new float[Math.min(sums.run(), numbers.length)];
    int[] magnitudes = new int[sums.run()];
    MemorySegment stored = MemorySegment.ofArray(bytes);
    boolean coded = elements == ElementType.CODED;
    for (int from = 0; from < numbers.length; from += sums.run()) {
      int count = Math.min(sums.run(), numbers.length - from);
      long at = (long) from / map.channels() * elements.cellBytes(map.channels());
      Magnitude.raise(numbers, from, count, magnitudes);
      codec.encode(numbers, from, count, stored, at);
      if (!coded) {
        codec.decode(stored, at, count, back, 0);
        sums.add(back, 0, count);
      }
    }
    int most = 0;
    for (int bits : magnitudes) {
      most = Math.max(most, bits);
    }
    return new LayerColumn(
        bytes,
        coded ? ChannelStatistics.none(map.channels()) : sums.statistics(),
        Float.intBitsToFloat(most));
  }
}
