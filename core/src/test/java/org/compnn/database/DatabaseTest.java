package org.compnn.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.compnn.database.build.DatabaseBuilder;
import org.compnn.database.build.IndexSettings;
import org.compnn.image.LabelMap;
import org.compnn.image.Resize;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.network.NetworkOptions;
import org.compnn.network.Probabilities;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
  private static final String SHARD = "exemplars/prediction-00001.npy";

  @TempDir Path folder;

  @BeforeEach
  void build() {
    DatabaseBuilder.build(
        Street.network(),
        Street.of(6).dataset(),
        IndexSettings.of(List.of("penultimate", "bottleneck")).withExemplarsPerShard(4),
        folder,
        Progress.NONE);
  }

  @Test
  void aLayerIsFoundByNameAndAliasAndElseTheLayersAreListed() {
    try (Database database = Database.open(folder)) {
      CellStore store = database.cells("bottleneck");
      assertThat(database.cells(store.layer().name())).isSameAs(store);
      assertThat(store.layer()).isEqualTo(Street.network().layer("bottleneck"));
      assertThatThrownBy(() -> database.cells("top"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(store.layer().name())
          .hasMessageContaining("penultimate")
          .hasMessageContaining("found 'top'");
    }
  }

  @Test
  void targetsAreLabelsAtTheOutputsSizeWithUnknownClassesUnlabelled() {
    try (Database database = Database.open(folder)) {
      assertThat(database.outputKind()).isEqualTo(OutputKind.LABELS);
      LabelMap target = (LabelMap) database.target(3);
      LabelMap original = (LabelMap) Street.of(6).pairs().get(3).target().orElseThrow();
      LabelMap expected = Resize.labels(original, target.height(), target.width());
      int classes = database.palette().orElseThrow().size();
      for (int row = 0; row < target.height(); row++) {
        for (int column = 0; column < target.width(); column++) {
          int label = expected.label(row, column);
          assertThat(target.label(row, column))
              .isEqualTo(label < classes ? label : LabelMap.UNLABELLED);
        }
      }
      assertThat(target.height()).isEqualTo(((LabelMap) database.prediction(3)).height());
    }
  }

  @Test
  void theProbabilityOfEachLabelIsKept() {
    try (Database database = Database.open(folder);
        Network network = database.network(NetworkOptions.defaults())) {
      assertThat(database.hasLearned()).isTrue();
      Learned learned = database.learned(3).orElseThrow();
      byte[] labels = ((LabelMap) database.target(3)).classes();
      FeatureMap scores = network.run(database.input(3), List.of()).output();
      for (int pixel = 0; pixel < labels.length; pixel++) {
        int label = labels[pixel] & 0xff;
        if (label == LabelMap.UNLABELLED) {
          assertThat(learned.probability(pixel)).isNaN();
        } else {
          assertThat((double) learned.probability(pixel))
              .isCloseTo(Probabilities.of(scores, network.output(), pixel, label), within(0.0085));
        }
      }
    }
  }

  @Test
  void aDatabaseThatIsOlderKnowsNoProbabilities() throws IOException {
    Path description = folder.resolve(ManifestFile.NAME);
    String older =
        Files.readString(description)
            .replaceAll("\\{\\s*\"path\" : \"exemplars/learned-[^}]*}\\s*,\\s*", "");
    assertThat(older).doesNotContain("learned");
    Files.writeString(description, Sealed.again(older));
    try (Database database = Database.open(folder)) {
      assertThat(database.hasLearned()).isFalse();
      assertThat(database.learned(3)).isEmpty();
    }
  }

  @Test
  void theNetworkIsOpenedFromTheDatabasesOwnCopy() {
    try (Database database = Database.open(folder)) {
      try (Network network = database.network(NetworkOptions.defaults().withThreads(2))) {
        assertThat(network.hash()).isEqualTo(database.networkHash());
        assertThat(network.threads()).isEqualTo(2);
        assertThat(network.file()).isEqualTo(folder.resolve("network/model.onnx"));
        LabelMap prediction = (LabelMap) network.run(database.input(4), List.of()).prediction();
        assertThat(prediction.classes()).isEqualTo(((LabelMap) database.prediction(4)).classes());
      }
    }
  }

  @Test
  void aTruncatedFileIsNamedWithBothSizes() throws IOException {
    Path shard = folder.resolve(SHARD);
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, 777));
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            shard + ": expected " + whole.length + " bytes, found 777; copy the database again");
    assertThat(Database.verify(folder, Progress.NONE))
        .containsExactly(new Problem(SHARD, "expected " + whole.length + " bytes, found 777"));
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve(SHARD));
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            folder.resolve(SHARD) + ": expected a file of the database, found no such file");
    assertThat(Database.verify(folder, Progress.NONE))
        .containsExactly(new Problem(SHARD, "missing"));
  }

  @Test
  void aFlippedBitInAnyFileIsFoundByVerifying() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[whole.length * 2 / 3] ^= 4;
        Files.write(file, damaged);
        String path = folder.relativize(file).toString();
        if (path.equals(ManifestFile.NAME)) {
          // A flipped bit in the description may also make it unreadable.
          try {
            assertThat(Database.verify(folder, Progress.NONE)).isNotEmpty();
          } catch (UserError e) {
            assertThat(e).hasMessageContaining(path);
          }
        } else {
          assertThat(Database.verify(folder, Progress.NONE))
              .singleElement()
              .satisfies(p -> assertThat(p.file()).isEqualTo(path))
              .satisfies(p -> assertThat(p.what()).startsWith("expected checksum (CRC-32C) "));
        }
        Files.write(file, whole);
      }
    }
    assertThat(Database.verify(folder, Progress.NONE)).isEmpty();
  }

  @Test
  void whatIsNoDatabaseIsRefusedInOneLine() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Database.open(none))
        .isInstanceOf(UserError.class)
        .hasMessage(
            none + ": expected a folder with database.json, found none; index a data set first");
    Path description = folder.resolve(ManifestFile.NAME);
    String text = Files.readString(description);
    assertThat(Sealed.again(text)).isEqualTo(text);
    refused(text.replace("\"compnn-database\"", "\"other\""), "found other JSON");
    refused(text.replace("\"version\" : 1", "\"version\" : 2"), "format version 1, found 2");
    refused(text.substring(0, text.length() / 2), "damaged");
    refused("", "found");
    refused("[]", "found other JSON");
    refused(text.replace("\"exemplarsPerShard\" : 4", "\"exemplarsPerShard\" : 0"), "found none");
    refused(
        text.replace("\"exemplarsPerShard\" : 4", "\"exemplarsPerShard\" : 2"), "for exemplars/");
    refused(text.replace("\"exemplarsPerShard\" : 4", "\"perShard\" : 4"), "exemplarsPerShard");
    for (String path : List.of("../" + SHARD, "/" + SHARD, "exemplars/../../x", "")) {
      refused(text.replace(SHARD, path), "paths inside the folder");
    }
    refused(text.replace("\"channels\" : ", "\"channels\" : 1"), "of shape");
    refused(text.replace("#", "!"), "colours");
  }

  private void refused(String text, String because) throws IOException {
    Files.writeString(folder.resolve(ManifestFile.NAME), Sealed.again(text));
    assertThatThrownBy(() -> Database.open(folder).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(because)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aDescriptionWithAByteChangedIsNotOpened() throws IOException {
    Path description = folder.resolve(ManifestFile.NAME);
    byte[] whole = Files.readAllBytes(description);
    // All eight bits in turn.
    for (int at = 0; at < whole.length; at += 11) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(description, damaged);
      assertThatThrownBy(() -> Database.open(folder).close())
          .as("byte %d", at)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(description + ": expected ");
    }
  }

  @Test
  void meansAndDeviationsThatAreNoNumbersAreNamedWithTheirLayer() throws IOException {
    Path layer;
    try (Database database = Database.open(folder)) {
      layer = database.annexFolder(database.layers().getFirst(), ".").normalize();
    }
    for (String name : List.of(Layout.MEAN, Layout.DEVIATION)) {
      Path file = layer.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (float number : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        byte[] changed = whole.clone();
        ByteBuffer.wrap(changed)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(changed.length - 4, number);
        Files.write(file, changed);
        assertThatThrownBy(() -> Database.open(folder).close())
            .isInstanceOf(UserError.class)
            .hasMessageStartingWith(file + ": expected ")
            .hasMessageContaining("for layer ")
            .hasMessageContaining("found " + number + "; copy the database again");
      }
      Files.write(file, whole);
    }
  }

  @Test
  void anotherNetworkThanTheOneThatMadeItIsNamed() throws IOException {
    Path description = folder.resolve(ManifestFile.NAME);
    String text = Files.readString(description);
    String hash = Street.network().hash();
    Files.writeString(
        description, Sealed.again(text.replace(hash, "0" + hash.substring(1).replace('1', '2'))));
    try (Database database = Database.open(folder)) {
      assertThatThrownBy(() -> database.network(NetworkOptions.defaults()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("expected the network that made this database")
          .hasMessageContaining(hash.substring(0, 12));
    }
    assertThat(Database.verify(folder, Progress.NONE))
        .singleElement()
        .satisfies(p -> assertThat(p.file()).isEqualTo("network/model.onnx"))
        .satisfies(
            p -> assertThat(p.what()).contains("expected the network that made").contains(hash));
  }

  @Test
  void linksThatLeadOutOfADatabaseAreRefusedAndItsFolderMayBeALink(@TempDir Path elsewhere)
      throws IOException {
    Path linked = Files.createSymbolicLink(elsewhere.resolve("linked.db"), folder);
    Database.open(linked).close();
    assertThat(Database.verify(linked, Progress.NONE)).isEmpty();
    for (String path : List.of(SHARD, "network/model.onnx", ManifestFile.NAME)) {
      Path file = folder.resolve(path);
      Path away = Files.move(file, elsewhere.resolve("away"));
      Files.createSymbolicLink(file, away);
      for (Path opened : List.of(folder, linked)) {
        assertThatThrownBy(() -> Database.open(opened).close())
            .isInstanceOf(UserError.class)
            .hasMessageContaining(path + ": expected a file of the database, found a link");
        assertThatThrownBy(() -> Database.verify(opened, Progress.NONE))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("found a link that leads out of it");
      }
      Files.delete(file);
      Files.move(away, file);
    }
    Path within = folder.resolve("exemplars/again.npy");
    Files.createSymbolicLink(within, folder.resolve(SHARD));
    Database.open(folder).close();
    Files.delete(within);
    Files.createSymbolicLink(folder.resolve("network/weights.bin"), Path.of("/no/such/file"));
    assertThatThrownBy(() -> Database.open(folder).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("weights.bin: expected a file of the database, found a link");
  }

  @Test
  void aSelectionIsMadeByTheIdsAndTagsOfTheExemplars() {
    try (Database database = Database.open(folder)) {
      assertThat(database.select(List.of("night"), List.of("lane=2")).indices())
          .containsExactly(0, 4);
    }
  }
}
