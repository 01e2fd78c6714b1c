package org.compnn.image;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What files that are no pictures, or pictures that are not read, are by their first bytes. */
final class FileKind {
  /** As many first bytes as are looked at. */
  static final int HEAD = 132;

  private record Mark(int at, String bytes, String kind) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(0, "\0\0\0\fjP", "JPEG 2000"),
          new Mark(0, "\u00ffO\u00ffQ", "JPEG 2000"),
          new Mark(0, "\0\0\0\fJXL", "JPEG XL"),
          new Mark(0, "\u00ff\n", "JPEG XL"),
          new Mark(4, "ftyphei", "HEIC"),
          new Mark(4, "ftyphev", "HEIC"),
          new Mark(4, "ftypmif1", "HEIC or AVIF"),
          new Mark(4, "ftypavi", "AVIF"),
          new Mark(4, "ftyp", "a video"),
          new Mark(0, "8BPS", "a Photoshop file"),
          new Mark(0, "v/1\u0001", "OpenEXR"),
          new Mark(0, "#?RADIANCE", "Radiance HDR"),
          new Mark(0, "\u0093NUMPY", "a NumPy array"),
          new Mark(128, "DICM", "DICOM"),
          new Mark(0, "%PDF", "PDF"),
          new Mark(0, "<svg", "SVG"),
          new Mark(0, "<?xml", "XML or SVG"),
          new Mark(0, "<!DOCTYPE", "a web page"),
          new Mark(0, "<html", "a web page"),
          new Mark(0, "PK\u0003\u0004", "a ZIP archive"),
          new Mark(0, "\u001f\u008b", "a gzip archive"),
          new Mark(0, "version https://git-lfs", "a Git LFS pointer (the picture was not fetched)"),
          new Mark(0, "\0\u0005\u0016\u0007", "a macOS resource fork (AppleDouble)"));

  private FileKind() {}

  /** The kind in words. */
  static String of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return MARKS.stream()
        .filter(mark -> text.startsWith(mark.bytes, mark.at))
        .map(Mark::kind)
        .findFirst()
        .orElse("something else");
  }
}
