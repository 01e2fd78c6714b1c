package org.compnn.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli) as eight lower-case hexadecimal digits. */
public final class Checksum {
  private static final int BLOCK = 1 << 20;

  private Checksum() {}

  /** Of a whole file. */
  public static String of(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(block.clear()) >= 0) {
        crc.update(block.flip());
      }
    }
    return text(crc);
  }

  /** Of bytes. */
  public static String of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return text(crc);
  }

  /** Of a text in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of what was summed up so far. */
  public static String text(CRC32C crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
