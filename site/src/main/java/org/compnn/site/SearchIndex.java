package org.compnn.site;

import java.util.List;
import java.util.Locale;

/** What the pages' search looks through, as a script, since a page on disk may fetch no data. */
final class SearchIndex {
  private static final int LONGEST = 600;

  private SearchIndex() {}

  /** Title, document, address and text of each section. */
  static String script(List<Document> documents) {
    StringBuilder script = new StringBuilder("const SECTIONS = [\n");
    for (Document document : documents) {
      for (Document.Section section : document.sections()) {
        script
            .append('[')
            .append(quoted(section.title()))
            .append(',')
            .append(quoted(document.entry().name()))
            .append(',')
            .append(quoted(document.entry().page() + "#" + section.anchor()))
            .append(',')
            .append(quoted(shortened(section.text())))
            .append("],\n");
      }
    }
    return script.append("];\n").toString();
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '<', '\u2028', '\u2029' ->
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        default -> quoted.append(c < ' ' ? ' ' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
