package org.compnn.viewer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** HTML as a value. Text is text whatever letters it has; only {@link #raw} is taken as markup. */
public sealed interface Markup {
  /** Text that stands as it is. */
  record Text(String text) implements Markup {}

  /** HTML of our own, trusted. */
  record Raw(String html) implements Markup {}

  /**
   * An element with an end tag.
   *
   * @param attributes those of a map without an order of its own are sorted, so that a page is the
   *     same each time
   */
  record Element(String tag, Map<String, String> attributes, List<Markup> children)
      implements Markup {
    public Element {
      attributes =
          attributes instanceof LinkedHashMap<String, String>
              ? new LinkedHashMap<>(attributes)
              : new TreeMap<>(attributes);
      children = List.copyOf(children);
    }
  }

  /** Text. */
  static Markup text(String text) {
    return new Text(text);
  }

  /** HTML that is known to be well-formed and harmless. */
  static Markup raw(String html) {
    return new Raw(html);
  }

  /** An element of some class; none where the class is empty. */
  static Markup element(String tag, String kind, Markup... children) {
    return element(tag, kind.isEmpty() ? Map.of() : Map.of("class", kind), List.of(children));
  }

  /** An element. */
  static Markup element(String tag, Map<String, String> attributes, List<Markup> children) {
    return new Element(tag, attributes, children);
  }

  /** As HTML. */
  default String html() {
    return switch (this) {
      case Text(String text) -> escape(text);
      case Raw(String html) -> html;
      case Element(String tag, Map<String, String> attributes, List<Markup> children) ->
          "<%s%s>%s</%s>"
              .formatted(
                  tag,
                  attributes.entrySet().stream()
                      .map(a -> " %s=\"%s\"".formatted(a.getKey(), escape(a.getValue())))
                      .collect(Collectors.joining()),
                  children.stream().map(Markup::html).collect(Collectors.joining()),
                  tag);
    };
  }

  /** Text within an element or an attribute, of HTML or of SVG. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
