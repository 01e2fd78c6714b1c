package org.compnn.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of folders for pictures of any name: safe on every file system, no two alike. */
public final class FolderNames {
  private final Set<String> taken = new HashSet<>();

  FolderNames() {
    taken.add("report.html");
  }

  /** A safe name that was not given before. */
  String of(String name) {
    String base = safe(name);
    String unique = base;
    for (int n = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); n++) {
      unique = base + "-" + n;
    }
    return unique;
  }

  /** A name of letters, digits, points, dashes and underscores; other signs become one dash. */
  public static String safe(String name) {
    String safe = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return safe.isEmpty() ? "picture" : safe;
  }
}
