package org.compnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferFloat;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.compnn.npy.NpyHeader;
import org.compnn.npy.NpyType;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenAsNpyIsReadAgain() throws IOException {
    ValueMap depth = new ValueMap(2, 2, 1, new float[] {0.5f, -1, Float.NaN, 1e9f});
    ValueMap normals = new ValueMap(1, 2, 3, new float[] {1, 2, 3, 4, 5, 6});

    assertThat(read("depth.npy", ValueFile.npy(depth)).values()).isEqualTo(depth.values());
    ValueMap again = read("normals.npy", ValueFile.npy(normals));
    assertThat(again.channels()).isEqualTo(3);
    assertThat(again.value(0, 1, 2)).isEqualTo(6);
    assertThat(ValueFile.size(folder.resolve("normals.npy"))).isEqualTo(new PictureSize(1, 2));
  }

  @Test
  void npyOfHalvesDoublesAndWholeNumbersIsRead() throws IOException {
    assertThat(read("h.npy", npy(NpyType.FLOAT16, b -> b.putShort((short) 0x3e00))).values())
        .containsExactly(1.5f, 1.5f);
    assertThat(read("d.npy", npy(NpyType.FLOAT64, b -> b.putDouble(2.25))).values())
        .containsExactly(2.25f, 2.25f);
    assertThat(read("u.npy", npy(NpyType.UINT16, b -> b.putShort((short) 65000))).values())
        .containsExactly(65000f, 65000f);
    assertThat(read("i.npy", npy(NpyType.INT16, b -> b.putShort((short) -7))).values())
        .containsExactly(-7f, -7f);
    assertThat(read("l.npy", npy(NpyType.INT64, b -> b.putLong(1L << 33))).values())
        .containsExactly(8.589935E9f, 8.589935E9f);
    assertThat(read("b.npy", npy(NpyType.UINT8, b -> b.put((byte) 200))).values())
        .containsExactly(200f, 200f);
  }

  @Test
  void channelsThatComeFirstAreRefusedWithAWayOut() throws IOException {
    Path file = folder.resolve("chw.npy");
    NpyHeader header = NpyHeader.of(NpyType.UINT8, 3, 80, 100);
    ByteBuffer bytes = ByteBuffer.allocate(header.offset() + 3 * 80 * 100).put(header.bytes());
    Files.write(file, bytes.array());

    assertThatThrownBy(() -> ValueFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("(rows, columns, channels), found [3, 80, 100]")
        .hasMessageContaining("moveaxis");
  }

  @Test
  void sixteenBitsOfAGreyPngAreKept() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 256);
    image.getRaster().setSample(1, 0, 0, 65535);
    Path file = folder.resolve("depth.png");
    ImageIO.write(image, "png", file.toFile());

    ValueMap map = ValueFile.read(file);
    assertThat(map.channels()).isEqualTo(1);
    assertThat(map.values()).containsExactly(256f, 65535f);
    assertThat(ValueFile.size(file)).isEqualTo(new PictureSize(1, 2));
  }

  @Test
  void floatsOfATiffAreKept() throws IOException {
    Path file = folder.resolve("depth.tiff");
    write(file, List.of(floats(-0.25f, 1e6f)));

    assertThat(ValueFile.read(file).values()).containsExactly(-0.25f, 1e6f);
  }

  @Test
  void pagesOfATiffAreChannels() throws IOException {
    Path file = folder.resolve("bands.tif");
    write(file, List.of(floats(1, 2), floats(3, 4), floats(5, 6), floats(7, 8)));

    ValueMap map = ValueFile.read(file);
    assertThat(map.channels()).isEqualTo(4);
    assertThat(map.values()).containsExactly(1f, 3f, 5f, 7f, 2f, 4f, 6f, 8f);
  }

  @Test
  void pagesOfTwoSizesAreRefused() throws IOException {
    Path file = folder.resolve("bands.tif");
    write(file, List.of(floats(1, 2), floats(3, 4, 5)));

    assertThatThrownBy(() -> ValueFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected pages of one size, found 3 x 1 on page 2 after 2 x 1");
  }

  @Test
  void aPortableFloatMapIsReadFromItsLastRow() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("Pf\n1 2\n-1.0\n".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(3f).putFloat(4f).array());

    ValueMap map = read("d.pfm", file.toByteArray());
    assertThat(map.height()).isEqualTo(2);
    assertThat(map.values()).containsExactly(4f, 3f);
  }

  @Test
  void aCutFileIsRefusedInOneLine() throws IOException {
    Path pfm = folder.resolve("d.pfm");
    Files.writeString(pfm, "PF 4 4 1.0\nxx");
    Path png = folder.resolve("d.png");
    Files.write(png, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});

    assertThatThrownBy(() -> ValueFile.read(pfm))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ends too early");
    assertThatThrownBy(() -> ValueFile.read(png)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> ValueFile.read(folder.resolve("none.npy")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such file");
  }

  private ValueMap read(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    return ValueFile.read(file);
  }

  private interface Written {
    void put(ByteBuffer into);
  }

  /** A row of the same number twice. */
  private static byte[] npy(NpyType type, Written number) {
    NpyHeader header = NpyHeader.of(type, 1, 2);
    ByteBuffer bytes =
        ByteBuffer.allocate(header.offset() + 2 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(header.bytes());
    number.put(bytes);
    number.put(bytes);
    return bytes.array();
  }

  private static BufferedImage floats(float... row) {
    WritableRaster raster =
        Raster.createWritableRaster(
            new BandedSampleModel(DataBuffer.TYPE_FLOAT, row.length, 1, 1),
            new DataBufferFloat(row, row.length),
            null);
    ColorSpace grey = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    return new BufferedImage(
        new ComponentColorModel(grey, false, false, 1, DataBuffer.TYPE_FLOAT), raster, false, null);
  }

  private static void write(Path file, List<BufferedImage> pages) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (BufferedImage page : pages) {
        writer.writeToSequence(new IIOImage(page, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }
}
