package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.compnn.image.LabelMap;
import org.compnn.image.PictureFile;
import org.compnn.network.SmallNetworks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What takes many matches, as a person runs it, on labels that the network itself has given. */
@Tag("end-to-end")
final class StudiesEndToEndIT extends SmallStudies {
  @Test
  void theSeriesOfATrainingPictureAgreesWithTheNetworkAtEveryLayerThatHoldsAllOfIt()
      throws IOException {
    index();
    run("series", database, picture(2), "--search", "exact", "--out", folder.resolve("s"));
    JsonNode steps = json(folder.resolve("s/numbers.json")).get("series");
    assertThat(steps).hasSize(2);
    assertThat(steps.get(1).get("agreement").asDouble()).isEqualTo(1);
    assertThat(steps.get(1).get("mean_distance").asDouble()).isZero();
    assertThat(steps.get(1).get("exemplars").asInt()).isEqualTo(1);
    assertThat(steps.get(1).get("mean_region_cells").asDouble()).isEqualTo(ROWS * COLUMNS);
    assertThat(Files.readString(folder.resolve("s/report.html"))).contains("bottleneck");
    assertThat(folder.resolve("s/series.svg")).isNotEmptyFile();
  }

  @Test
  void aRangeOfLayersIsIndexedInOnePassAndMakesALongerSeries() throws IOException {
    run("index", model, data, "--layers", "bottleneck..penultimate", "--out", database);
    run("series", database, picture(2), "--search", "exact", "--out", folder.resolve("s"));
    JsonNode steps = json(folder.resolve("s/numbers.json")).get("series");
    assertThat(steps).hasSizeGreaterThan(3);
    assertThat(steps.get(steps.size() - 1).get("agreement").asDouble()).isEqualTo(1);
  }

  @Test
  void aTrainingPicturesOwnActivationsGiveTheNetworksOutputAndZeroedSkipsAnother()
      throws IOException {
    index();
    for (String skips : List.of("query", "exemplar", "zero")) {
      run(
          "activate",
          database,
          picture(4),
          "--layer",
          "bottleneck",
          "--skips",
          skips,
          "--search",
          "exact",
          "--out",
          folder.resolve(skips));
    }
    LabelMap network = PictureFile.readIndices(folder.resolve("query/network.png"));
    double same = agreement(network, "query");
    // Half precision moves a pixel on a border of classes at most.
    assertThat(same).isGreaterThan(0.98);
    assertThat(agreement(network, "exemplar")).isEqualTo(same);
    assertThat(agreement(network, "zero")).isLessThan(0.98);
  }

  private double agreement(LabelMap network, String skips) {
    LabelMap replaced = PictureFile.readIndices(folder.resolve(skips + "/replaced.png"));
    int equal = 0;
    for (int i = 0; i < network.classes().length; i++) {
      equal += network.classes()[i] == replaced.classes()[i] ? 1 : 0;
    }
    return (double) equal / network.classes().length;
  }

  @Test
  void aDatabaseWithoutThePictureAnswersOtherwiseThanOneWithIt() throws IOException {
    index();
    run(
        "compare",
        database,
        picture(0),
        "--search",
        "exact",
        "--database",
        "with: 0 1",
        "--database",
        "without: -0 -1",
        "--database",
        "again: 0 1",
        "--out",
        folder.resolve("c"));
    JsonNode variants = json(folder.resolve("c/numbers.json")).get("comparison");
    assertThat(variants.get(0).get("exemplars").asInt()).isEqualTo(2);
    assertThat(variants.get(1).get("exemplars").asInt()).isEqualTo(6);
    assertThat(variants.get(1).get("changed").asDouble()).isPositive();
    assertThat(variants.get(2).get("changed").asDouble()).isZero();
    assertThat(folder.resolve("c/without/report.html")).isNotEmptyFile();
  }

  @Test
  void anExplanationShowsGlobalsAChosenPixelAndWhatRemovalChanges() throws IOException {
    index();
    run(
        "explain",
        database,
        picture(6),
        "--search",
        "exact",
        "--global",
        "--pixel",
        "10,20",
        "--top-k",
        "3",
        "--verify-by-removal",
        "2",
        "--out",
        folder.resolve("w"));
    JsonNode why = json(folder.resolve("w/6/explanation.json"));
    JsonNode pixel = why.get("pipeline").get(0);
    assertThat(pixel.get("row").asInt()).isEqualTo(20);
    assertThat(pixel.get("column").asInt()).isEqualTo(10);
    assertThat(pixel.get("matches").get(0).get("id").asString()).isEqualTo("6");
    assertThat(pixel.get("matches").get(0).get("distance").asDouble()).isZero();
    assertThat(pixel.get("matches").get(0).get("self").asString())
        .isEqualTo(pixel.get("network").asString());
    // Its own picture and its twin are those cited; without them it must come from farther off.
    JsonNode removal = why.get("removal");
    assertThat(removal.get(1).get("mean_distance").asDouble())
        .isGreaterThan(removal.get(2).get("mean_distance").asDouble());
    assertThat(
            PictureFile.readIndices(folder.resolve("w/6/global-NN-penultimate-self.png")).classes())
        .isEqualTo(PictureFile.readIndices(folder.resolve("w/6/network.png")).classes());
    JsonNode regions = json(folder.resolve("w/6/regions.json"));
    int area = 0;
    for (JsonNode annotation : regions.get("annotations")) {
      int inside = 0;
      JsonNode counts = annotation.get("segmentation").get("counts");
      for (int i = 1; i < counts.size(); i += 2) {
        inside += counts.get(i).asInt();
      }
      assertThat(inside).isEqualTo(annotation.get("area").asInt());
      area += inside;
    }
    assertThat(area).isEqualTo(ROWS * COLUMNS);
  }

  /** The sanity check of Adebayo and others (2018): other weights must give other explanations. */
  @Test
  void anotherNetworksWeightsGiveAnotherField() throws IOException {
    index();
    Path random = folder.resolve("random.db");
    run("index", SmallNetworks.segmentation(folder.resolve("other"), 2), data, "--out", random);
    byte[][] fields = new byte[2][];
    for (Path db : List.of(database, random)) {
      // Its twin would match whatever the weights are.
      Path why = folder.resolve("why-" + db.getFileName());
      run(
          "explain",
          db,
          picture(2),
          "--search",
          "exact",
          "--exclude-neighbours",
          "1",
          "--out",
          why);
      fields[db.equals(database) ? 0 : 1] = Files.readAllBytes(why.resolve("2/field.npy"));
    }
    int cells = ROWS * COLUMNS;
    int differ = 0;
    for (int cell = 0; cell < cells; cell++) {
      int one = fields[0].length - (cells - cell) * 12;
      int other = fields[1].length - (cells - cell) * 12;
      differ += Arrays.equals(fields[0], one, one + 12, fields[1], other, other + 12) ? 0 : 1;
    }
    assertThat((double) differ / cells).isGreaterThan(0.5);
  }
}
