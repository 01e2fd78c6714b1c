package org.compnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.compnn.problem.UserError;

/** Picture files below a folder. */
final class PictureTree {
  private static final Set<String> READ =
      Set.of(
          "png", "jpg", "jpeg", "jpe", "jfif", "bmp", "gif", "tif", "tiff", "webp", "pbm", "pgm",
          "ppm", "pnm", "npy", "pfm");

  /** Pictures that are not read; left out in silence they would be missed too late. */
  private static final Set<String> REFUSED =
      Set.of("jp2", "j2k", "jpx", "jxl", "heic", "heif", "avif");

  /** Folders in which archivers and servers keep files of their own. */
  private static final Set<String> FOREIGN = Set.of("__MACOSX", "@eaDir", "$RECYCLE.BIN");

  private PictureTree() {}

  /**
   * All pictures below a folder, in natural order of their paths. Links are followed; hidden files
   * and folders are left out, among them what macOS puts beside files ({@code ._0.png}).
   *
   * @throws UserError if a link leads to a folder that it lies in, or all files of the machine are
   *     asked for, as a description of another machine may by mistake
   */
  static List<Path> files(Path folder, int depth) {
    if (folder.toAbsolutePath().normalize().getNameCount() == 0) {
      throw new UserError(
          folder + ": expected a folder of pictures, found the root of all folders; name the one");
    }
    try (Stream<Path> walk = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      // A link that leads nowhere is kept, and refused by name when it is read.
      return walk.filter(
              file -> isPicture(file) && isShown(folder, file) && !Files.isDirectory(file))
          .sorted(Comparator.comparing(Path::toString, PictureTree::natural))
          .toList();
    } catch (UncheckedIOException e) {
      throw unreadable(folder, e.getCause() == null ? new IOException(e) : e.getCause());
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static UserError unreadable(Path folder, IOException e) {
    return e instanceof FileSystemLoopException loop
        ? new UserError(
            loop.getFile()
                + ": expected a link to other folders, found one that leads back to a folder it"
                + " lies in; remove it",
            e)
        : new UserError(folder + ": expected a folder of pictures, but it cannot be read", e);
  }

  private static boolean isShown(Path folder, Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".") || FOREIGN.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot > 0 && (READ.contains(ending) || REFUSED.contains(ending));
  }

  /**
   * The pictures below a folder by their stems.
   *
   * @throws UserError if two of one folder have the same stem
   */
  static Map<String, Path> byStem(Path folder) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Path file : files(folder, 9)) {
      Path other = files.putIfAbsent(stem(folder, file), file);
      if (other != null) {
        throw new UserError(
            "%s and %s: expected one picture of a name, found two; rename or remove one"
                .formatted(other, file.getFileName()));
      }
    }
    return files;
  }

  /**
   * The path below a folder without its ending, with slashes; accents as one sign, however the file
   * system has them.
   */
  static String stem(Path folder, Path file) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    int dot = name.lastIndexOf('.');
    String stem = dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
    return Normalizer.normalize(stem, Normalizer.Form.NFC);
  }

  /** The names of the folders between a folder and a file below it. */
  static List<String> folders(Path folder, Path file) {
    List<String> names = new ArrayList<>();
    Path between = folder.relativize(file).getParent();
    if (between != null) {
      between.forEach(part -> names.add(part.toString()));
    }
    return names;
  }

  /** Compares runs of digits as numbers, so 2 comes before 10. */
  static int natural(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (digit(a.charAt(i)) && digit(b.charAt(j))) {
        int ai = skipZeros(a, i);
        int bj = skipZeros(b, j);
        int aEnd = endOfDigits(a, ai);
        int bEnd = endOfDigits(b, bj);
        int order = Integer.compare(aEnd - ai, bEnd - bj);
        order = order != 0 ? order : a.substring(ai, aEnd).compareTo(b.substring(bj, bEnd));
        if (order != 0) {
          return order;
        }
        i = aEnd;
        j = bEnd;
      } else {
        if (a.charAt(i) != b.charAt(j)) {
          return Character.compare(a.charAt(i), b.charAt(j));
        }
        i++;
        j++;
      }
    }
    int order = Integer.compare(a.length() - i, b.length() - j);
    return order != 0 ? order : a.compareTo(b);
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int skipZeros(String s, int from) {
    int i = from;
    while (i + 1 < s.length() && s.charAt(i) == '0' && digit(s.charAt(i + 1))) {
      i++;
    }
    return i;
  }

  private static int endOfDigits(String s, int from) {
    int i = from;
    while (i < s.length() && digit(s.charAt(i))) {
      i++;
    }
    return i;
  }
}
