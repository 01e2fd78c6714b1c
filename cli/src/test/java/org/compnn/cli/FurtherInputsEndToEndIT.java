package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.compnn.image.ValueFile;
import org.compnn.image.ValueMap;
import org.compnn.network.SmallNetworks;
import org.compnn.network.graph.GraphWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Networks that read more than a picture, through the command line: index, explain, evaluate. */
@Tag("end-to-end")
final class FurtherInputsEndToEndIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(Object... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  private static void picture(Path file, long seed, int type) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(16, 16, type);
    Random random = new Random(seed);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, random.nextInt(1 << 24) | 0xff000000);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static void bands(Path file, long seed) throws IOException {
    float[] values = new float[16 * 16 * 4];
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(10_000);
    }
    Files.write(file, ValueFile.npy(new ValueMap(16, 16, 4, values)));
  }

  private static void target(Path file, long seed) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(seed);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, random.nextInt(2));
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void bandsOfAnArrayAreIndexedExplainedAndEvaluated() throws IOException {
    GraphWriter w = GraphWriter.random(1);
    String bands = w.input("bands", 1, 4, 16, 16);
    String deep = w.relu("a", w.conv("a", bands, 4, 6, 3, 1));
    w.named("logits", "Conv", w.convInputs(deep, 6, 2, 1), w.conv(1, 1, 0));
    w.output("logits", 1, 2, 16, 16);
    Path network = folder.resolve("network");
    SmallNetworks.write(
        network, w.model(), "{}", "{\"id2label\": {\"0\": \"land\", \"1\": \"water\"}}");
    StringBuilder list = new StringBuilder("input,target\n");
    for (int i = 0; i < 4; i++) {
      bands(folder.resolve(i + ".npy"), i);
      target(folder.resolve("t" + i + ".png"), i);
      list.append(i + ".npy,t" + i + ".png\n");
    }
    Path data = Files.writeString(folder.resolve("data.csv"), list);
    Path database = folder.resolve("db");
    assertThat(run("index", network, data, "--scale", "0.0001", "--out", database))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("bands: 4 channels, values as stored times 1.0E-4");
    Path why = folder.resolve("why");
    assertThat(run("explain", database, folder.resolve("2.npy"), "--search", "exact", "--out", why))
        .as(err.toString())
        .isZero();
    ValueMap distance = ValueMap.read(why.resolve("2/distance.npy"));
    // A training picture matches itself.
    for (float value : distance.values()) {
      assertThat(value).isLessThan(1e-4f);
    }
    assertThat(run("evaluate", database, data, "--search", "exact", "--out", folder.resolve("n")))
        .as(err.toString())
        .isZero();
    assertThat(
            run("activate", database, folder.resolve("1.npy"), "--out", folder.resolve("what-if")))
        .as(err.toString())
        .isZero();
    picture(folder.resolve("plain.png"), 1, BufferedImage.TYPE_INT_RGB);
    assertThat(run("explain", database, folder.resolve("plain.png"), "--out", why)).isEqualTo(2);
    assertThat(err.toString()).contains("expected 4 channels for the network's input bands");
  }

  @Test
  void aMaskBesideThePictureIsIndexedFromFoldersAndExplainedFromAFlag() throws IOException {
    GraphWriter w = GraphWriter.random(1);
    String image = w.input("image", 1, 3, 16, 16);
    String mask = w.input("mask", 1, 1, 16, 16);
    String joined = w.concat("", image, mask);
    String deep = w.relu("a", w.conv("a", joined, 4, 6, 3, 1));
    w.named("out", "Sigmoid", List.of(w.conv("b", deep, 6, 3, 1, 1)));
    w.output("out", 1, 3, 16, 16);
    Path network = folder.resolve("network");
    SmallNetworks.write(
        network, w.model(), "{}", "{\"task\": \"image-to-image\", \"output_range\": [0, 1]}");
    Path data = folder.resolve("data");
    StringBuilder list = new StringBuilder("input,mask\n");
    for (int i = 0; i < 4; i++) {
      picture(data.resolve("images/" + i + ".png"), i, BufferedImage.TYPE_INT_RGB);
      target(data.resolve("mask/" + i + ".png"), i);
      list.append("images/" + i + ".png,mask/" + i + ".png\n");
    }
    Path database = folder.resolve("db");
    assertThat(
            run("index", network, data.resolve("images"), "--layout", "inputs", "--out", database))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("mask: a mask, 1 where it is above 0, else 0");
    Path csv = Files.writeString(data.resolve("list.csv"), list);
    Path same = folder.resolve("same");
    assertThat(run("index", network, csv, "--out", same)).as(err.toString()).isZero();
    Path query = folder.resolve("alone/2.png");
    Files.createDirectories(query.getParent());
    Files.copy(data.resolve("images/2.png"), query);
    for (Path each : List.of(database, same)) {
      Path why = folder.resolve("why");
      assertThat(
              run(
                  "explain",
                  each,
                  query,
                  "--input",
                  "mask=" + data.resolve("mask/2.png"),
                  "--search",
                  "exact",
                  "--out",
                  why))
          .as(err.toString())
          .isZero();
      for (float value : ValueMap.read(why.resolve("2/distance.npy")).values()) {
        assertThat(value).isLessThan(1e-4f);
      }
    }
    assertThat(run("explain", database, query, "--out", folder.resolve("x"))).isEqualTo(2);
    assertThat(err.toString()).contains("the network also reads mask").contains("--input");
  }
}
