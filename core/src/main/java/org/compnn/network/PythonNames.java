package org.compnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads names by number out of a Python dictionary's text: {@code {0: 'person', 1: "cat's"}}. */
final class PythonNames {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\G[{,]?\\s*(\\d+)\\s*:\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*");

  private PythonNames() {}

  /** The names for 0, 1 and so on; none if the text is not of this form or leaves a gap. */
  static List<String> read(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = ENTRY.matcher(text.strip());
    int end = 0;
    while (matcher.find()) {
      if (!matcher.group(1).equals(Integer.toString(names.size()))) {
        return List.of();
      }
      String name = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      names.add(name.replaceAll("\\\\(.)", "$1"));
      end = matcher.end();
    }
    return text.strip().substring(end).equals("}") ? names : List.of();
  }
}
