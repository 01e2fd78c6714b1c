package org.compnn.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the colour profile out of an RGB or grey JPEG file, or a WebP file.
 *
 * <p>Networks are trained on the stored numbers (Pillow, OpenCV and PyTorch ignore profiles), but
 * the JDK's reader converts them to sRGB. CMYK files keep theirs: without it there is no good RGB.
 */
final class ColourProfile {
  private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

  private static final int PROFILED = 0x20;

  private ColourProfile() {}

  /** The same file without its profile; the file itself if it has none, or is of another kind. */
  static byte[] withoutProfile(byte[] file) {
    if (isNamed(file, 0, "RIFF") && isNamed(file, 8, "WEBP") && isNamed(file, 12, "VP8X")) {
      return ofWebP(file);
    }
    if (file.length < 4 || marker(file, 0) != 0xffd8) {
      return file;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, 2);
    boolean found = false;
    int at = 2;
    while (at + 4 <= file.length) {
      int marker = marker(file, at);
      int end = at + 2 + marker(file, at + 2);
      if (marker <= 0xff00 || marker == 0xffff || end > file.length || marker == 0xffda) {
        break;
      }
      boolean frame =
          marker >= 0xffc0
              && marker <= 0xffcf
              && marker != 0xffc4
              && marker != 0xffc8
              && marker != 0xffcc;
      if (frame && at + 9 < file.length && file[at + 9] == 4) {
        return file;
      }
      if (marker == 0xffe2
          && end - at >= 4 + NAME.length
          && Arrays.equals(file, at + 4, at + 4 + NAME.length, NAME, 0, NAME.length)) {
        found = true;
      } else {
        kept.write(file, at, end - at);
      }
      at = end;
    }
    if (!found) {
      return file;
    }
    kept.write(file, at, file.length - at);
    return kept.toByteArray();
  }

  /** The profile of a WebP file is announced by a bit and has a chunk, which gets another name. */
  private static byte[] ofWebP(byte[] file) {
    int chunk = 30;
    if (file.length < chunk + 8 || (file[20] & PROFILED) == 0 || !isNamed(file, chunk, "ICCP")) {
      return file;
    }
    byte[] plain = file.clone();
    plain[20] &= (byte) ~PROFILED;
    System.arraycopy("XXXX".getBytes(StandardCharsets.US_ASCII), 0, plain, chunk, "XXXX".length());
    return plain;
  }

  private static boolean isNamed(byte[] file, int at, String name) {
    return file.length >= at + name.length()
        && name.equals(new String(file, at, name.length(), StandardCharsets.ISO_8859_1));
  }

  private static int marker(byte[] file, int at) {
    return ((file[at] & 0xff) << 8) | (file[at + 1] & 0xff);
  }
}
