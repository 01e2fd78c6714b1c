package org.compnn.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** Whether a file's numbers are still those that were saved, which class indices must be. */
final class Inexact {
  private Inexact() {}

  /**
   * What changed them.
   *
   * @param format ImageIO's name of the file's format
   */
  static Optional<String> of(String format, ImageInputStream file) throws IOException {
    file.seek(0);
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "jpeg" -> Optional.of("a JPEG");
      case "webp" -> lossyWebP(file) ? Optional.of("a lossy WebP") : Optional.empty();
      case "tif", "tiff" ->
          TiffTags.isJpeg(file) ? Optional.of("a TIFF compressed as JPEG") : Optional.empty();
      case "pnm" -> ofPnm(file);
      default -> Optional.empty();
    };
  }

  private static boolean lossyWebP(ImageInputStream file) throws IOException {
    return PictureChunks.ofRiff(file, "VP8 ").length > 0;
  }

  /** Readers stretch grey levels to 0..255 or 0..65535 where the file has another highest one. */
  private static Optional<String> ofPnm(ImageInputStream file) throws IOException {
    byte[] head = new byte[512];
    int length = Math.max(file.read(head), 0);
    String text =
        new String(head, 0, length, StandardCharsets.ISO_8859_1).replaceAll("#[^\\n]*\\n", " ");
    String[] words = text.split("\\s+", 5);
    if (words.length < 5 || !(words[0].equals("P2") || words[0].equals("P5"))) {
      return Optional.empty();
    }
    return words[3].equals("255") || words[3].equals("65535")
        ? Optional.empty()
        : Optional.of("a PGM whose levels end at " + words[3]);
  }
}
