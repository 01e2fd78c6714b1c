package org.compnn.database.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.compnn.database.CellStore;
import org.compnn.database.Database;
import org.compnn.database.Manifest;
import org.compnn.database.Problem;
import org.compnn.database.Selection;
import org.compnn.database.Street;
import org.compnn.dataset.Dataset;
import org.compnn.dataset.Pair;
import org.compnn.network.FeatureMap;
import org.compnn.network.Network;
import org.compnn.npy.ElementType;
import org.compnn.problem.UserError;
import org.compnn.progress.Progress;
import org.compnn.search.Distance;
import org.compnn.search.Field;
import org.compnn.search.SearchSettings;
import org.compnn.search.exact.ExactSearch;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodedCellsTest {
  private static final IndexSettings SETTINGS =
      IndexSettings.of(List.of("bottleneck"))
          .withElements(ElementType.CODED)
          .withThreads(1)
          .withExemplarsPerShard(4);

  private static Network network;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    network = Street.network();
  }

  @AfterAll
  static void close() {
    network.close();
  }

  private static void build(Dataset dataset, Path out) {
    DatabaseBuilder.build(network, dataset, SETTINGS, out, Progress.NONE);
  }

  private static FeatureMap query(CellStore store, int scene) {
    return network
        .run(Street.of(40).pairs().get(scene).read().input(), List.of(store.layer()))
        .layers()
        .getFirst();
  }

  private static Field found(CellStore store, FeatureMap query) {
    try (Workers workers = Workers.of(1)) {
      Selection all = Selection.all(store.exemplars());
      return new ExactSearch(store, workers, Progress.NONE)
          .find(query, new SearchSettings(1, Distance.L2, 1, all))
          .field();
    }
  }

  @Test
  void whatIsNearestByCodeIsNearestOfTheCellsThatTheCodesStandFor() {
    build(Street.of(5).dataset(), folder);
    try (Database database = Database.open(folder)) {
      CellStore store = database.layers().getFirst();
      int channels = store.layer().channels();
      float[] asked = store.standardise(query(store, 33)).cells();
      store.restore(asked);
      double[] least = new double[asked.length / channels];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      float[] cells = new float[store.layer().cells() * channels];
      for (int exemplar = 0; exemplar < store.exemplars(); exemplar++) {
        store.read(exemplar, 0, store.layer().cells(), cells, 0);
        store.restore(cells);
        for (int q = 0; q < least.length; q++) {
          for (int cell = 0; cell < store.layer().cells(); cell++) {
            least[q] = Math.min(least[q], distance(store, asked, q, cells, cell));
          }
        }
      }
      Field field = found(store, query(store, 33));
      for (int q = 0; q < least.length; q++) {
        assertThat((double) field.distance()[q])
            .isCloseTo(least[q], within(1e-3 + 1e-3 * least[q]));
      }
      Manifest.CodingEntry coding = database.coding(store).orElseThrow();
      assertThat(coding.exemplars()).isEqualTo(5);
      assertThat(coding.cells()).isPositive();
      assertThat(coding.ratio()).isBetween(1.0, 1.5);
    }
  }

  @Test
  void theCodeIsTheSameWhateverTheNumberOfThreadsAndWhetherItIsLearntAgain() throws IOException {
    Dataset street = Street.of(3).dataset();
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    build(street, one);
    DatabaseBuilder.build(network, street, SETTINGS.withThreads(3), other, Progress.NONE);
    assertThat(Files.readString(other.resolve("database.json")))
        .as("with the checksum of every file")
        .isEqualTo(Files.readString(one.resolve("database.json")));
  }

  /** Of cells in the network's terms, standardised. */
  private static double distance(CellStore store, float[] a, int q, float[] b, int cell) {
    int channels = store.layer().channels();
    float[] deviation = store.deviation();
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      double difference = a[q * channels + c] - b[cell * channels + c];
      sum += difference * difference / (deviation[c] * deviation[c]);
    }
    return sum;
  }

  @Test
  void addedAndReplacedPicturesAreStoredInTheSameCode() {
    build(Street.of(5).dataset(), folder);
    DatabaseExtension.add(folder, Street.of(7).dataset(), 1, Progress.NONE);
    Pair other = Street.of(9).pairs().get(8);
    Pair renamed =
        new Pair() {
          @Override
          public String id() {
            return "street/002";
          }

          @Override
          public List<String> tags() {
            return List.of();
          }

          @Override
          public Content read() {
            return other.read();
          }
        };
    DatabaseReplacement.replace(folder, List.of(Replacement.ofPair(renamed)), 1, Progress.NONE);
    try (Database database = Database.open(folder)) {
      CellStore store = database.layers().getFirst();
      assertThat(store.exemplars()).isEqualTo(7);
      for (int scene : new int[] {0, 6, 8}) {
        assertThat(found(store, query(store, scene)).distance()).containsOnly(0);
      }
    }
    assertThat(Database.verify(folder, Progress.NONE)).isEmpty();
  }

  @Test
  void aCodeThatWasChangedIsRefusedInOneLine() throws IOException {
    build(Street.of(3).dataset(), folder);
    Path code;
    try (var files = Files.walk(folder)) {
      code = files.filter(f -> f.endsWith("codebook.npy")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(code);
    bytes[bytes.length - 3] ^= 1;
    Files.write(code, bytes);
    assertThatThrownBy(() -> Database.open(folder).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("codebook.npy: expected checksum")
        .hasMessageNotContaining("\n");
    assertThat(Database.verify(folder, Progress.NONE))
        .extracting(Problem::file)
        .containsExactly(folder.relativize(code).toString());
    Files.write(code, Arrays.copyOf(bytes, bytes.length - 4));
    assertThatThrownBy(() -> Database.open(folder).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected %d bytes, found %d", bytes.length, bytes.length - 4);
  }

  @Test
  void databasesOfDifferentCodesAreNoSet() {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    build(Street.of(4).dataset(), one);
    build(new Dataset("b", Street.of(8).pairs().subList(4, 8), List.of(), false), other);
    assertThatThrownBy(() -> SetEditing.make(folder.resolve("set"), List.of(one, other)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("expected cells in the code of the set in layer")
        .hasMessageEndingWith("index its pictures into the set instead");
  }
}
