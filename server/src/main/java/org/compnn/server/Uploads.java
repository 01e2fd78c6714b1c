package org.compnn.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.compnn.files.Sha256;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.problem.UserError;

/**
 * Pictures that were dropped on the page: decoded at once, kept in memory, never on disk, the
 * oldest forgotten first.
 */
final class Uploads {
  /** Bytes of a file. */
  static final int MOST_BYTES = 16 << 20;

  /** Pixels, found out before any is decoded: 150 MB while it is. */
  static final long MOST_PIXELS = 25_000_000;

  private static final String NAME = "the picture";

  /** Ten times what the largest allowed ones take on a slow core. */
  private static final Duration MOST_TIME = Duration.ofSeconds(20);

  private static final int AT_ONCE = 4;

  /** Pictures that the page lists; those that come later can be asked about alone. */
  private static final int MOST_LISTED = 10_000;

  private final Cache<Picture> pictures;
  private final LinkedHashSet<String> ids = new LinkedHashSet<>();
  private final List<String> listed = new ArrayList<>();
  private final Decoding decoding = new Decoding(MOST_TIME, AT_ONCE);

  /**
   * @param mostBytes of decoded pictures, three for each pixel
   */
  Uploads(long mostBytes) {
    pictures = new Cache<>(mostBytes, Picture::bytes);
  }

  /**
   * Keeps a picture.
   *
   * @return its id, the same for the same file
   * @throws Refusal 415 if it is no PNG or JPEG, 413 if it has too many pixels, 422 if it is broken
   *     or takes too long to decode, 503 if too many are being decoded
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
    pictures.put(id, decoding.decode(file, NAME));
    synchronized (listed) {
      if (listed.size() < MOST_LISTED && ids.add(id)) {
        listed.add(id);
      }
    }
    return id;
  }

  /** How many different pictures came, those that are forgotten too. */
  int count() {
    synchronized (listed) {
      return listed.size();
    }
  }

  /** The id of one of these, in the order in which they came. */
  String id(int number) {
    synchronized (listed) {
      return listed.get(number);
    }
  }

  /** A picture that was kept, unless it is forgotten. */
  Optional<Picture> find(String id) {
    return pictures.get(id);
  }

  /**
   * A picture that was kept.
   *
   * @throws Refusal 404 if it was not, or is forgotten
   */
  Picture picture(String id) {
    return find(id)
        .orElseThrow(() -> Refusal.notFound("the dropped picture has expired; drop it again"));
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
