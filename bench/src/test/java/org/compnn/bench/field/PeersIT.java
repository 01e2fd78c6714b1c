package org.compnn.bench.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.compnn.bench.Instructions;
import org.compnn.database.MemoryCells;
import org.compnn.files.Resource;
import org.compnn.network.FeatureMap;
import org.compnn.npy.Npy;
import org.compnn.threads.Workers;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every peer finds the nearest of few vectors when its dial is at the end. */
@Tag("end-to-end")
final class PeersIT {
  private static final int ROWS = 6;
  private static final int COLUMNS = 9;
  private static final int CHANNELS = 5;
  private static final int P = 2;
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;
  private final MemoryCells store = MemoryCells.random(4, ROWS, COLUMNS, CHANNELS);
  private final FeatureMap query = MemoryCells.random(new Random(99), ROWS, COLUMNS, CHANNELS);

  private Order order(String library, String index, int setting, double limit) throws IOException {
    int inputs = Windows.inputs(P, CHANNELS);
    int cells = ROWS * COLUMNS;
    Path vectors = folder.resolve("vectors.npy");
    float[] all = new float[store.exemplars() * cells * inputs];
    for (int e = 0; e < store.exemplars(); e++) {
      FeatureMap map = Windows.exemplar(store, e);
      for (int cell = 0; cell < cells; cell++) {
        Windows.copy(map, P, cell, all, (e * cells + cell) * inputs);
      }
    }
    Npy.write(vectors, new int[] {store.exemplars() * cells, inputs}, all);
    Path queries = folder.resolve("query.npy");
    float[] own = new float[cells * inputs];
    for (int cell = 0; cell < cells; cell++) {
      Windows.copy(query, P, cell, own, cell * inputs);
    }
    Npy.write(queries, new int[] {cells, inputs}, own);
    return new Order(
        library,
        "",
        "",
        P,
        List.of(queries.toString()),
        List.of(IntStream.range(0, cells).boxed().toList()),
        vectors.toString(),
        ROWS,
        COLUMNS,
        index,
        folder.resolve("index").toString(),
        List.of(setting),
        ranked(library),
        List.of(1, 2),
        1,
        limit,
        0.2,
        false);
  }

  /** PatchMatch keeps one match a cell. */
  private static List<Integer> ranked(String library) {
    return library.equals("patchmatch") ? List.of(1) : List.of(1, 3);
  }

