package org.compnn.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * One document in Markdown, with its links led to the site's pages. Headings have the anchors that
 * code hosts give them, so that links work in both places.
 */
final class Document {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().extensions(EXTENSIONS).build();

  private final Path home;
  private final Contents.Entry entry;
  private final Node root;
  private final Map<Node, String> anchors = new HashMap<>();
  private final Set<String> files = new TreeSet<>();

  private Document(Path home, Contents.Entry entry, Node root) {
    this.home = home;
    this.entry = entry;
    this.root = root;
  }

  /**
   * A part of a document under a heading.
   *
   * @param title the heading
   * @param level 1 for the document's own
   * @param anchor within the page
   * @param text what stands under it, without markup
   */
  record Section(String title, int level, String anchor, String text) {}

  /**
   * Reads a document.
   *
   * @param home the repository
   */
  static Document of(Path home, Contents.Entry entry, String markdown) {
    Document document = new Document(home, entry, PARSER.parse(markdown));
    document.nameHeadings();
    document.leadLinks();
    return document;
  }

  Contents.Entry entry() {
    return entry;
  }

  /** Files of the repository that it links to and that are no pages; the site copies them. */
  Set<String> files() {
    return Set.copyOf(files);
  }

  /** The first heading. */
  String title() {
    return sections().getFirst().title();
  }

  private void nameHeadings() {
    Map<String, Integer> uses = new HashMap<>();
    root.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            String anchor = anchor(TEXT.render(heading).strip());
            int before = uses.merge(anchor, 1, Integer::sum) - 1;
            anchors.put(heading, before == 0 ? anchor : anchor + "-" + before);
          }
        });
  }

  /** In small letters, without punctuation, with hyphens for spaces. */
  static String anchor(String title) {
    StringBuilder anchor = new StringBuilder();
    String small = title.toLowerCase(Locale.ROOT);
    for (int i = 0; i < small.length(); i++) {
      char c = small.charAt(i);
      if (c == ' ') {
        anchor.append('-');
      } else if (Character.isLetterOrDigit(c) || c == '-' || c == '_') {
        anchor.append(c);
      }
    }
    return anchor.toString();
  }

  private void leadLinks() {
    root.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            link.setDestination(led(link.getDestination()));
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            image.setDestination(led(image.getDestination()));
            visitChildren(image);
          }
        });
  }

  /** Where a link of the repository leads within the site. */
  private String led(String destination) {
    if (destination.matches("[a-z]+:.*") || destination.startsWith("#")) {
      return destination;
    }
    int hash = destination.indexOf('#');
    String fragment = hash < 0 ? "" : destination.substring(hash);
    String path = hash < 0 ? destination : destination.substring(0, hash);
    Path source = home.resolve(entry.source()).resolveSibling(path).normalize();
    String within = home.relativize(source).toString().replace('\\', '/');
    return Contents.of(within)
        .map(page -> page.page() + fragment)
        .orElseGet(
            () -> {
              files.add(within);
              return Site.copied(within) + fragment;
            });
  }

  /** The document's body. */
  String html() {
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(
                _ ->
                    (AttributeProvider)
                        (node, _, attributes) -> {
                          if (anchors.containsKey(node)) {
                            attributes.put("id", anchors.get(node));
                          }
                        })
            .build();
    // Wide tables scroll by themselves, so that a narrow screen keeps the text.
    return renderer
        .render(root)
        .replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>");
  }

  /** What a search looks through. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Heading at = null;
    for (Node node = root.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        close(sections, at, text);
        at = heading;
      } else {
        text.append(TEXT.render(node)).append(' ');
      }
    }
    close(sections, at, text);
    return sections;
  }

  private void close(
      List<Section> sections,
      @org.jspecify.annotations.Nullable Heading heading,
      StringBuilder text) {
    if (heading != null) {
      sections.add(
          new Section(
              TEXT.render(heading).strip(),
              heading.getLevel(),
              anchors.getOrDefault(heading, ""),
              text.toString().replaceAll("\\s+", " ").strip()));
    }
    text.setLength(0);
  }
}
