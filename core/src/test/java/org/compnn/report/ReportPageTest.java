package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.explain.SmallExplanation;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureFile;
import org.compnn.threads.Workers;
import org.compnn.viewer.FieldBytes;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!--{{data}}\u2028\"'&$1\\";

  @Test
  void namesOfAnyKindStayTextInTheMarkup() {
    Gallery gallery = SmallExplanation.exemplars(HOSTILE, HOSTILE, "c", "d");
    String html = page(SmallExplanation.of(HOSTILE, Labels.SELF, 1, gallery));

    assertThat(html).doesNotContain("<script>alert").doesNotContain("<b>road");
    assertThat(html.split("</script>", -1)).hasSize(3);
    assertThat(html).contains("<title>&lt;/script&gt;");
    JsonNode data = data(html);
    assertThat(data.at("/pictures/0/why/explanation/name").asString()).isEqualTo(HOSTILE);
    assertThat(data.at("/classes/1/name").asString()).isEqualTo("</script><b>road");
    assertThat(data.at("/gallery").valueStream().map(node -> node.get("id").asString()))
        .contains(HOSTILE, "c", "d");
  }

  @Test
  void thePageAsksNothingOfANetwork() {
    String html = page();

    assertThat(html).contains("default-src 'none'");
    assertThat(html.replace("http-equiv", ""))
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("@import")
        .doesNotContain("url(");
    assertThat(html).doesNotContain("{{");
  }

  @Test
  void eachCitedExemplarIsThereOnceUnderItsIndexWhichTheFieldNames() {
    Gallery gallery = SmallExplanation.exemplars("a", "b", "c", "d");
    Explanation explanation = SmallExplanation.of("x", Labels.ORIGINAL, 2, gallery);
    JsonNode data = data(page(explanation, explanation));

    assertThat(data.at("/gallery").valueStream().map(node -> node.get("exemplar").asInt()))
        .containsExactlyInAnyOrder(0, 1, 2, 3);
    byte[] bytes = Base64.getDecoder().decode(data.at("/pictures/0/why/field").asString());
    assertThat(bytes).isEqualTo(FieldBytes.of(explanation.field(), 5));
  }

  @Test
  void picturesOnThePageAreThoseOfTheExplanation() {
    Gallery gallery = SmallExplanation.exemplars("a", "b", "c", "d");
    Explanation explanation = SmallExplanation.of("x", Labels.SELF, 1, gallery);
    String source = data(page(explanation)).at("/pictures/0/why/pictures/output").asString();

    byte[] png = Base64.getDecoder().decode(source.substring("data:image/png;base64,".length()));
    assertThat(PictureFile.read(png, "page").rgb())
        .isEqualTo(SmallExplanation.PALETTE.paint((LabelMap) explanation.composition()).rgb());
  }

  @Test
  void beyondTheBudgetExemplarsAreNamedButNotShown() {
    Gallery gallery = SmallExplanation.exemplars("a", "b", "c", "d");
    CitedExemplars cited =
        new CitedExemplars(
            List.of(SmallExplanation.of("x", Labels.SELF, 1, gallery)), Workers.of(1));

    var whole = cited.within(Long.MAX_VALUE, SmallExplanation.PALETTE);
    var none = cited.within(0, SmallExplanation.PALETTE);

    assertThat(whole)
        .hasSize(4)
        .allMatch(each -> each.input().isPresent() && each.original().isPresent())
        .allMatch(each -> each.self().isPresent());
    assertThat(none).hasSize(4).allMatch(each -> each.input().isEmpty() && each.self().isEmpty());
  }

  private static String page() {
    Gallery gallery = SmallExplanation.exemplars("a", "b", "c", "d");
    return page(SmallExplanation.of("x", Labels.SELF, 1, gallery));
  }

  private static String page(Explanation... explanations) {
    List<String> folders = IntStream.range(0, explanations.length).mapToObj(i -> "f" + i).toList();
    return ReportPage.html(
        Stream.of(explanations).map(Chapter::of).toList(), folders, new Drawings(), Workers.of(1));
  }

  private static JsonNode data(String html) {
    Matcher found =
        Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(html);
    assertThat(found.find()).isTrue();
    return JsonMapper.builder().build().readTree(found.group(1));
  }
}
