package org.compnn.server;

import java.nio.charset.StandardCharsets;
import org.compnn.files.Sha256;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.problem.UserError;

/**
 * Pictures that were dropped on the page: kept in memory as the files they came as, never on disk,
 * the oldest forgotten first.
 */
final class Uploads {
  /** Bytes of a file. */
  static final int MOST_BYTES = 16 << 20;

  /** Pixels, found out before any is decoded: 150 MB while it is. */
  static final long MOST_PIXELS = 25_000_000;

  private static final String NAME = "the picture";

  private final Cache<byte[]> files;

  Uploads(long mostBytes) {
    files = new Cache<>(mostBytes, file -> file.length);
  }

  /**
   * Keeps a picture.
   *
   * @return its id, the same for the same file
   * @throws Refusal 415 if it is no PNG or JPEG, 413 if it has too many pixels, 422 if it is broken
   */
  String keep(byte[] file) {
    if (!isPng(file) && !isJpeg(file)) {
      throw new Refusal(415, "expected a PNG or JPEG picture, found something else; convert it");
    }
    try {
      PictureSize size = PictureFile.size(file, NAME);
      if ((long) size.height() * size.width() > MOST_PIXELS) {
        throw new Refusal(
            413,
            "expected a picture of at most %d million pixels, found %s; scale it down"
                .formatted(MOST_PIXELS / 1_000_000, size));
      }
    } catch (UserError e) {
      throw new Refusal(422, String.valueOf(e.getMessage()));
    }
    String id = Sha256.of(file).hex(16);
    files.put(id, file);
    return id;
  }

  /**
   * Decodes a picture that was kept.
   *
   * @throws Refusal 404 if it was not, or is forgotten; 422 if it is broken
   */
  Picture picture(String id) {
    byte[] file =
        files
            .get(id)
            .orElseThrow(() -> Refusal.notFound("the dropped picture has expired; drop it again"));
    return PictureFile.read(file, NAME);
  }

  private static boolean isPng(byte[] file) {
    return new String(file, 0, Math.min(8, file.length), StandardCharsets.ISO_8859_1)
        .equals("\u0089PNG\r\n\u001a\n");
  }

  private static boolean isJpeg(byte[] file) {
    return file.length > 2
        && (file[0] & 0xff) == 0xff
        && (file[1] & 0xff) == 0xd8
        && (file[2] & 0xff) == 0xff;
  }
}
