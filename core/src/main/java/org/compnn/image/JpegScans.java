package org.compnn.image;

import org.compnn.problem.UserError;

/**
 * Refuses JPEG files that would take hours to decode. A JPEG may paint its picture in any number of
 * scans, each over all pixels, and a scan without a change takes a few bytes of the file: what
 * decoding costs is pixels times scans, whatever the file's length (ITU-T T.81, annexes B and G).
 */
final class JpegScans {
  /** Encoders write about ten; the format's own limit for one of full precision is below 100. */
  static final int MOST = 100;

  /** Pixels times scans: 100 million pixels in fifteen scans. */
  static final long MOST_PAINTED = 1_500_000_000L;

  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;

  private final byte[] file;
  private int at = 2;
  private int scans;
  private long pixels;

  private JpegScans(byte[] file) {
    this.file = file;
  }

  /**
   * Lets a file pass that is no JPEG, or one with a bounded number of scans.
   *
   * @param name what messages call it
   * @throws UserError for one with more
   */
  static void check(byte[] file, String name) {
    if (file.length < 4 || (file[0] & 0xff) != 0xff || (file[1] & 0xff) != START) {
      return;
    }
    JpegScans jpeg = new JpegScans(file);
    jpeg.count();
    if (jpeg.scans > MOST || jpeg.scans * jpeg.pixels > MOST_PAINTED) {
      throw new UserError(
          "%s: expected a JPEG of at most %d scans, and %d million pixels over all of them, found %d scans of %d pixels; save it anew, not progressive"
              .formatted(name, MOST, MOST_PAINTED / 1_000_000, jpeg.scans, jpeg.pixels));
    }
  }

  private void count() {
    for (int marker = next(); marker >= 0 && marker != END; marker = next()) {
      if (standsAlone(marker)) {
        continue;
      }
      int length = at + 2 <= file.length ? word(at) : 0;
      if (length < 2) {
        return;
      }
      if (isFrame(marker) && at + 7 <= file.length) {
        pixels = Math.max(pixels, (long) word(at + 3) * word(at + 5));
      }
      if (marker == SCAN) {
        scans++;
      }
      at += length;
    }
  }

  /** Goes on behind the next marker, over the compressed pixels before it. */
  private int next() {
    while (at + 1 < file.length) {
      int code = file[at + 1] & 0xff;
      if ((file[at] & 0xff) == 0xff && code != 0 && code != 0xff) {
        at += 2;
        return code;
      }
      at++;
    }
    return -1;
  }

  private static boolean standsAlone(int marker) {
    return marker == 1 || (marker >= 0xd0 && marker <= START);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private int word(int index) {
    return (file[index] & 0xff) << 8 | (file[index + 1] & 0xff);
  }
}
