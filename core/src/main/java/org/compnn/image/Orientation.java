package org.compnn.image;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** How the stored rows and columns of a picture must be turned to stand upright; EXIF's eight. */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  UPSIDE_DOWN(false, true, true),
  FLIPPED(false, true, false),
  TRANSPOSED(true, false, false),
  TURNED_RIGHT(true, true, false),
  TRANSVERSED(true, true, true),
  TURNED_LEFT(true, false, true);

  private final boolean swapped;
  private final boolean rowsReversed;
  private final boolean columnsReversed;

  /**
   * @param swapped rows of the upright picture are columns of the stored one
   * @param rowsReversed stored rows run from the last to the first
   * @param columnsReversed stored columns run from the last to the first
   */
  Orientation(boolean swapped, boolean rowsReversed, boolean columnsReversed) {
    this.swapped = swapped;
    this.rowsReversed = rowsReversed;
    this.columnsReversed = columnsReversed;
  }

  /**
   * Reads the orientation that a file asks for; upright if it has none or one that makes no sense.
   *
   * @param file the file from its start; its position is left anywhere
   * @param format ImageIO's name of the file's format
   */
  static Orientation of(ImageInputStream file, String format) {
    try {
      file.seek(0);
      return switch (format.toLowerCase(Locale.ROOT)) {
        case "jpeg" -> ofJpeg(file);
        case "tif", "tiff" -> of(new TIFFReader().read(file));
        case "png" -> ofChunk(PictureChunks.ofPng(file, "eXIf"));
        case "webp" -> ofChunk(PictureChunks.ofRiff(file, "EXIF"));
        default -> UPRIGHT;
      };
    } catch (IOException | RuntimeException e) {
      // Cameras and editors write broken EXIF blocks; every viewer shows such pictures as stored.
      return UPRIGHT;
    }
  }

  private static Orientation ofJpeg(ImageInputStream file) throws IOException {
    List<JPEGSegment> exif = JPEGSegmentUtil.readSegments(file, JPEG.APP1, "Exif");
    if (exif.isEmpty()) {
      return UPRIGHT;
    }
    try (InputStream block = exif.getFirst().data()) {
      // "Exif" ends with two zeros, of which the first closes the name.
      block.skipNBytes(1);
      return of(new TIFFReader().read(new MemoryCacheImageInputStream(block)));
    }
  }

  private static Orientation ofChunk(byte[] block) throws IOException {
    if (block.length == 0) {
      return UPRIGHT;
    }
    // Some writers put JPEG's name of the block before it.
    int from = block.length > 6 && block[0] == 'E' ? 6 : 0;
    return of(
        new TIFFReader()
            .read(
                new MemoryCacheImageInputStream(
                    new ByteArrayInputStream(block, from, block.length - from))));
  }

  private static Orientation of(Directory directory) {
    Entry entry = directory.getEntryById(TIFF.TAG_ORIENTATION);
    return entry != null
            && entry.getValue() instanceof Number number
            && number.intValue() >= 1
            && number.intValue() <= 8
        ? values()[number.intValue() - 1]
        : UPRIGHT;
  }

  /** The size of the upright picture. */
  PictureSize size(int storedHeight, int storedWidth) {
    return swapped
        ? new PictureSize(storedWidth, storedHeight)
        : new PictureSize(storedHeight, storedWidth);
  }

  /** Turns stored samples (row by row, channels together) upright. */
  byte[] apply(byte[] stored, int storedHeight, int storedWidth, int channels) {
    if (this == UPRIGHT) {
      return stored;
    }
    PictureSize size = size(storedHeight, storedWidth);
    byte[] upright = new byte[stored.length];
    int at = 0;
    for (int row = 0; row < size.height(); row++) {
      for (int column = 0; column < size.width(); column++) {
        int storedRow = swapped ? column : row;
        int storedColumn = swapped ? row : column;
        storedRow = rowsReversed ? storedHeight - 1 - storedRow : storedRow;
        storedColumn = columnsReversed ? storedWidth - 1 - storedColumn : storedColumn;
        int from = (storedRow * storedWidth + storedColumn) * channels;
        for (int c = 0; c < channels; c++) {
          upright[at++] = stored[from + c];
        }
      }
    }
    return upright;
  }
}
