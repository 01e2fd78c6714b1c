package org.compnn.kernels;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.compnn.npy.ElementType;

/**
 * Reads stored numbers and standardises them in one go, in the Vector API: what a search spends on
 * a hyperpatch of some dozen numbers from anywhere. Gives bit for bit what {@link CellCodec} and
 * {@link Standardisation} do one after the other.
 */
final class VectorCodec {
  private static final VectorSpecies<Float> SPECIES = VectorSpecies.of(float.class, Width.SHAPE);
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, Width.SHAPE);
  private static final int LANES = SPECIES.length();

  /** As many as a vector has floats, and no fewer than there are vectors of. */
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(4, LANES) * Short.SIZE));

  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(8, LANES) * Byte.SIZE));

  private static final int SIGN = 0x8000_0000;
  private static final int HALF_MAGNITUDE = 0x7fff;
  private static final int HALF_INFINITY = 0x7c00;
  private static final int INFINITY = 0x7f80_0000;

  /** What the bits of a float16, moved to where a float has them, are too small by. */
  private static final float HALF_SCALE = 0x1p112f;

  private static final int HALF_SHIFT = 13;

  private VectorCodec() {}

  /** Whether there are vectors that fit; without, the loops of the codec are what runs. */
  static boolean possible() {
    return LANES >= 4;
  }

  /** How many numbers a call of {@link #read} takes at a time. */
  static int lanes(ElementType type) {
    return type == ElementType.INT8 ? BYTES.length() : LANES;
  }

  /**
   * Reads numbers.
   *
   * @param offset bytes before the first, the start of a cell
   * @param count a multiple of {@link #lanes}
   * @param scale of int8 numbers, else not looked at
   * @param mean taken from each number, as many as there are numbers or more
   * @param inverse what each is multiplied by then
   */
  static void read(
      ElementType type,
      MemorySegment stored,
      long offset,
      int count,
      float[] scale,
      float[] mean,
      float[] inverse,
      float[] into,
      int at) {
    switch (type) {
      case FLOAT32 -> singles(stored, offset, count, mean, inverse, into, at);
      case FLOAT16 -> halves(stored, offset, count, mean, inverse, into, at);
      case INT8 -> bytes(stored, offset, count, scale, mean, inverse, into, at);
      case CODED -> throw new IllegalArgumentException("coded cells have a reader of their own");
    }
  }

  private static void singles(
      MemorySegment stored,
      long offset,
      int count,
      float[] mean,
      float[] inverse,
      float[] into,
      int at) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector x =
          FloatVector.fromMemorySegment(
              SPECIES, stored, offset + (long) Float.BYTES * i, ByteOrder.LITTLE_ENDIAN);
      standardise(x, i, mean, inverse, into, at);
    }
  }

  private static void halves(
      MemorySegment stored,
      long offset,
      int count,
      float[] mean,
      float[] inverse,
      float[] into,
      int at) {
    for (int i = 0; i < count; i += LANES) {
      IntVector half =
          (IntVector)
              ShortVector.fromMemorySegment(
                      SHORTS, stored, offset + (long) Short.BYTES * i, ByteOrder.LITTLE_ENDIAN)
                  .convertShape(VectorOperators.S2I, INTS, 0);
      IntVector magnitude = half.and(HALF_MAGNITUDE);
      IntVector bits =
          magnitude
              .lanewise(VectorOperators.LSHL, HALF_SHIFT)
              .reinterpretAsFloats()
              .mul(HALF_SCALE)
              .reinterpretAsInts();
      VectorMask<Integer> infinite = magnitude.compare(VectorOperators.GE, HALF_INFINITY);
      if (infinite.anyTrue()) {
        bits =
            bits.blend(magnitude.lanewise(VectorOperators.LSHL, HALF_SHIFT).or(INFINITY), infinite);
      }
      standardise(bits.or(half.and(SIGN)).reinterpretAsFloats(), i, mean, inverse, into, at);
    }
  }

  private static void bytes(
      MemorySegment stored,
      long offset,
      int count,
      float[] scale,
      float[] mean,
      float[] inverse,
      float[] into,
      int at) {
    for (int i = 0; i < count; i += BYTES.length()) {
      ByteVector eightOrMore =
          ByteVector.fromMemorySegment(BYTES, stored, offset + i, ByteOrder.LITTLE_ENDIAN);
      FloatVector x = (FloatVector) eightOrMore.convertShape(VectorOperators.B2F, SPECIES, 0);
      standardise(x.mul(FloatVector.fromArray(SPECIES, scale, i)), i, mean, inverse, into, at);
      if (BYTES.length() > LANES) {
        int next = i + LANES;
        FloatVector y = (FloatVector) eightOrMore.convertShape(VectorOperators.B2F, SPECIES, 1);
        standardise(
            y.mul(FloatVector.fromArray(SPECIES, scale, next)), next, mean, inverse, into, at);
      }
    }
  }

  /**
   * Turns codes into numbers: {@code code x step + offset}, as a plain loop does.
   *
   * @param count any number; codes beyond the last whole vector are left to the plain loop
   * @return how many were turned
   */
  static int scaled(byte[] codes, int count, float[] step, float[] offset, float[] into, int at) {
    int i = 0;
    for (; i + BYTES.length() <= count; i += BYTES.length()) {
      ByteVector eightOrMore = ByteVector.fromArray(BYTES, codes, i);
      for (int part = 0; part * LANES < BYTES.length(); part++) {
        int from = i + part * LANES;
        FloatVector x = (FloatVector) eightOrMore.convertShape(VectorOperators.B2F, SPECIES, part);
        x.mul(FloatVector.fromArray(SPECIES, step, from))
            .add(FloatVector.fromArray(SPECIES, offset, from))
            .intoArray(into, at + from);
      }
    }
    return i;
  }

  private static void standardise(
      FloatVector x, int i, float[] mean, float[] inverse, float[] into, int at) {
    x.sub(FloatVector.fromArray(SPECIES, mean, i))
        .mul(FloatVector.fromArray(SPECIES, inverse, i))
        .intoArray(into, at + i);
  }
}
