package org.compnn.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of folders for pictures of any name: safe on every file system, no two alike. */
final class FolderNames {
  private static final int LONGEST = 100;

  private final Set<String> taken = new HashSet<>();

  FolderNames() {
    taken.add("report.html");
  }

  /** A name of letters, digits, points, dashes and underscores that was not given before. */
  String of(String name) {
    StringBuilder safe = new StringBuilder();
    name.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' ? c : '_')
        .forEach(safe::appendCodePoint);
    while (!safe.isEmpty() && (safe.charAt(0) == '.' || safe.charAt(0) == '-')) {
      safe.deleteCharAt(0);
    }
    while (!safe.isEmpty() && safe.charAt(safe.length() - 1) == '.') {
      safe.deleteCharAt(safe.length() - 1);
    }
    String base = safe.isEmpty() ? "picture" : safe.toString();
    String unique = base;
    for (int n = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); n++) {
      unique = base + "-" + n;
    }
    return unique;
  }
}
