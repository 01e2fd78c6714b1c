package org.compnn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.compnn.Index;
import org.compnn.database.Database;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.DatasetOptions;
import org.compnn.dataset.TargetFormat;
import org.compnn.image.Picture;
import org.compnn.image.PictureFile;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.SmallNetworks;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchedTest {
  @TempDir private Path folder;

  @AfterEach
  void mend() {
    OtherFiles.broken = "";
  }

  private Fetched fetched(long most) {
    return new Fetched(new FetchFolder(folder.resolve("fetched"), most), OtherFiles.known());
  }

  private static String uri(Path path) {
    return OtherFiles.SCHEME + "://" + path;
  }

  private List<String> lying() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("fetched"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path set() throws IOException {
    Random random = new Random(2);
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      byte[] rgb = new byte[SmallNetworks.HEIGHT * SmallNetworks.WIDTH * 3];
      random.nextBytes(rgb);
      Picture picture = new Picture(SmallNetworks.HEIGHT, SmallNetworks.WIDTH, rgb);
      Files.write(pictures.resolve(i + ".png"), PictureFile.png(picture));
    }
    Path set = folder.resolve("train.set");
    try (Network network =
        Network.open(
            SmallNetworks.segmentation(folder.resolve("net"), 3),
            NetworkOptions.defaults().withThreads(1))) {
      Dataset data = Dataset.open(pictures, DatasetOptions.of(TargetFormat.of(network.output())));
      Index.of(network, data).layers("bottleneck").shards(3).cells(set);
    }
    return set;
  }

  @Test
  void ofASetTheShardsAreFetchedThatAreNeeded() throws IOException {
    Path set = set();
    Fetched fetched = fetched(1 << 30);
    Address address = fetched.found(uri(set));
    assertThat(Address.of(address.word())).contains(address);
    List<String> others = List.of("shard-000", "shard-002");
    Path local = fetched.local(address, others);
    assertThat(local).hasFileName("train.set").exists();
    assertThat(local.resolve("shards")).isDirectoryContaining("glob:**shard-001");
    assertThat(local.resolve("shards/shard-000")).doesNotExist();
    try (Database database = Database.open(local, others)) {
      assertThat(database.exemplars()).hasSize(1);
    }

    // One that breaks off is not there, and one that arrives otherwise than it was sealed neither.
    OtherFiles.broken = "shard-000/database.json";
    assertThatThrownBy(() -> fetched.local(address, List.of("shard-002")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the connection broke off");
    OtherFiles.broken = "";
    assertThat(local.resolve("shards/shard-000")).doesNotExist();
    assertThat(lying()).doesNotContain("fetching");
    Path cells;
    try (Stream<Path> files = Files.walk(set.resolve("shards/shard-002/layers"))) {
      cells = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(cells);
    FileTime written = Files.getLastModifiedTime(cells);
    bytes[bytes.length - 1] ^= 1;
    Files.write(cells, bytes);
    Files.setLastModifiedTime(cells, written);
    assertThatThrownBy(() -> fetched.local(address, List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("shards/shard-002/: expected a whole database, fetched one with");
    assertThat(local.resolve("shards/shard-000")).exists();
    assertThat(local.resolve("shards/shard-002")).doesNotExist();
  }

  @Test
  void whatWasChangedIsFetchedAnewAndWhatIsUsedStays() throws IOException {
    Path there = Files.createDirectories(folder.resolve("net"));
    Files.writeString(there.resolve("model.onnx"), "123456");
    Files.writeString(there.resolve("config.json"), "1234");
    Fetched fetched = fetched(15);
    Address first = fetched.found(uri(there.resolve("model.onnx")));
    Path local = fetched.local(first, List.of());
    assertThat(local).hasContent("123456");
    assertThat(local.resolveSibling("config.json")).hasContent("1234");
    Files.writeString(there.resolve("config.json"), "12345");
    assertThat(fetched.found(uri(there.resolve("model.onnx"))).state()).isNotEqualTo(first.state());
    assertThat(fetched.local(first, List.of())).isEqualTo(local);
    // This process uses the first.
    assertThatThrownBy(() -> fetched.local(fetched.found(uri(there)), List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected room for 11 bytes in ")
        .hasMessageContaining("found 10 of 15 in use");
    FetchFolder.release();
    assertThat(fetched.local(fetched.found(uri(there)), List.of()).resolve("config.json"))
        .hasContent("12345");
    assertThat(local).doesNotExist();
  }

  @Test
  void whatIsNotThereOrNotKnownIsToldInALine() {
    Fetched fetched = fetched(1 << 20);
    assertThatThrownBy(() -> fetched.found(uri(folder.resolve("none"))))
        .isInstanceOf(UserError.class)
        .hasMessageMatching("other:.*none: expected something to read .*found none .*");
    assertThatThrownBy(() -> fetched.found("strange://host/db"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("No FileSystem for scheme")
        .hasMessageContaining("spark.jars");
  }
}
