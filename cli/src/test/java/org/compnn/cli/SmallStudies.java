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
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small network and a data set labelled by it, with the commands that are run on them. */
abstract class SmallStudies {
  static final int ROWS = SmallNetworks.HEIGHT;
  static final int COLUMNS = SmallNetworks.WIDTH;
  static final Palette PALETTE = Palette.of(List.of("wall", "window", "door", "roof"));

  @TempDir Path folder;

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  Path model;
  Path data;
  Path database;

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

  void run(Object... args) {
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int code =
        commandLine.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
  }

  void index() {
    run("index", model, data, "--out", database);
  }

  static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  Path picture(int number) {
    return data.resolve("images/" + number + ".png");
  }

  /** Gives the pixels of a training label's most frequent class another class. */
  void mislabel(int number) {
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
}
