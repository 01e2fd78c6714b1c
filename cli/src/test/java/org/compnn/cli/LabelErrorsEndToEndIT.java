package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.database.Database;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.study.PlantedErrors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Wrong labels and wrong pixels, looked for as a person looks for them. */
@Tag("end-to-end")
final class LabelErrorsEndToEndIT extends SmallStudies {
  @Test
  void aMislabelledTrainingPictureIsTheFirstSuspectAndOnesWithoutErrorsAreNone()
      throws IOException {
    mislabel(3);
    index();
    run("suspects", database, "--search", "exact", "--top-k", 1, "--out", folder.resolve("x"));
    List<String> lines = Files.readAllLines(folder.resolve("x/suspects.csv"));
    assertThat(lines).hasSizeGreaterThan(1);
    assertThat(lines.get(1)).startsWith("1,3,");
    assertThat(lines).noneMatch(line -> line.startsWith("2,6,") || line.startsWith("2,0,"));
  }

  @Test
  void plantedErrorsAreSuspectsAndNothingElseIs() throws IOException {
    index();
    run(
        "suspects",
        database,
        "--search",
        "exact",
        "--top-k",
        1,
        "--plant",
        3,
        "--seed",
        3,
        "--repeats",
        2,
        "--out",
        folder.resolve("x"));
    assertThat(out.toString()).contains("compnn suspects", "softmin of the network");
    List<String> planted;
    try (Database open = Database.open(database)) {
      planted =
          PlantedErrors.in(open, 3, SmallNetworks.CLASSES, 3).changed().keySet().stream()
              .map(String::valueOf)
              .toList();
    }
    List<String> lines = Files.readAllLines(folder.resolve("x/suspects.csv"));
    // Thin regions leave nothing inside their border, so not each planted one need be found here.
    assertThat(lines).hasSizeGreaterThan(1);
    assertThat(lines.subList(1, lines.size())).allMatch(l -> planted.contains(l.split(",", -1)[1]));
  }

  @Test
  void pixelsThatAreWrongAsTaughtAreBlamedOnThePictureThatTaughtThem() throws IOException {
    index();
    // The truth says otherwise than the network and the training labels do. The twin matches as
    // well, but among equal distances the exemplar with the lower index counts.
    mislabel(4);
    run(
        "blame",
        database,
        truthOf(4),
        "--search",
        "exact",
        "--top-k",
        1,
        "--out",
        folder.resolve("b"));
    JsonNode numbers = json(folder.resolve("b/numbers.json"));
    JsonNode causes = numbers.get("causes");
    assertThat(causes.get("wrong").asLong()).isPositive();
    assertThat(causes.get("taught").asLong()).isEqualTo(causes.get("wrong").asLong());
    assertThat(numbers.get("blame").get(0).get("id").asString()).isEqualTo("4");
    assertThat(numbers.get("blame").get(0).get("pixels").asDouble())
        .isEqualTo(causes.get("wrong").asDouble());
    // All that a picture is blamed for lies in its regions.
    double inRegions = 0;
    for (JsonNode region : numbers.get("blame").get(0).get("regions")) {
      inRegions += region.get("pixels").asDouble();
    }
    assertThat(inRegions).isPositive().isLessThanOrEqualTo(causes.get("wrong").asDouble());
    assertThat(Files.readAllLines(folder.resolve("b/blame.csv")).get(1)).startsWith("1,4,");
  }

  /** A data set of one training picture with the label that lies beside it now. */
  private Path truthOf(int number) throws IOException {
    Path truth = folder.resolve("truth");
    Files.createDirectories(truth.resolve("images"));
    Files.createDirectories(truth.resolve("labels"));
    String name = number + ".png";
    Files.copy(picture(number), truth.resolve("images/" + name));
    Files.copy(data.resolve("labels/" + name), truth.resolve("labels/" + name));
    return truth;
  }

  @Test
  void pixelsThatTheNetworkGetsWrongOnItsTrainingPicturesTooAreUnlearned() throws IOException {
    mislabel(4);
    index();
    run("blame", database, truthOf(4), "--search", "exact", "--top-k", 1, "--out", folder);
    JsonNode causes = json(folder.resolve("numbers.json")).get("causes");
    assertThat(causes.get("wrong").asLong()).isPositive();
    assertThat(causes.get("unlearned").asLong()).isEqualTo(causes.get("wrong").asLong());
  }

  @Test
  void wrongPixelsOfAPictureUnlikeAnyTrainingPictureAreNovel() throws IOException {
    index();
    // Every training picture has a twin, so near matches are what is usual; noise has none.
    byte[] noise = new byte[ROWS * COLUMNS * 3];
    new Random(9).nextBytes(noise);
    Files.write(picture(4), PictureFile.png(new Picture(ROWS, COLUMNS, noise)));
    try (Network network = Network.open(model, NetworkOptions.defaults())) {
      byte[] classes =
          ((LabelMap) network.run(new Picture(ROWS, COLUMNS, noise), List.of()).prediction())
              .classes()
              .clone();
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (byte) ((classes[i] + 1) % SmallNetworks.CLASSES);
      }
      PictureFile.write(
          data.resolve("labels/4.png"), new LabelMap(ROWS, COLUMNS, classes), PALETTE);
    }
    run("blame", database, truthOf(4), "--search", "exact", "--top-k", 1, "--out", folder);
    JsonNode causes = json(folder.resolve("numbers.json")).get("causes");
    assertThat(causes.get("wrong").asLong()).isEqualTo(ROWS * COLUMNS);
    assertThat(causes.get("novel").asDouble()).isGreaterThan(0.9 * ROWS * COLUMNS);
  }
}
