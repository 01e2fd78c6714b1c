package org.compnn.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyTest {
  @TempDir Path folder;

  @Test
  void theHeaderIsTheOneThatNumPyWrites() {
    // numpy.save of numpy.zeros((2, 3), "<f4"), NumPy 1.24, as far as its padding.
    String expected =
        "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    byte[] header = NpyHeader.of(NpyType.FLOAT32, 2, 3).bytes();
    assertThat(header).hasSize(128);
    assertThat(new String(header, StandardCharsets.ISO_8859_1).strip()).isEqualTo(expected);
    assertThat(header[127]).isEqualTo((byte) '\n');
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsReadBack(long seed) {
    Random random = new Random(seed);
    int[] shape = random.ints(1 + random.nextInt(4), 1, 30).toArray();
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = Float.intBitsToFloat(random.nextInt());
    }
    int[] ints = random.ints(count).toArray();
    Npy.write(folder.resolve("f.npy"), shape, floats);
    Npy.write(folder.resolve("i.npy"), shape, ints);
    assertThat(Npy.floats(folder.resolve("f.npy"))).isEqualTo(floats);
    assertThat(Npy.ints(folder.resolve("i.npy"))).isEqualTo(ints);
    assertThat(NpyHeader.read(folder.resolve("f.npy")).shape())
        .isEqualTo(Arrays.stream(shape).asLongStream().boxed().toList());
    assertThat(NpyHeader.read(folder.resolve("f.npy")).offset() % 64).isZero();
  }

  @Test
  void aFileMappedToBeReadHereAndThereHoldsTheSame() {
    int[] numbers = new Random(8).ints(100_000).toArray();
    Path file = folder.resolve("here-and-there.npy");
    Npy.write(file, new int[] {numbers.length}, numbers);
    try (Arena arena = Arena.ofConfined()) {
      assertThat(NpyArray.mapScattered(file, arena).ints()).isEqualTo(numbers);
    }
    assertThatThrownBy(() -> NpyArray.mapScattered(folder.resolve("none.npy"), Arena.global()))
        .isInstanceOf(UserError.class);
  }

  @Test
  void numPyReadsWhatWeWrite() throws Exception {
    Npy.write(folder.resolve("f.npy"), new int[] {2, 3}, new float[] {1, 2.5f, -3, 4, 5, 1e-20f});
    Npy.write(folder.resolve("i.npy"), new int[] {3}, new int[] {1, -2, Integer.MAX_VALUE});
    assertThat(
            NumPy.run(
                """
                import numpy, sys
                f = numpy.load(sys.argv[1], mmap_mode='r')
                i = numpy.load(sys.argv[2])
                print(f.dtype.str, f.shape, f.tolist() == [[1, 2.5, -3], [4, 5, numpy.float32(1e-20)]])
                print(i.dtype.str, i.shape, i.tolist())
                """,
                folder.resolve("f.npy"),
                folder.resolve("i.npy")))
        .isEqualTo("<f4 (2, 3) True\n<i4 (3,) [1, -2, 2147483647]");
  }

  @Test
  void weReadWhatNumPyWritesInAllItsVersions() throws Exception {
    NumPy.run(
        """
        import numpy, sys, numpy.lib.format as f
        for v in (1, 2, 3):
            for t in ('<f4', '<f2', '<f8', '<i8', '<i4', '<u4', '<i2', '<u2', '|i1', '|u1'):
                with open(sys.argv[1] + '/%d%s.npy' % (v, t[1:]), 'wb') as o:
                    f.write_array(o, numpy.arange(12).reshape(3, 4).astype(t), version=(v, 0))
        """,
        folder);
    for (int version = 1; version <= 3; version++) {
      for (NpyType type : NpyType.values()) {
        Path file = folder.resolve(version + type.code().substring(1) + ".npy");
        try (Arena arena = Arena.ofConfined()) {
          NpyArray array = NpyArray.map(file, arena).expect(type, 3, 4);
          assertThat(array.numbers().byteSize()).isEqualTo(12L * type.bytes());
          if (type == NpyType.INT8) {
            assertThat(array.numbers().get(ValueLayout.JAVA_BYTE, 7)).isEqualTo((byte) 7);
          }
        }
      }
      assertThat(Npy.floats(folder.resolve(version + "f4.npy"))[11]).isEqualTo(11f);
      assertThat(Npy.ints(folder.resolve(version + "i4.npy"))[11]).isEqualTo(11);
    }
  }

  @Test
  void aFileOfMoreThanTwoGigabytesIsMapped() throws IOException {
    Path file = folder.resolve("large.npy");
    long count = 3L << 30;
    NpyHeader header = NpyHeader.of(NpyType.UINT8, 3, 1 << 30);
    Files.write(file, header.bytes());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(header.offset() + count);
      sparse.seek(header.offset() + count - 1);
      sparse.write(42);
    }
    try (Arena arena = Arena.ofConfined()) {
      assertThat(NpyArray.map(file, arena).numbers().get(ValueLayout.JAVA_BYTE, count - 1))
          .isEqualTo((byte) 42);
    }
  }

  @Test
  void aTruncatedFileIsNamedWithBothSizes() throws IOException {
    Path file = folder.resolve("short.npy");
    Npy.write(file, new int[] {10, 10}, new float[100]);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, 300));
    assertThatThrownBy(() -> Npy.floats(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + ": expected 528 bytes for <f4 of shape [10, 10], found 300; make or copy the file"
                + " again");
    for (int length = 0; length < 128; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Npy.floats(file))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("ends within its header");
    }
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    Path file = folder.resolve("none.npy");
    assertThatThrownBy(() -> Npy.ints(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": expected an NPY file, found no such file");
  }

  @Test
  void whatIsNotSupportedIsRefusedInOneLine() throws IOException {
    refused(header("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }"), "found <c8");
    refused(header("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }"), "found >f4");
    refused(header("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }"), "Fortran order");
    refused(header("{'descr': '<f4', 'shape': (1,), }"), "expected a header with");
    refused(header("{'descr': '<f4', 'fortran_order': False, 'shape': (1 1,), }"), "a shape");
    refused(
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (9000000000000000000, 3), }"),
        "that fits in a file");
    refused("a picture, say".getBytes(StandardCharsets.US_ASCII), "expected an NPY file");
    byte[] late = header("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }");
    late[6] = 4;
    refused(late, "found 4");
    byte[] endless = header("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }");
    endless[6] = 2;
    refused(endless, "header of at most");
  }

  @Test
  void aRandomlyDamagedHeaderNeverGivesMoreThanAUserError() throws IOException {
    byte[] whole = NpyHeader.of(NpyType.INT8, 2, 3).bytes();
    Random random = new Random(5);
    Path file = folder.resolve("damaged.npy");
    for (int i = 0; i < 500; i++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length + 6);
      for (int j = 0; j <= i % 3; j++) {
        damaged[random.nextInt(80)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        assertThat(NpyHeader.read(file).fileBytes()).isEqualTo(damaged.length);
      } catch (UserError e) {
        assertThat(e.getMessage()).startsWith(file.toString());
      }
    }
  }

  private void refused(byte[] bytes, String because) throws IOException {
    Path file = folder.resolve("refused.npy");
    Files.write(file, bytes);
    assertThatThrownBy(() -> NpyHeader.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(because);
  }

  private static byte[] header(String dictionary) {
    byte[] text = dictionary.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .putFloat(1)
        .array();
  }
}
