package org.compnn.files;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files and folders for things of any name: safe on every file system, no two alike, not
 * even where capitals do not count.
 */
public final class FileNames {
  private static final int LONGEST = 100;

  private final Set<String> taken = new HashSet<>();

  /**
   * @param taken names that are in use already
   */
  public FileNames(String... taken) {
    for (String name : taken) {
      this.taken.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * A safe name for something: its letters and digits (of any script), points, dashes and
   * underscores, with one dash in place of all that stands between them; no point or dash at its
   * beginning and no point at its end; at most 100 bytes; {@code unnamed} if nothing is left.
   */
  public static String safe(String name) {
    return safe(name, "unnamed");
  }

  /** The safe name of something, or another if nothing is left of it. */
  public static String safe(String name, String otherwise) {
    StringBuilder safe = new StringBuilder();
    boolean between = false;
    int bytes = 0;
    for (int c : name.codePoints().toArray()) {
      if (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_') {
        if (between && !safe.isEmpty()) {
          safe.append('-');
          bytes++;
        }
        between = false;
        bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST) {
          break;
        }
        safe.appendCodePoint(c);
      } else {
        between = true;
      }
    }
    int from = 0;
    int to = safe.length();
    while (from < to && (safe.charAt(from) == '.' || safe.charAt(from) == '-')) {
      from++;
    }
    while (to > from && safe.charAt(to - 1) == '.') {
      to--;
    }
    return from == to ? otherwise : safe.substring(from, to);
  }

  /** A safe name that was not given before: its {@link #safe}, followed by a number if need be. */
  public String unique(String name) {
    return unique(name, "unnamed");
  }

  /** A safe name that was not given before, of something else if nothing is left of this. */
  public String unique(String name, String otherwise) {
    String base = safe(name, otherwise);
    String unique = base;
    for (int n = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); n++) {
      unique = base + "-" + n;
    }
    return unique;
  }
}
