package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.study.Colours.BLUE;
import static org.compnn.study.Colours.GREEN;
import static org.compnn.study.Colours.RED;
import static org.compnn.study.Colours.all;
import static org.compnn.study.Colours.at;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.compnn.CompNN;
import org.compnn.dataset.Dataset;
import org.compnn.explain.Options;
import org.compnn.files.Json;
import org.compnn.progress.Progress;
import org.compnn.study.Blame;
import org.compnn.study.Colours;
import org.compnn.study.Evaluation;
import org.compnn.study.JudgedPictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class EvaluationReportTest {
  @TempDir private Path folder;

  private CompNN compnn() {
    return Colours.labelled(
        folder,
        Colours.pair("r", Colours.picture(Colours.red(200)), Colours.labels(all(RED))),
        Colours.pair("g", Colours.picture(Colours.green(200)), Colours.labels(all(GREEN))),
        Colours.pair("b", Colours.picture(Colours.blue(200)), Colours.labels(all(BLUE))));
  }

  /** A picture that is right, one wrong in a block, and one wrong in two. */
  private static Dataset dataset() {
    return Colours.dataset(
        Colours.pair("right", Colours.picture(Colours.red(190)), Colours.labels(all(RED))),
        Colours.pair(
            "one", Colours.picture(Colours.red(190)), Colours.labels(all(RED, at(3, GREEN)))),
        Colours.pair(
            "two <&>",
            Colours.picture(Colours.blue(190)),
            Colours.labels(all(BLUE, at(1, RED), at(2, RED)))));
  }

  @Test
  void theWorstPictureIsFirstAndEveryPictureHasALine() throws IOException {
    try (CompNN compnn = compnn()) {
      Evaluation evaluation =
          Evaluation.of(compnn, dataset(), Options.defaults(), List.of(), 9, Progress.NONE);
      JudgedPictures judged = evaluation.judged();
      assertThat(judged.lines())
          .extracting(JudgedPictures.Line::id)
          .containsExactly("right", "one", "two <&>");
      assertThat(judged.worst().getFirst().judgement().id()).isEqualTo("two <&>");
      assertThat(judged.lines().get(1).error().orElseThrow()).isEqualTo(1.0 / 16);
      assertThat(judged.lines().get(1).meanIou().orElseThrow()).isEqualTo(15.0 / 16 / 2);
      assertThat(judged.confusions().getFirst().truth()).isEqualTo(RED);
      assertThat(judged.confusions().getFirst().given()).isEqualTo(BLUE);
      assertThat(judged.confusions().getFirst().pixels()).isEqualTo(32);

      Path report =
          EvaluationReport.sheet("val", evaluation, compnn.palette()).write(folder.resolve("x"));

      String html = Files.readString(report);
      assertThat(html).contains("two &lt;&amp;&gt;").doesNotContain("two <&>");
      // Nothing is fetched from elsewhere.
      assertThat(html.replace("http://www.w3.org/", "")).doesNotContain("http://", "https://");
      List<String> lines = Files.readAllLines(folder.resolve("x/pictures.csv"));
      assertThat(lines).hasSize(4);
      assertThat(lines.getFirst()).startsWith("rank,id,error,mean_iou,agreement,distance");
      assertThat(lines.get(1)).startsWith("1,two <&>,0.125,");
      assertThat(lines.get(3)).startsWith("3,right,0.0,1.0,1.0,");
      assertThat(Files.readAllLines(folder.resolve("x/classes.csv")).get(1)).contains("red,");
      JsonNode numbers = Json.tree(Files.readString(folder.resolve("x/numbers.json")));
      assertThat(numbers.at("/pictures/1/id").asString()).isEqualTo("one");
      assertThat(numbers.at("/pictures/1/error").asDouble()).isEqualTo(1.0 / 16);
      assertThat(folder.resolve("x/confusion.svg")).exists();
      assertThat(folder.resolve("x/worst.svg")).exists();
    }
  }

  @Test
  void blameShowsTheWrongPicturesWithTheirCauses() throws IOException {
    try (CompNN compnn = compnn()) {
      Blame blame = Blame.of(compnn, dataset(), Options.defaults());
      BlameReport.sheet(blame, compnn.gallery(), compnn.palette()).write(folder.resolve("x"));

      List<String> lines = Files.readAllLines(folder.resolve("x/pictures.csv"));
      assertThat(lines.getFirst())
          .endsWith("labelled,wrong,taught,unlearned,novel,ambiguous,unexplained");
      assertThat(lines.get(1)).startsWith("1,two <&>,0.125,").contains(",256,32,32,0,0,0,0");
      assertThat(Files.readString(folder.resolve("x/report.html")))
          .contains("Worst pictures", "taught 100 %");
    }
  }

  @Test
  void paintersHaveWorstPicturesAndNoClasses() {
    Path other = folder.resolve("painter");
    try (CompNN painter =
        Colours.painted(
            other,
            Colours.pair(
                "a", Colours.picture(Colours.red(80)), Colours.picture(Colours.red(80))))) {
      Evaluation evaluation =
          Evaluation.of(
              painter,
              Colours.dataset(
                  Colours.pair(
                      "x", Colours.picture(Colours.red(80)), Colours.picture(Colours.red(180))),
                  Colours.pair(
                      "y", Colours.picture(Colours.red(80)), Colours.picture(Colours.red(80)))),
              Options.defaults(),
              List.of(),
              9,
              Progress.NONE);
      Sheet sheet = EvaluationReport.sheet("val", evaluation, painter.palette());
      assertThat(sheet.sections())
          .extracting(Section::key)
          .containsExactly("worst", "pictures", "metrics", "reconstruction");
      assertThat(evaluation.judged().worst().getFirst().judgement().id()).isEqualTo("x");
      assertThat(evaluation.judged().lines().getFirst().meanIou()).isEmpty();
    }
  }
}
