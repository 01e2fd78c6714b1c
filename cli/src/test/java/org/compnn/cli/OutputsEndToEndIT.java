package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.compnn.network.graph.GraphWriter.number;
import static org.compnn.network.graph.GraphWriter.text;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.compnn.database.Database;
import org.compnn.database.OutputKind;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.image.PictureSize;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.network.graph.GraphWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that give numbers, or pictures larger than their inputs, from a folder to tables. */
@Tag("end-to-end")
final class OutputsEndToEndIT {
  private static final int ROWS = 16;
  private static final int COLUMNS = 24;
  private static final int EXEMPLARS = 5;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(words);
  }

  private void succeeds(Object... args) {
    assertThat(run(args)).as(err.toString()).isZero();
  }

  private Path network(GraphWriter w) throws IOException {
    Path model = Files.createDirectories(folder.resolve("network")).resolve("model.onnx");
    Files.write(model, w.model().toByteArray());
    return model;
  }

  private static Picture noise(long seed, int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(seed).nextBytes(rgb);
    return new Picture(height, width, rgb);
  }

  private Path file(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** Positive numbers at every pixel, three times coarser than the picture along both axes. */
  private Path depth() throws IOException {
    GraphWriter w = GraphWriter.positive(1);
    String input = w.input("pixel_values", 1, 3, ROWS, COLUMNS);
    String features = w.relu("a", w.conv("a", input, 3, 6, 3, 2));
    String head = w.relu("b", w.conv("b", features, 6, 1, 1, 1));
    w.named("predicted_depth", "Squeeze", List.of(head, w.whole(1)));
    w.output("predicted_depth", 1, ROWS / 2, COLUMNS / 2);
    return network(w);
  }

  /** Depths in sixteenths; none in the first row. */
  private static ValueMap measured(long seed) {
    float[] values = new float[ROWS * COLUMNS];
    Random random = new Random(seed);
    for (int i = COLUMNS; i < values.length; i++) {
      values[i] = 1 + random.nextInt(64);
    }
    return new ValueMap(ROWS, COLUMNS, 1, values);
  }

  private void depthPairs() throws IOException {
    for (int i = 0; i < EXEMPLARS; i++) {
      file("data/images/" + i + ".png", PictureFile.png(noise(i, ROWS, COLUMNS)));
      file("data/labels/" + i + ".npy", ValueFile.npy(measured(i)));
    }
  }

  @Test
  void numbersAreIndexedExplainedAndMeasured() throws IOException {
    Path model = depth();
    depthPairs();
    Path data = folder.resolve("data");
    Path database = folder.resolve("train.db");

    succeeds("index", model, data, "--out", database, "--target-scale", "1/16");
    try (Database db = Database.open(database)) {
      assertThat(db.outputKind()).isEqualTo(OutputKind.VALUES);
      ValueMap target = (ValueMap) db.target(3);
      assertThat(target.value(0, 5, 0)).isNaN();
      assertThat(target.value(7, 5, 0)).isEqualTo(measured(3).value(7, 5, 0) / 16);
      assertThat(db.prediction(0).height()).isEqualTo(ROWS);
    }

    Path why = folder.resolve("why");
    succeeds("explain", database, folder.resolve("data/images/2.png"), "--out", why);
    ValueMap network = ValueMap.read(why.resolve("2/network.npy"));
    assertThat(network.height()).isEqualTo(ROWS);
    // A training picture finds itself.
    assertThat(ValueMap.read(why.resolve("2/output.npy")).values())
        .containsExactly(network.values());
    assertThat(Files.readString(why.resolve("2/explanation.json")))
        .contains("\"values\"")
        .contains("\"abs_rel\"");
    assertThat(Files.readString(why.resolve("report.html"))).contains("no value");

    Path evaluation = folder.resolve("evaluation");
    succeeds("evaluate", database, data, "--out", evaluation);
    assertThat(Files.readString(evaluation.resolve("metrics.json")))
        .contains("\"l1\"", "\"rmse\"", "\"abs_rel\"", "\"delta_1\"");
    succeeds("series", database, folder.resolve("data/images/2.png"), "--out", folder.resolve("s"));
  }

  @Test
  void whatNeedsClassesIsRefusedForNumbersInOneLine() throws IOException {
    Path model = depth();
    depthPairs();
    Path data = folder.resolve("data");
    Path database = folder.resolve("train.db");
    succeeds("index", model, data, "--out", database);

    assertThat(run("blame", database, data, "--out", folder.resolve("b"))).isEqualTo(2);
    assertThat(run("suspects", database, "--out", folder.resolve("c"))).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("compnn:"))).hasSize(2);
    assertThat(err.toString()).contains("found numbers").contains("label maps, found none");
  }

  @Test
  void targetsOfOneNumberTooManyAreRefusedByName() throws IOException {
    Path model = depth();
    file("data/images/0.png", PictureFile.png(noise(0, ROWS, COLUMNS)));
    Path colour = file("data/labels/0.png", PictureFile.png(noise(1, ROWS, COLUMNS)));

    assertThat(run("index", model, folder.resolve("data"), "--out", folder.resolve("db")))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(colour.toString())
        .contains("expected 1 numbers at every pixel as the network gives them, found 3");
  }

  /** Four times as large: an enlarged input, and what a pixel shuffle adds to it. */
  private Path superResolution() throws IOException {
    GraphWriter w = GraphWriter.random(2);
    String input = w.input("pixel_values", 1, 3, ROWS, COLUMNS);
    String features = w.relu("a", w.conv("a", input, 3, 8, 3, 1));
    String details = w.conv("b", features, 8, 48, 3, 1);
    String shuffled = w.node("DepthToSpace", "", List.of(details), number("blocksize", 4));
    String large =
        w.node(
            "Resize",
            "",
            List.of(input, "", w.constant(new double[] {1, 1, 4, 4}, 4)),
            text("mode", "linear"));
    w.named("reconstruction", "Add", List.of(large, shuffled));
    w.output("reconstruction", 1, 3, 4 * ROWS, 4 * COLUMNS);
    return network(w);
  }

  @Test
  void picturesFourTimesAsLargeAreIndexedExplainedAndMeasured() throws IOException {
    Path model = superResolution();
    for (int i = 0; i < EXEMPLARS; i++) {
      file("data/inputs/" + i + ".png", PictureFile.png(noise(i, ROWS, COLUMNS)));
      file("data/targets/" + i + ".png", PictureFile.png(noise(i, 4 * ROWS, 4 * COLUMNS)));
    }
    Path data = folder.resolve("data");
    Path database = folder.resolve("train.db");

    succeeds("index", model, data, "--out", database, "--task", "image-to-image", "--range", "0,1");
    try (Database db = Database.open(database)) {
      assertThat(db.cells("penultimate").layer().channels()).isEqualTo(8);
      assertThat(((Picture) db.target(1)).rgb()).isEqualTo(noise(1, 4 * ROWS, 4 * COLUMNS).rgb());
    }

    Path why = folder.resolve("why");
    succeeds("explain", database, folder.resolve("data/inputs/3.png"), "--out", why);
    assertThat(PictureFile.size(why.resolve("3/output.png")))
        .isEqualTo(new PictureSize(4 * ROWS, 4 * COLUMNS));
    // A training picture finds itself, so that patches of 4 x 4 pixels make its own output again.
    assertThat(PictureFile.read(why.resolve("3/output.png")).rgb())
        .isEqualTo(PictureFile.read(why.resolve("3/network.png")).rgb());
    assertThat(PictureFile.read(why.resolve("3/other.png")).rgb())
        .isEqualTo(noise(3, 4 * ROWS, 4 * COLUMNS).rgb());
    succeeds("evaluate", database, data, "--out", folder.resolve("evaluation"));
  }

  @Test
  void targetsOfNoWholeMultipleAreRefused() throws IOException {
    Path model = superResolution();
    file("data/inputs/0.png", PictureFile.png(noise(0, ROWS, COLUMNS)));
    file("data/targets/0.png", PictureFile.png(noise(0, 4 * ROWS, 3 * COLUMNS)));

    assertThat(
            run(
                "index",
                model,
                folder.resolve("data"),
                "--out",
                folder.resolve("db"),
                "--task",
                "image",
                "--range",
                "0,1"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("or a whole multiple, found 72 x 64");
  }
}
