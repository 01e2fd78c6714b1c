package org.compnn.kernels;

import java.lang.foreign.MemorySegment;
import org.compnn.npy.ElementType;

/**
 * Reads stored numbers, standardised. Twins that give the same bit for bit: one in vectors, one in
 * plain loops.
 */
@FunctionalInterface
public interface StandardisedReader {
  /**
   * Reads numbers.
   *
   * @param offset bytes before the first, the start of a cell
   * @param count of whole cells
   * @param into receives them from {@code at}
   */
  void read(MemorySegment stored, long offset, int count, float[] into, int at);

  /** The fastest that this machine and this JVM's modules allow. */
  static StandardisedReader best(
      ElementType type, CellCodec codec, Standardisation standardisation) {
    return Best.VECTORS && VectorCodec.possible()
        ? vectors(type, codec, standardisation)
        : plain(codec, standardisation);
  }

  /** In plain loops, one for decoding and one for standardising. */
  static StandardisedReader plain(CellCodec codec, Standardisation standardisation) {
    return (stored, offset, count, into, at) -> {
      codec.decode(stored, offset, count, into, at);
      standardisation.apply(into, at, count);
    };
  }

  /** In vectors, as far as these come out even. */
  static StandardisedReader vectors(
      ElementType type, CellCodec codec, Standardisation standardisation) {
    StandardisedReader rest = plain(codec, standardisation);
    float[] scale = codec.scale(standardisation.run());
    float[] mean = standardisation.mean();
    float[] inverse = standardisation.inverse();
    int lanes = VectorCodec.lanes(type);
    return (stored, offset, count, into, at) -> {
      if (count % lanes != 0) {
        // Vectors would end within the numbers; layers of so few channels are small.
        rest.read(stored, offset, count, into, at);
        return;
      }
      for (int done = 0; done < count; done += mean.length) {
        VectorCodec.read(
            type,
            stored,
            offset + (long) done * type.bytes(),
            Math.min(mean.length, count - done),
            scale,
            mean,
            inverse,
            into,
            at + done);
      }
    };
  }
}
