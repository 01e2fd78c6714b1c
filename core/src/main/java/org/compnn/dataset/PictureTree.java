package org.compnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.compnn.problem.UserError;

/** Picture files below a folder. */
final class PictureTree {
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp");

  private PictureTree() {}

  /** All pictures below a folder, in natural order of their paths; hidden ones are left out. */
  static List<Path> files(Path folder, int depth) {
    try (Stream<Path> walk = Files.walk(folder, depth)) {
      return walk.filter(file -> isPicture(file) && Files.isRegularFile(file))
          .sorted(Comparator.comparing(Path::toString, PictureTree::natural))
          .toList();
    } catch (IOException e) {
      throw new UserError(folder + ": expected a folder of pictures, but it cannot be read", e);
    }
  }

  static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The path below a folder without its ending, with slashes. */
  static String stem(Path folder, Path file) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
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
