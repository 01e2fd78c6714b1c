package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.compnn.database.Database;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.study.PlantedErrors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What takes many matches, as a person runs it, on labels that the network itself has given. */
@Tag("end-to-end")
final class StudiesEndToEndIT {
  private static final int ROWS = SmallNetworks.HEIGHT;
  private static final int COLUMNS = SmallNetworks.WIDTH;
  private static final Palette PALETTE = Palette.of(List.of("wall", "window", "door", "roof"));

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;
  private Path data;
  private Path database;

  /** Every picture comes twice, hardly changed, so that each has a near match in another one. */
  @BeforeEach
  void buildTheDatabase() throws IOException {
    model = SmallNetworks.segmentation(folder.resolve("network"), 1);
    data = folder.resolve("data");
    database = folder.resolve("train.db");
    Files.createDirectories(data.resolve("images"));
    Files.createDirectories(data.resolve("labels"));
    Random random = new Random(5);
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    try (Network network = Network.open(model, NetworkOptions.defaults())) {
      for (int i = 0; i < 8; i++) {
        if (i % 2 == 0) {
          rgb = blobs(random);
        } else {
          rgb = rgb.clone();
          rgb[random.nextInt(rgb.length)] ^= 1;
        }
        Picture picture = new Picture(ROWS, COLUMNS, rgb);
        Files.write(data.resolve("images/" + i + ".png"), PictureFile.png(picture));
        PictureFile.write(
            data.resolve("labels/" + i + ".png"),
            network.run(picture, List.of()).prediction(),
            PALETTE);
      }
    }
  }

  private static byte[] blobs(Random random) {
    byte[] rgb = new byte[ROWS * COLUMNS * 3];
    for (int n = 0; n < 12; n++) {
      int top = random.nextInt(ROWS);
      int left = random.nextInt(COLUMNS);
      byte[] colour = new byte[3];
      random.nextBytes(colour);
      for (int y = top; y < Math.min(ROWS, top + 14); y++) {
        for (int x = left; x < Math.min(COLUMNS, left + 18); x++) {
          System.arraycopy(colour, 0, rgb, (y * COLUMNS + x) * 3, 3);
        }
      }
    }
    return rgb;
  }

  private void run(Object... args) {
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int code =
        commandLine.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
  }

  private void index() {
    run("index", model, data, "--out", database);
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  private Path picture(int number) {
    return data.resolve("images/" + number + ".png");
  }

  /** Gives the pixels of a training label's most frequent class another class. */
  private void mislabel(int number) {
    Path file = data.resolve("labels/" + number + ".png");
    byte[] classes = PictureFile.readIndices(file).classes().clone();
    int[] counts = new int[SmallNetworks.CLASSES];
    for (byte label : classes) {
      counts[label]++;
    }
    int common = 0;
    for (int c = 1; c < counts.length; c++) {
      common = counts[c] > counts[common] ? c : common;
    }
    for (int i = 0; i < classes.length; i++) {
      classes[i] =
          (byte) (classes[i] == common ? (common + 1) % SmallNetworks.CLASSES : classes[i]);
    }
    try {
      PictureFile.write(file, new LabelMap(ROWS, COLUMNS, classes), PALETTE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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
