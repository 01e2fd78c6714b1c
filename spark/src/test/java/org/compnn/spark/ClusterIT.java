package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.compnn.cli.Engine;
import org.compnn.files.WrittenFiles;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster gives what one machine gives, byte for byte. */
@Tag("cluster")
final class ClusterIT {
  private static final int PICTURES = 10;

  @TempDir private Path folder;

  private Path data() throws IOException {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("images"));
    Files.createDirectories(data.resolve("labels"));
    Random random = new Random(5);
    Palette palette = Palette.of(List.of("wall", "window", "door", "roof"));
    try (Network network = Network.open(folder.resolve("network"), NetworkOptions.defaults())) {
      for (int i = 0; i < PICTURES; i++) {
        byte[] rgb = new byte[SmallNetworks.HEIGHT * SmallNetworks.WIDTH * 3];
        random.nextBytes(rgb);
        Picture picture = new Picture(SmallNetworks.HEIGHT, SmallNetworks.WIDTH, rgb);
        Files.write(data.resolve("images/" + i + ".png"), PictureFile.png(picture));
        PictureFile.write(
            data.resolve("labels/" + i + ".png"),
            network.run(picture, List.of()).prediction(),
            palette);
      }
    }
    return data;
  }

  private static void here(Object... arguments) {
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    assertThat(org.compnn.cli.Main.run("compnn", Engine.HERE, words)).isZero();
  }

  @Test
  void helpNeedsNoCluster() throws Exception {
    assertThat(LoopbackCluster.alone(folder, 0)).startsWith("Usage: compnn-cluster COMMAND");
    assertThat(LoopbackCluster.alone(folder, 0, "--version")).startsWith("compnn ");
    assertThat(LoopbackCluster.alone(folder, 0, "blame", "--help")).contains("--limit");
    assertThat(LoopbackCluster.alone(folder, 2, "blame", "db", "data"))
        .startsWith("compnn: --master: expected the address of a cluster");
  }

  @Test
  void aClusterGivesWhatOneMachineGives() throws Exception {
    Path model = SmallNetworks.segmentation(folder.resolve("network"), 1);
    Path data = data();
    Path alone = Files.createDirectories(folder.resolve("alone"));
    Path together = Files.createDirectories(folder.resolve("together"));
    try (LoopbackCluster cluster = LoopbackCluster.start(folder, 2)) {
      here("index", model, data, "--shards", 3, "--type", "int8", "--out", alone.resolve("db"));
      String said =
          cluster.run(
              0, "index", model, "data", "--shards", 3, "--type", "int8", "--out", "together/db");
      assertThat(said).contains("Indexed 10 pictures");
      WrittenFiles.assertTheSame(alone.resolve("db"), together.resolve("db"), 10);

      here(
          "evaluate",
          alone.resolve("db"),
          data,
          "--limit=2",
          "--search=exact",
          "--out",
          alone.resolve("numbers"));
      cluster.run(0, "evaluate", "together/db", data, "--limit=2", "--out", "together/numbers");
      WrittenFiles.assertTheSame(alone.resolve("numbers"), together.resolve("numbers"), 8);
    }
  }
}
