package org.compnn.chaos.mutate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What someone may upload or ask who means no good. */
public final class HostilePictures {
  private static final int SIDE = 1_500;

  private static final String QUESTION =
      """
      {"query": {"kind": "data", "id": "000001"}, "labels": "self", "hyperpatch": 3,
       "distance": "l2", "overlap": "none", "top_k": 2, "only": ["000001"],
       "without": ["000000"], "search": "exact", "neighbours": 1, "leave_out": true}
      """;

  private static final String DECISION =
      """
      {"set": "training", "picture": "000001", "region": {"box": [3, 4, 8, 10],
       "outline": "M4 3h6v5h-6z"}, "given": 2, "suggested": 3, "label": 3,
       "decision": "accept", "by": "somebody", "at": "2026-11-30T08:00:00Z", "source": "suspects"}
      """;

  private HostilePictures() {}

  /** A question of the page with some members changed. */
  public static byte[] question(long seed) {
    return JsonMutation.of(QUESTION, new Choices(Mutation.recipe(seed)));
  }

  /** A decision of the page with some members changed. */
  public static byte[] decision(long seed) {
    return JsonMutation.of(DECISION, new Choices(Mutation.recipe(seed)));
  }

  /** A PNG or JPEG with changed chunks. */
  public static byte[] mutated(long seed) {
    Choices choices = new Choices(Mutation.recipe(seed));
    return choices.onceIn(2)
        ? PictureMutation.png(Bases.png(choices), choices)
        : PictureMutation.jpeg(Bases.jpeg(choices), choices);
  }

  /** A progressive JPEG with further scans of ten bytes each, over all pixels. */
  public static byte[] scans(int count) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(out);
      writer.write(
          null,
          new IIOImage(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY), null, null),
          param);
    } finally {
      writer.dispose();
    }
    byte[] whole = bytes.toByteArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(whole, 0, whole.length - 2);
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 1, 1, 0};
    for (int i = 0; i < count; i++) {
      file.writeBytes(scan);
    }
    file.write(whole, whole.length - 2, 2);
    return file.toByteArray();
  }

  /** A PNG of a few kilobytes that says it has side times side pixels, all black. */
  public static byte[] bomb(int side) throws IOException {
    ByteArrayOutputStream zeros = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(zeros, new Deflater(Deflater.BEST_COMPRESSION))) {
      byte[] row = new byte[1 << 16];
      for (int i = 0; i < 64; i++) {
        out.write(row);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    chunk(
        file,
        "IHDR",
        ByteBuffer.allocate(13).putInt(side).putInt(side).put((byte) 1).put((byte) 0).array());
    chunk(file, "IDAT", zeros.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(name);
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
