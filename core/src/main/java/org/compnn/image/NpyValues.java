package org.compnn.image;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.compnn.npy.NpyArray;
import org.compnn.npy.NpyHeader;
import org.compnn.problem.UserError;

/** Numbers at every pixel in an NPY file. */
final class NpyValues {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** More channels than this at the end of three axes are columns, and the first are channels. */
  private static final long MOST_CHANNELS = 64;

  private NpyValues() {}

  static PictureSize size(Path file) {
    List<Long> axes = axes(NpyHeader.read(file), file);
    ValueFile.check(file.toString(), axes.get(0), axes.get(1), axes.get(2));
    return new PictureSize(Math.toIntExact(axes.get(0)), Math.toIntExact(axes.get(1)));
  }

  static ValueMap read(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      NpyArray array = NpyArray.map(file, arena);
      List<Long> axes = axes(array.header(), file);
      float[] values = ValueFile.room(file.toString(), axes.get(0), axes.get(1), axes.get(2));
      MemorySegment numbers = array.numbers();
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (array.header().type()) {
              case FLOAT32 -> Float.intBitsToFloat(numbers.get(INT, 4L * i));
              case FLOAT16 -> Float.float16ToFloat(numbers.get(SHORT, 2L * i));
              case FLOAT64 -> (float) Double.longBitsToDouble(numbers.get(LONG, 8L * i));
              case INT64 -> numbers.get(LONG, 8L * i);
              case INT32 -> numbers.get(INT, 4L * i);
              case UINT32 -> Integer.toUnsignedLong(numbers.get(INT, 4L * i));
              case INT16 -> numbers.get(SHORT, 2L * i);
              case UINT16 -> Short.toUnsignedInt(numbers.get(SHORT, 2L * i));
              case INT8 -> numbers.get(ValueLayout.JAVA_BYTE, i);
              case UINT8 -> Byte.toUnsignedInt(numbers.get(ValueLayout.JAVA_BYTE, i));
            };
      }
      return new ValueMap(
          Math.toIntExact(axes.get(0)),
          Math.toIntExact(axes.get(1)),
          Math.toIntExact(axes.get(2)),
          values);
    }
  }

  /** Rows, columns, channels. */
  private static List<Long> axes(NpyHeader header, Path file) {
    List<Long> shape = header.shape();
    if (shape.size() == 2) {
      return List.of(shape.get(0), shape.get(1), 1L);
    }
    if (shape.size() == 3 && shape.get(0) == 1 && shape.get(2) > MOST_CHANNELS) {
      return List.of(shape.get(1), shape.get(2), 1L);
    }
    if (shape.size() != 3 || shape.get(2) > MOST_CHANNELS) {
      throw new UserError(
          "%s: expected an array of shape (rows, columns) or (rows, columns, channels), found %s; transpose it with numpy.moveaxis"
              .formatted(file, shape));
    }
    return shape;
  }
}
