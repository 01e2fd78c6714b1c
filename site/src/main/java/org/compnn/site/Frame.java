package org.compnn.site;

import java.util.List;

/** What stands around a document: navigation, search, the way on. */
final class Frame {
  private Frame() {}

  /** A whole page. */
  static String page(Document document, boolean javadoc) {
    List<Contents.Entry> all = Contents.entries();
    int at = all.indexOf(document.entry());
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s · CompNN</title>
    <link rel="stylesheet" href="style.css">
    <script defer src="search-index.js"></script>
    <script defer src="search.js"></script>
    </head>
    <body>
    <a class="skip" href="#text">To the text</a>
    <header>
    <a class="home" href="index.html">CompNN</a>
    <input class="find" type="search" placeholder="Search" aria-label="Search the documents" hidden>
    </header>
    <ol class="found" hidden></ol>
    <div class="frame">
    <nav aria-label="Documents"><input type="checkbox" id="menu"><label for="menu">Documents</label>
    <div class="list">
    %s</div></nav>
    <main id="text">
    %s
    <p class="on">%s%s</p>
    </main>
    </div>
    </body>
    </html>
    """
        .formatted(
            escaped(document.title()),
            navigation(document.entry(), javadoc),
            document.html(),
            at > 0 ? step("prev", "← ", all.get(at - 1), "") : "",
            at + 1 < all.size() ? step("next", "", all.get(at + 1), " →") : "");
  }

  private static String step(String rel, String before, Contents.Entry entry, String after) {
    return "<a rel=\"%s\" href=\"%s\">%s%s%s</a>"
        .formatted(rel, entry.page(), before, escaped(entry.name()), after);
  }

  private static String navigation(Contents.Entry here, boolean javadoc) {
    StringBuilder list = new StringBuilder();
    for (Contents.Part part : Contents.PARTS) {
      list.append("<h2>").append(escaped(part.heading())).append("</h2>\n<ul>\n");
      for (Contents.Entry entry : part.entries()) {
        list.append("<li><a href=\"")
            .append(entry.page())
            .append(entry.equals(here) ? "\" aria-current=\"page\">" : "\">")
            .append(escaped(entry.name()))
            .append("</a></li>\n");
      }
      if (javadoc && part.heading().equals("Reference")) {
        list.append("<li><a href=\"javadoc/index.html\">Java library (Javadoc)</a></li>\n");
      }
      list.append("</ul>\n");
    }
    return list.toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
