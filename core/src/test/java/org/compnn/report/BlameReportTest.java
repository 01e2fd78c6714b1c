package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.compnn.compose.Mask;
import org.compnn.explain.SmallExplanation;
import org.compnn.study.Blame;
import org.compnn.study.Blame.Cause;
import org.compnn.study.Blame.Culprit;
import org.compnn.study.Blame.Region;
import org.compnn.study.JudgedPictures;
import org.compnn.study.Weigh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BlameReportTest {
  private static final Blame BLAME =
      new Blame(
          2,
          400,
          Map.of(Cause.TAUGHT, 30L, Cause.NOVEL, 10L),
          1.5f,
          List.of(
              new Culprit(2, "c", 20, 5, List.of(region(16, 4, 2.5), region(0, 1, 0.5))),
              new Culprit(0, "a", 10, 10, List.of(region(35, 2, 9)))),
          new JudgedPictures(),
          Weigh.NONE);

  @TempDir private Path folder;

  private static Region region(int first, int count, double pixels) {
    BitSet mask = new BitSet();
    mask.set(first, first + count);
    return new Region(new Mask(SmallExplanation.HEIGHT, SmallExplanation.WIDTH, mask), pixels);
  }

  private static Sheet sheet(Blame blame) {
    return BlameReport.sheet(
        blame, SmallExplanation.exemplars("a", "b", "c"), SmallExplanation.PALETTE);
  }

  /** The part about training pictures. */
  private static Section section(Sheet sheet) {
    return sheet.sections().stream()
        .filter(section -> section.key().equals("blame"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyCauseHasALineWithItsShare() {
    assertThat(BlameReport.causes(BLAME).rows())
        .containsExactly(
            List.of("taught", "30", "75.0 %"),
            List.of("unlearned", "0", "0.0 %"),
            List.of("novel", "10", "25.0 %"),
            List.of("ambiguous", "0", "0.0 %"),
            List.of("unexplained", "0", "0.0 %"));
  }

  @Test
  void culpritsAreListedWithTheirSharesAndRegions() {
    Sheet sheet = sheet(BLAME);
    assertThat(sheet.facts()).isEqualTo("2 pictures · 40 of 400 labelled pixels wrong (10.0 %)");
    Section ranked = section(sheet);
    assertThat(ranked.table().orElseThrow().rows())
        .containsExactly(
            List.of("c", "20.0", "50.0 %", "25.0 %", "2.5"),
            List.of("a", "10.0", "25.0 %", "100.0 %", "9.0"));
    assertThat(ranked.csv().get("blame"))
        .isEqualTo(
            new Table(
                List.of("rank", "id", "wrong_pixels", "area", "top", "left", "bottom", "right"),
                List.of(
                    List.of("1", "a", "9.00", "2", "2", "3", "3", "5"),
                    List.of("2", "c", "2.50", "4", "1", "0", "2", "4"))));
  }

  @Test
  void theNumbersAreWrittenForPrograms() throws IOException {
    sheet(BLAME).write(folder);
    JsonNode json =
        JsonMapper.builder().build().readTree(Files.readString(folder.resolve("numbers.json")));
    assertThat(json.at("/causes/labelled").asInt()).isEqualTo(400);
    assertThat(json.at("/causes/wrong").asInt()).isEqualTo(40);
    assertThat(json.at("/causes/novel").asInt()).isEqualTo(10);
    assertThat(json.at("/blame/0/id").asString()).isEqualTo("c");
    assertThat(json.at("/blame/0/doubtful").asDouble()).isEqualTo(5);
    assertThat(json.at("/blame/0/regions")).hasSize(2);
    assertThat(json.at("/blame/1/regions/0/left").asInt()).isEqualTo(3);
    assertThat(folder.resolve("blame.csv")).exists();
    assertThat(folder.resolve("blame.svg")).exists();
  }

  @Test
  void aNetworkThatIsRightEverywhereHasAReportToo() {
    Blame none = new Blame(1, 100, Map.of(), 1, List.of(), new JudgedPictures(), Weigh.NONE);
    assertThat(BlameReport.causes(none).rows().getFirst()).containsExactly("taught", "0", "-");
    Sheet sheet = sheet(none);
    assertThat(sheet.facts()).isEqualTo("1 pictures · 0 of 100 labelled pixels wrong (0.0 %)");
    assertThat(section(sheet).figures()).isEmpty();
    assertThat(sheet.html()).contains("Causes of wrong pixels");
  }
}