  private void assertExact(Answer answer) {
    assertThat(answer.notRun()).isEmpty();
    assertThat(answer.runs()).isNotEmpty();
    Truth truth = Truth.of(store, query, P, ROWS * COLUMNS, Workers.of(2));
    for (Answer.Run run : answer.runs()) {
      assertThat(run.cells()).isEqualTo(ROWS * COLUMNS);
      assertThat(run.seconds()).isPositive();
      if (run.ranked() > 1) {
        assertThat(Reranking.of(store, List.of(query), List.of(truth.cells()), P, run, 1).found())
            .isEqualTo(List.of(truth.found()));
      }
      for (int c = 0; c < truth.cells().size(); c++) {
        assertThat(run.found().getFirst().get(truth.cells().get(c)))
            .isEqualTo(truth.found().get(c));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"jvector, 200", "lucene, 200", "patchmatch, 1000"})
  void aPeerInJavaIsExactWithItsDialAtTheEnd(String library, int setting) throws IOException {
    Order order = order(library, "any", setting, 60);
    assertExact(Worker.answer(order));
    if (!library.equals("patchmatch")) {
      Answer again = Worker.answer(order);
      assertThat(again.built()).as("the kept index is used").isNegative();
      assertThat(again.bytes()).isPositive();
      assertExact(again);
    }
  }

  @ParameterizedTest
  @CsvSource({"jvector", "lucene"})
  void aBuildThatTakesTooLongSaysSoAndLeavesNothing(String library) throws IOException {
    Answer answer = Worker.answer(order(library, "any", 1, 0));
    assertThat(answer.notRun()).startsWith("not run: building took more than 0 s");
    assertThat(folder.resolve("index")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"IVF4,Flat searched by HNSW; 4", "IVF2,PQ4x4,RFlat; 2"})
  void faissIsExactWithItsDialAtTheEnd(String index, int setting)
      throws IOException, InterruptedException {
    Answer answer = faiss(order("faiss", index, setting, 60));
    if (index.contains("PQ")) {
      // Re-ranks eight candidates only: no promise but to run.
      assertThat(answer.notRun()).isEmpty();
      assertThat(answer.runs()).hasSize(2 * ranked("faiss").size());
    } else {
      assertExact(answer);
    }
  }

  @Test
  void faissGoesOnWithABuildThatTookTooLong() throws IOException, InterruptedException {
    Answer late = faiss(order("faiss", "IVF4,Flat", 4, -1));
    assertThat(late.notRun()).contains("0 of 216 vectors are in it; the next run goes on");
    assertThat(folder.resolve("index")).doesNotExist();
    Answer whole = faiss(order("faiss", "IVF4,Flat", 4, 60));
    assertExact(whole);
    assertThat(whole.built()).isPositive();
  }

  private Answer faiss(Order order) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import faiss")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                == 0,
        "skipped: " + PYTHON + " has no faiss");
    Path script = folder.resolve("faiss_field.py");
    Files.write(script, Resource.bytes(Peers.class, "faiss_field.py"));
    Instructions.writeScript(folder);
    Path ordered = folder.resolve("order.json");
    Path answered = folder.resolve("answer.json");
    Json.write(ordered, order);
    Files.deleteIfExists(answered);
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON, script.toString(), ordered.toString(), answered.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    Process process = builder.start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
    return Json.read(answered, Answer.class);
  }

  @Test
  void theNearestOfAPeersBestIsFoundByTheFullDistanceWhateverItsOrder() {
    Truth truth = Truth.of(store, query, P, ROWS * COLUMNS, Workers.of(2));
    int cells = ROWS * COLUMNS;
    long[] found = new long[cells * 4];
    Random random = new Random(4);
    for (int c = 0; c < cells; c++) {
      int cell = truth.cells().get(c);
      for (int k = 0; k < 4; k++) {
        found[cell * 4 + k] = random.nextInt(store.exemplars() * cells);
      }
      // At one of the places; the first cell gets none at all.
      found[cell * 4 + c % 4] = truth.found().get(c);
      if (c == 0) {
        Arrays.fill(found, cell * 4, cell * 4 + 4, -1);
      }
    }
    Order order = orderAt(folder.resolve("index").toString());
    List<String> files =
        Reranking.keep(order, "x", List.of(IntStream.range(0, cells).toArray()), 4, List.of(found));
    Answer.Run run = new Answer.Run("1", 2, 1, cells, -1, 4, files, List.of());
    Reranking ranking = Reranking.of(store, List.of(query), List.of(truth.cells()), P, run, 1);
    assertThat(ranking.seconds()).isPositive();
    assertThat(ranking.found().getFirst().getFirst()).isEqualTo(-1);
    assertThat(ranking.found().getFirst().subList(1, cells))
        .isEqualTo(truth.found().subList(1, cells));
  }

  private static Order orderAt(String file) {
    return new Order(
        "", "", "", P, List.of(), List.of(), "", ROWS, COLUMNS, "", file, List.of(), List.of(),
        List.of(), 1, 1, 1, false);
  }

  @Test
  void theExactMatchesOfASampleAreThoseOfComparingAllByHand() {
    Truth truth = Truth.of(store, query, 3, 20, Workers.of(1));
    assertThat(truth.cells()).hasSize(20).doesNotHaveDuplicates();
    for (int c = 0; c < 20; c++) {
      double least = Double.POSITIVE_INFINITY;
      long best = -1;
      for (long id = 0; id < (long) store.exemplars() * ROWS * COLUMNS; id++) {
        double distance = Truth.distance(store, query, 3, truth.cells().get(c), id);
        if (distance < least) {
          least = distance;
          best = id;
        }
      }
      assertThat(truth.found().get(c)).isEqualTo(best);
      assertThat(truth.distances().get(c)).isEqualTo(least);
    }
  }
}
