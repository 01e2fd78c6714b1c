package org.compnn.chaos.mutate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** Changes chunks of a PNG and segments of a JPEG. */
final class PictureMutation {
  private static final int SIGNATURE = 8;

  private PictureMutation() {}

  /** The PNG with changed chunks, mostly under right checksums. */
  static byte[] png(byte[] file, Choices choices) {
    List<byte[]> chunks = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
    while (in.remaining() >= 12) {
      byte[] chunk = new byte[4 + in.getInt()];
      in.get(chunk).getInt();
      chunks.add(chunk);
    }
    for (int i = choices.below(3); i >= 0 && !chunks.isEmpty(); i--) {
      if (choices.onceIn(4)) {
        choices.shuffle(chunks);
      } else {
        int place = choices.below(chunks.size());
        byte[] chunk = chunks.get(place);
        if (place == 0 && chunk.length > 12 && !choices.onceIn(4)) {
          int at = 4 + 4 * choices.below(2);
          if (choices.onceIn(2)) {
            chunk[12 + choices.below(chunk.length - 12)] = (byte) choices.number(0);
          } else {
            ByteBuffer.wrap(chunk).putInt(at, (int) choices.number(4));
          }
        } else {
          chunks.set(place, choices.bytes(chunk));
        }
      }
    }
    boolean wrong = choices.onceIn(6);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, SIGNATURE);
    for (byte[] chunk : chunks) {
      int length =
          Math.max(0, chunk.length - 4) + (choices.onceIn(24) ? (int) choices.number(0) : 0);
      CRC32 crc = new CRC32();
      crc.update(chunk);
      out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
      out.writeBytes(chunk);
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue() + (wrong ? 1 : 0)).array());
    }
    return choices.onceIn(8) ? choices.bytes(out.toByteArray()) : out.toByteArray();
  }

  /** The JPEG with changed segments; what follows a scan's header counts as part of it. */
  static byte[] jpeg(byte[] file, Choices choices) {
    List<byte[]> segments = new ArrayList<>();
    int from = 0;
    for (int at = 1; at + 1 < file.length; at++) {
      int marker = file[at + 1] & 0xff;
      if ((file[at] & 0xff) == 0xff
          && marker >= 0xc0
          && (marker < 0xd0 || marker > 0xd7)
          && marker != 0xff) {
        segments.add(Arrays.copyOfRange(file, from, at));
        from = at;
      }
    }
    segments.add(Arrays.copyOfRange(file, from, file.length));
    for (int i = choices.below(3); i >= 0 && !segments.isEmpty(); i--) {
      if (choices.onceIn(4)) {
        choices.shuffle(segments);
      } else {
        int place = choices.below(segments.size());
        byte[] segment = segments.get(place);
        if (segment.length > 4 && !choices.onceIn(3)) {
          // The first bytes of a segment are its fields: length, size, components, tables.
          segment[1 + choices.below(Math.min(20, segment.length - 1))] = (byte) choices.number(0);
        } else {
          segments.set(place, choices.bytes(segment));
        }
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    segments.forEach(out::writeBytes);
    return choices.onceIn(8) ? choices.bytes(out.toByteArray()) : out.toByteArray();
  }
}
