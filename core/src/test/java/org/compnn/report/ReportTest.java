package org.compnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.compose.Labels;
import org.compnn.explain.Explanation;
import org.compnn.explain.Gallery;
import org.compnn.explain.SmallExplanation;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureFile;
import org.compnn.npy.Npy;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  private static final Gallery GALLERY = SmallExplanation.exemplars("a", "b", "c", "d");

  @TempDir Path folder;

  @Test
  void everyPictureHasItsFilesAndAllHaveOneReport() throws IOException {
    Path report = write(1, "first", "second");

    assertThat(report).isEqualTo(folder.resolve("report.html")).exists();
    for (String name : List.of("first", "second")) {
      try (Stream<Path> files = Files.list(folder.resolve(name))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder(
                "output.png",
                "network.png",
                "reconstruction.png",
                "correspondences.png",
                "truth.png",
                "other.png",
                "difference.png",
                "correspondences.svg",
                "regions.json",
                "field.npy",
                "distance.npy",
                "explanation.json");
      }
    }
  }

  @Test
  void picturesAreStoredAsTheyAre() {
    write(1, "x");

    Explanation explanation = explanation("x", 1);
    LabelMap output = PictureFile.readIndices(folder.resolve("x/output.png"));
    assertThat(output.classes()).isEqualTo(((LabelMap) explanation.composition()).classes());
    assertThat(PictureFile.read(folder.resolve("x/reconstruction.png")).rgb())
        .isEqualTo(explanation.reconstruction().rgb());
  }

  @Test
  void theFieldIsExemplarRowColumnForEveryCell() throws IOException {
    write(1, "x");

    assertThat(header("x/field.npy")).contains("'<i4'").contains("(3, 4, 3)");
    assertThat(header("x/distance.npy")).contains("'<f4'").contains("(3, 4)");
    int[] field = Npy.ints(folder.resolve("x/field.npy"));
    assertThat(field).hasSize(36).startsWith(-1, -1, -1, 1, 2, 3);
    assertThat(Npy.floats(folder.resolve("x/distance.npy")))
        .hasSize(12)
        .startsWith(Float.POSITIVE_INFINITY, 0.5f, 1f);
  }

  @Test
  void severalMatchesACellAddAnAxis() throws IOException {
    write(2, "x");

    assertThat(header("x/field.npy")).contains("(3, 4, 2, 3)");
    assertThat(header("x/distance.npy")).contains("(3, 4, 2)");
  }

  @Test
  void theJsonNamesSettingsTimingsAgreementAndRankedExemplars() throws IOException {
    write(1, "x");

    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(folder.resolve("x/explanation.json")));
    assertThat(json.at("/format").asInt()).isEqualTo(1);
    assertThat(json.at("/settings/layer/name").asString()).isEqualTo("/dec/Conv_output_0");
    assertThat(json.at("/settings/layer/horizontal/before").isNull()).isTrue();
    assertThat(json.at("/settings/labels").asString()).isEqualTo("self");
    assertThat(json.at("/settings/further/without").asString()).isEqualTo("tag=\"night\"");
    assertThat(json.at("/timings_ms/search").asDouble()).isEqualTo(1500);
    assertThat(json.at("/agreement/rows")).hasSize(5);
    assertThat(json.at("/agreement/rows/2/answer").asString()).isEqualTo("Network");
    assertThat(json.at("/reconstruction/l1").asDouble()).isPositive();
    int cells = 0;
    int last = Integer.MAX_VALUE;
    for (JsonNode exemplar : json.at("/exemplars")) {
      assertThat(exemplar.get("cells").asInt()).isLessThanOrEqualTo(last);
      last = exemplar.get("cells").asInt();
      cells += last;
      assertThat(exemplar.get("id").asString())
          .isEqualTo(GALLERY.id(exemplar.get("exemplar").asInt()));
    }
    assertThat(cells).isEqualTo(11);
  }

  @Test
  void namesThatWouldLeaveTheFolderOrClashAreMadeSafe() throws IOException {
    write(1, "../../etc/passwd", "a/b", "a:b", "report.html", "", "A_b", "..");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "report.html",
              "etc-passwd",
              "a-b",
              "a-b-2",
              "report.html-2",
              "picture",
              "A_b",
              "picture-2");
    }
  }

  @Test
  void aFileInTheWayIsAnErrorThatNamesIt() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "x");

    assertThatThrownBy(() -> Report.of(explanation("x", 1)).write(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(file.toString());
  }

  private Path write(int topK, String... names) {
    return Report.of(Stream.of(names).map(name -> Chapter.of(explanation(name, topK))).toList())
        .write(folder);
  }

  private static Explanation explanation(String name, int topK) {
    return SmallExplanation.of(name, Labels.SELF, topK, GALLERY);
  }

  private String header(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    return new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
  }
}
