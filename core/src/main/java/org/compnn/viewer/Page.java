package org.compnn.viewer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.compnn.files.Resource;
import org.compnn.files.Sha256;

/**
 * A page that is one file: it works from disk and asks nothing of a network, which its content
 * security policy forbids; nothing runs but the script that the policy names by its hash.
 *
 * @param title the window's, without the program's name
 * @param style CSS
 * @param bar what stands at the top, after the program's name
 * @param main what the page is about
 * @param footer a sentence or two at the end
 * @param rest what stands after all that, unseen at first
 * @param live what the page does, if it does something
 */
public record Page(
    String title,
    String style,
    List<Markup> bar,
    List<Markup> main,
    List<Markup> footer,
    List<Markup> rest,
    Optional<Live> live) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");

  public Page {
    bar = List.copyOf(bar);
    main = List.copyOf(main);
    footer = List.copyOf(footer);
    rest = List.copyOf(rest);
  }

  /**
   * What a page does.
   *
   * @param data a record, which scripts find as JSON in the element {@code data}
   * @param script one module, as {@link Modules#bundle} makes it
   */
  public record Live(Object data, String script) {}

  /** The style that pages have if they have none of their own. */
  public static String sharedStyle() {
    return Resource.text(Page.class, "viewer.css");
  }

  /** The whole file. */
  public String html() {
    requireWithin("style", style);
    live.ifPresent(found -> requireWithin("script", found.script()));
    Map<String, String> parts =
        Map.of(
            "policy", policy(),
            "title", Markup.escape(title),
            "style", style,
            "bar", html(bar),
            "main", html(main),
            "footer", html(footer),
            "rest", html(rest),
            "scripts", live.map(Page::scripts).orElse(""));
    String frame = Resource.text(Page.class, "page.html");
    int length = frame.length() + parts.values().stream().mapToInt(String::length).sum();
    StringBuilder page = new StringBuilder(length);
    Matcher placeholder = PLACEHOLDER.matcher(frame);
    int from = 0;
    // In one pass, so that nothing within a part is taken for a placeholder.
    while (placeholder.find()) {
      page.append(frame, from, placeholder.start()).append(parts.get(placeholder.group(1)));
      from = placeholder.end();
    }
    return page.append(frame, from, frame.length()).toString();
  }

  private String policy() {
    return "default-src 'none'; img-src data:; style-src '%s';%s base-uri 'none'; form-action 'none'"
        .formatted(
            Sha256.of(style).policy(),
            live.map(found -> " script-src '" + Sha256.of(found.script()).policy() + "';")
                .orElse(""));
  }

  private static String scripts(Live live) {
    return "<script type=\"application/json\" id=\"data\">%s</script>\n<script type=\"module\">%s</script>\n"
        .formatted(ViewJson.inScript(live.data()), live.script());
  }

  private static String html(List<Markup> parts) {
    return parts.stream().map(Markup::html).collect(Collectors.joining());
  }

  /** Our own script and style must not end their own element, or hide what follows. */
  private static void requireWithin(String element, String content) {
    String lower = content.toLowerCase(Locale.ROOT);
    if (lower.contains("</" + element) || lower.contains("<!--")) {
      throw new IllegalArgumentException("the page's " + element + " would end its element early");
    }
  }
}
