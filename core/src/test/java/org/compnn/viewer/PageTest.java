package org.compnn.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.compnn.files.Sha256;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class PageTest {
  private static final String HOSTILE = "</script></title><!--{{data}}\u2028\"'&$1\\";

  private static Page page(String style, Optional<Page.Live> live) {
    return new Page(
        HOSTILE,
        style,
        List.of(),
        List.of(Markup.element("p", "", Markup.text(HOSTILE))),
        List.of(Markup.raw("<p>Footer</p>")),
        List.of(),
        live);
  }

  @Test
  void whateverLettersATextHasItStaysTextAndDataStaysData() {
    String html =
        page("p {}", Optional.of(new Page.Live(Map.of("name", HOSTILE), "run();"))).html();
    assertThat(html.split("</script>", -1)).hasSize(3);
    assertThat(html).doesNotContain("<!--").contains("<title>&lt;/script&gt;&lt;/title&gt;");
    String data = html.substring(html.indexOf("id=\"data\">") + 10);
    assertThat(
            new JsonMapper()
                .readTree(data.substring(0, data.indexOf("</script>")))
                .get("name")
                .asString())
        .isEqualTo(HOSTILE);
  }

  @Test
  void thePolicyNamesStyleAndScriptByTheirHashesAndNothingElse() {
    String html = page("p {}", Optional.of(new Page.Live(Map.of(), "run();"))).html();
    assertThat(html)
        .contains(
            "content=\"default-src 'none'; img-src data:; style-src '"
                + Sha256.of("p {}").policy()
                + "'; script-src '"
                + Sha256.of("run();").policy()
                + "'; base-uri 'none'; form-action 'none'\"")
        .contains("<style>p {}</style>")
        .contains("<script type=\"module\">run();</script>");
    assertThat(page("p {}", Optional.empty()).html())
        .doesNotContain("script-src")
        .doesNotContain("<script");
  }

  @Test
  void aStyleOrScriptThatWouldEndItsElementIsRefused() {
    assertThatThrownBy(() -> page("</STYLE>", Optional.empty()).html())
        .isInstanceOf(IllegalArgumentException.class);
    for (String script : List.of("\"</script>\"", "\"<!--\"")) {
      assertThatThrownBy(() -> page("", Optional.of(new Page.Live(Map.of(), script))).html())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("script");
    }
  }

  @Test
  void elementsHaveTheirAttributesInOrderAndEscaped() {
    Markup markup =
        Markup.element(
            "section",
            Map.of("id", "\"a\" & <b>"),
            List.of(Markup.element("h2", "lead", Markup.text("1 < 2")), Markup.raw("<svg></svg>")));
    assertThat(markup.html())
        .isEqualTo(
            "<section id=\"&quot;a&quot; &amp; &lt;b&gt;\"><h2 class=\"lead\">1 &lt;"
                + " 2</h2><svg></svg></section>");
  }
}
